package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.embedded.EmbeddedStore;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.lake.TableSnapshot;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.platform.registry.AuditEntry;
import dev.penstock.platform.registry.AuditLog;
import dev.penstock.platform.registry.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code penstock status}, {@code quarantine} and {@code audit}: what there is and what happened.
 */
final class StatusOperations {
  private static final int LATEST_RUNS = 8;

  private final OpenProject project;

  StatusOperations(OpenProject project) {
    this.project = project;
  }

  /**
   * What there is; changes nothing.
   *
   * @param live null while the project was never live
   */
  Answer status(@Nullable EmbeddedStore live) {
    Answer.FactsBuilder facts =
        Answer.builder()
            .facts("project")
            .fact("name", project.project().name())
            .fact("environment", project.workspace().environment())
            .fact("folder", project.workspace().folder().toString());
    project
        .project()
        .environment()
        .catalog()
        .ifPresent(catalog -> facts.fact("catalog", catalog.toString()));
    Answer.Builder answer = facts.end();
    Answer.TableBuilder tables =
        answer
            .table("tables")
            .heading("table")
            .heading("rows")
            .heading("snapshots")
            .heading("tags")
            .heading("positions")
            .heading("newest commit", Answer.Format.TIME);
    for (String name : project.lake().tables()) {
      LakeTable table = project.lake().table(name);
      if (table.currentSnapshot().isEmpty()) {
        tables.row(name, 0, 0, table.tags().size(), "", null);
        continue;
      }
      TableSnapshot current = table.snapshot(Ref.current());
      tables.row(
          name,
          current.rows(),
          table.snapshots().size(),
          table.tags().size(),
          table.property("positions").orElse(""),
          current.committedAt());
    }
    tables.end();
    if (live != null) {
      waiting(live, answer);
    }
    List<Run> runs = project.registry().runs().latest(LATEST_RUNS);
    if (!runs.isEmpty()) {
      Answer.TableBuilder table =
          answer
              .table("runs")
              .heading("run", Answer.Format.NUMERAL)
              .heading("command")
              .heading("state")
              .heading("started", Answer.Format.TIME)
              .heading("seconds");
      for (Run run : runs) {
        Long finished = run.finishedMicros();
        table.row(
            run.id(),
            run.command(),
            run.state().name().toLowerCase(Locale.ROOT),
            run.startedMicros(),
            finished == null ? null : (finished - run.startedMicros()) / 1e6);
      }
      table.end();
    }
    return answer.build();
  }

  /** What the lake does not have yet. */
  private static void waiting(EmbeddedStore live, Answer.Builder answer) {
    Map<String, Long> rows = new LinkedHashMap<>();
    long refused = 0;
    for (String source : live.log().sources()) {
      rows.put(
          "rows of " + source, live.log().end(source).next(0) - live.log().begin(source).next(0));
      refused += live.quarantine().count(source);
    }
    rows.put("predictions and outcomes", live.predictions().end() - live.predictions().begin());
    rows.put("refused rows", refused);
    rows.values().removeIf(count -> count == 0);
    if (!rows.isEmpty()) {
      Answer.TableBuilder table =
          answer.table("not_yet_in_the_lake").heading("what").heading("count");
      rows.forEach(table::row);
      table.end();
    }
  }

  Answer quarantine(@Nullable String source, int limit) {
    List<String> sources =
        source != null
            ? List.of(source)
            : project.project().definitions(SourceDefinition.class).stream()
                .map(definition -> definition.name())
                .toList();
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder table =
        answer
            .table("quarantine")
            .heading("source")
            .heading("row")
            .heading("reason")
            .heading("message")
            .heading("values");
    long all = 0;
    for (String name : sources) {
      String quarantine = SourceTables.quarantineName(name);
      if (!project.lake().exists(quarantine)) {
        continue;
      }
      List<Object[]> rows = new ArrayList<>();
      try (BatchReader reader = project.lake().table(quarantine).scan().open()) {
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
          all += batch.rows();
          for (int row = 0; row < batch.rows(); row++) {
            rows.add(
                new Object[] {
                  name,
                  batch.column("place").value(row),
                  batch.column("reason").value(row),
                  batch.column("message").value(row),
                  batch.column("values").value(row)
                });
          }
        }
      }
      rows.subList(Math.max(0, rows.size() - limit), rows.size())
          .forEach(cells -> table.row(cells));
    }
    return table.end().note(all + " rows in quarantine").build();
  }

  Answer audit(int limit) {
    AuditLog.Verdict verdict = project.registry().audit().verify();
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder table =
        answer
            .table("audit")
            .heading("entry", Answer.Format.NUMERAL)
            .heading("at", Answer.Format.TIME)
            .heading("who")
            .heading("action")
            .heading("subject")
            .heading("evidence", Answer.Format.EXCERPT);
    for (AuditEntry entry : project.registry().audit().latest(limit)) {
      table.row(
          entry.number(),
          entry.atMicros(),
          entry.who(),
          entry.action(),
          entry.subject(),
          entry.evidence());
    }
    table.end();
    return answer
        .note(
            verdict.isSound()
                ? verdict.entries() + " entries, the chain of hashes is sound"
                : "entry " + verdict.firstBroken() + " is not what was written")
        .build();
  }
}
