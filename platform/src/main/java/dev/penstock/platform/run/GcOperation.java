package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.lake.Maintained;
import dev.penstock.lake.Maintenance;
import dev.penstock.lake.MaintenanceRules;
import dev.penstock.lake.files.StoredFiles;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Gc;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code penstock gc}: keeps the lake small, by the environment's rules. */
final class GcOperation {
  private final OpenProject project;

  GcOperation(OpenProject project) {
    this.project = project;
  }

  Answer run(Gc request) {
    MaintenanceRules rules = rules();
    Maintenance maintenance =
        maintenance(
            request.olderThan() == null
                ? rules
                : rules.keeping(request.olderThan(), rules.snapshots()));
    boolean runs = request.intent() == Gc.Intent.RUN;
    List<Maintained> tables = runs ? maintenance.run() : maintenance.plan();
    return answer(
        tables, sweep(rules, runs ? StoredFiles.Intent.RUN : StoredFiles.Intent.DRY_RUN), runs);
  }

  /** What a server does now and then, without the search for files that nothing refers to. */
  List<Maintained> tables() {
    return done(maintenance(rules()).runTables());
  }

  /** All that a server does, now and then too, but less often. */
  List<Maintained> everything() {
    List<Maintained> tables = done(maintenance(rules()).run());
    sweep(rules(), StoredFiles.Intent.RUN);
    return tables;
  }

  /** Of kept files, those that no row of any kept state is about. */
  private StoredFiles.Swept sweep(MaintenanceRules rules, StoredFiles.Intent intent) {
    Instant before = Instant.EPOCH.plus(project.now(), ChronoUnit.MICROS).minus(rules.orphanAge());
    return project.files().sweep(KeptContents.of(project.lake()), before, intent);
  }

  private MaintenanceRules rules() {
    return project.project().environment().maintenance().rules();
  }

  private Maintenance maintenance(MaintenanceRules rules) {
    return project.lake().maintenance(rules, LakePins.of(project), project.now());
  }

  private static List<Maintained> done(List<Maintained> tables) {
    PenstockException failure = failure(tables);
    if (failure != null) {
      throw failure;
    }
    return tables;
  }

  /** What stopped maintenance; of several, what will not be gone when it is tried again. */
  private static @Nullable PenstockException failure(List<Maintained> tables) {
    StringBuilder what = new StringBuilder();
    PenstockException worst = null;
    for (Maintained table : tables) {
      PenstockException problem = table.problem();
      if (problem != null) {
        what.append(what.isEmpty() ? "" : "; ").append(table.table() + ": " + problem.what());
        worst = worst == null || worst.code() == ErrorCode.CONFLICT_RETRY ? problem : worst;
      }
    }
    return worst == null
        ? null
        : new PenstockException(worst.code(), null, what.toString(), worst.hint(), worst);
  }

  private static Answer answer(List<Maintained> tables, StoredFiles.Swept files, boolean runs) {
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder table =
        answer
            .table("tables")
            .heading("table")
            .heading("files before")
            .heading("files after")
            .heading("bytes freed", Answer.Format.BYTES)
            .heading("snapshots expired")
            .heading("orphans")
            .heading("kept because");
    for (Maintained one : tables) {
      table.row(
          one.table(),
          one.filesBefore(),
          one.filesAfter(),
          one.bytesFreed(),
          one.snapshotsExpired(),
          one.orphans(),
          String.join(", ", one.kept()));
    }
    table.end();
    if (files.files() > 0) {
      answer
          .facts("kept_files")
          .fact("files that no row needs", files.files())
          .fact("bytes freed", files.bytes(), Answer.Format.BYTES)
          .end();
    }
    if (!runs) {
      answer.note("a dry run: nothing was changed");
    }
    PenstockException failure = failure(tables);
    if (failure != null) {
      answer.failed(failure);
    }
    return answer.build();
  }
}
