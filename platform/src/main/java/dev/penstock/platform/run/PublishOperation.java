package dev.penstock.platform.run;

import dev.penstock.lake.DeltaPublication;
import dev.penstock.lake.DeltaPublication.Commit;
import dev.penstock.lake.DeltaPublication.Published;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.delta.DeltaCommit;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Publish;

/** {@code penstock publish}: a table of the lake as a Delta table that others read. */
final class PublishOperation {
  private final OpenProject project;

  PublishOperation(OpenProject project) {
    this.project = project;
  }

  Answer run(Publish request) {
    LakeTable table = project.lake().table(request.table());
    Published published = DeltaPublication.of(table, request.delta()).publish(project.now());
    String version = request.delta() + " is at version " + published.version();
    if (published.commits().isEmpty()) {
      return Answer.of(version + " and has all of " + table.name() + " already");
    }
    project
        .registry()
        .audit()
        .append(project.now(), Who.AM_I, "publish", table.name(), request.delta().toString());
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder versions =
        answer
            .table("versions")
            .heading("version", Answer.Format.NUMERAL)
            .heading("snapshot", Answer.Format.NUMERAL)
            .heading("files added")
            .heading("files removed")
            .heading("rows added")
            .heading("change");
    for (Commit commit : published.commits()) {
      versions.row(
          commit.version(),
          commit.snapshot().isPresent() ? commit.snapshot().getAsLong() : null,
          commit.added(),
          commit.removed(),
          commit.rows(),
          commit.change() == DeltaCommit.Change.ROWS ? "rows" : "files only");
    }
    return versions.end().note(version).build();
  }
}
