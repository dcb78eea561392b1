package dev.penstock.platform.run;

import static dev.penstock.platform.TapsProject.COLUMNS;
import static dev.penstock.platform.TapsProject.LIVE;
import static dev.penstock.platform.TapsProject.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Operations.Query;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that reads the lake sees what was pushed before it; the status moves nothing. */
class FlushedReadingTest {
  @TempDir Path folder;

  private static void pushOne(ProjectOperations operations, TestProject definitions) {
    operations.apply(Progress.SILENT);
    TapsProject.done(TapsProject.ingest(operations, definitions, "history.csv"));
    operations
        .serving(ClockMode.REPLAY)
        .source(SOURCE)
        .push(RawRows.pushed(Rows.of(COLUMNS).row("n0", LIVE, "a", 1L).batch()).seenAt(LIVE));
  }

  @Test
  void status_says_what_is_not_in_the_lake_and_leaves_it_there() {
    TestProject definitions = TapsProject.write(folder);
    OpenProject project = new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK);
    try (ProjectOperations operations = new ProjectOperations(project)) {
      pushOne(operations, definitions);

      assertThat(TapsProject.table(operations.status(), "not_yet_in_the_lake"))
          .containsExactly(List.of("rows of turns", 1L));
      assertThat(project.lake().table(SOURCE).snapshot(Ref.current()).rows()).isEqualTo(288);
    }
  }

  @Test
  void query_sees_rows_that_were_pushed() {
    TestProject definitions = TapsProject.write(folder);
    try (ProjectOperations operations =
        new ProjectOperations(
            new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK))) {
      pushOne(operations, definitions);

      assertThat(
              operations.sql(new Query("select count(*) as n from turns", null, 9, null)).parts())
          .anySatisfy(part -> assertThat(part.toString()).contains("[[289]]"));
    }
  }
}
