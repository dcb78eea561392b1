package dev.penstock.platform.run;

import static dev.penstock.platform.TapsProject.COLUMNS;
import static dev.penstock.platform.TapsProject.DATASET;
import static dev.penstock.platform.TapsProject.LIVE;
import static dev.penstock.platform.TapsProject.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Operations.Query;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is pushed to a server reaches the lake, whatever else the server does. */
class ServedFlushTest {
  private static final long LOOK_AGAIN_NANOS = 10_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path folder;

  private ProjectOperations open(OpenProject project, TestProject definitions) {
    ProjectOperations operations = new ProjectOperations(project);
    operations.apply(Progress.SILENT);
    TapsProject.done(TapsProject.ingest(operations, definitions, "history.csv"));
    return operations;
  }

  private OpenProject project(TestProject definitions) {
    definitions.file(
        "penstock.yaml", "project: test\nenvironments:\n  local: {flush: {rows: 1}}\n");
    return new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK);
  }

  private static void push(Serving serving, String id) {
    serving
        .source(SOURCE)
        .push(RawRows.pushed(Rows.of(COLUMNS).row(id, LIVE, "a", 1L).batch()).seenAt(LIVE));
  }

  /** At each stage of a command a row is pushed, and reaches the lake before the stage begins. */
  private static Progress flushing(OpenProject project, Serving serving) {
    return new Progress() {
      private int stages;

      @Override
      public void stage(String name) {
        push(serving, "n" + stages++);
        await(project, 288 + stages);
      }

      @Override
      public void done(long done, long total) {}
    };
  }

  private static void await(OpenProject project, long rows) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (project.lake().table(SOURCE).snapshot(Ref.current()).rows() < rows) {
      assertThat(System.nanoTime()).as("the deadline for %s rows", rows).isLessThan(deadline);
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  @Test
  void pushed_rows_reach_the_lake_without_a_command() {
    TestProject definitions = TapsProject.write(folder);
    OpenProject project = project(definitions);
    try (ProjectOperations operations = open(project, definitions)) {
      Serving serving = operations.serving(ClockMode.REPLAY);
      push(serving, "n0");
      await(project, 289);
      push(serving, "n1");
      await(project, 290);
    }
  }

  @Test
  void flush_and_a_command_that_writes_the_lake_do_not_disturb_each_other() {
    TestProject definitions = TapsProject.write(folder);
    OpenProject project = project(definitions);
    try (ProjectOperations operations = open(project, definitions)) {
      Serving serving = operations.serving(ClockMode.REPLAY);
      TapsProject.done(operations.buildDataset(DATASET, null, flushing(project, serving)));
      await(project, 289);
    }
  }

  @Test
  void run_makes_tables_of_the_rows_there_were_when_it_began() {
    TestProject definitions =
        TapsProject.write(folder)
            .file(
                "daily.yaml",
                """
                transform: daily
                owner: water@example.com
                sql: SELECT tap, count(*) AS turns FROM turns GROUP BY tap
                """);
    OpenProject project = project(definitions);
    try (ProjectOperations operations = open(project, definitions)) {
      Serving serving = operations.serving(ClockMode.REPLAY);
      Query all = new Query("SELECT sum(turns)::BIGINT AS n FROM daily", null, 1, null);

      TapsProject.done(operations.run(List.of("daily"), flushing(project, serving)));
      assertThat(operations.sql(all).parts().toString()).contains("[[288]]");
      TapsProject.done(operations.run(List.of("daily"), Progress.SILENT));
      assertThat(operations.sql(all).parts().toString()).contains("[[289]]");
    }
  }
}
