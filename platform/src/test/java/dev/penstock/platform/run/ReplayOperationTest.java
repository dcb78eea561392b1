package dev.penstock.platform.run;

import static dev.penstock.platform.TapsProject.SOURCE;
import static dev.penstock.platform.TapsProject.micros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.SystemColumns;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Operations.SourceFiles;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.ReplayRows;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.serve.Intake.Receipt;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as a stream would have brought them, where not every row is one that is accepted. */
class ReplayOperationTest {
  private static final String HEADER = "id,at,tap,litres\n";
  private static final String REFUSED = "bad,2001-01-03T00:05:00Z,a,-1\n";

  @TempDir Path folder;
  private TestProject definitions;
  private ProjectOperations operations;

  @BeforeEach
  void open() {
    definitions = TapsProject.write(folder);
    operations =
        new ProjectOperations(
            new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK));
    operations.apply(Progress.SILENT);
    TapsProject.done(TapsProject.ingest(operations, definitions, "history.csv"));
  }

  @AfterEach
  void close() {
    operations.close();
  }

  private ReplayRows replay(String... files) {
    List<Path> paths = Stream.of(files).map(definitions.folder()::resolve).toList();
    return operations.replay(List.of(new SourceFiles(SOURCE, paths)), Progress.SILENT).get(0);
  }

  private static long[] moments(ReplayRows rows) {
    return ((LongColumn) rows.rows().column(SystemColumns.SEEN_TIME)).values();
  }

  @Test
  void row_refused_before_any_accepted_one_comes_with_the_first_accepted() {
    definitions.file(
        "first.csv",
        HEADER + REFUSED + "n0,2001-01-03T00:10:00Z,a,5\n" + REFUSED.replace("bad", "worse"));
    ReplayRows rows = replay("first.csv");

    long at = micros("2001-01-03T00:10:00Z");
    assertThat(moments(rows)).containsExactly(at, at, at);
    Receipt receipt =
        operations.serving(ClockMode.REPLAY).source(SOURCE).push(RawRows.pushed(rows.rows()));
    assertThat(receipt.accepted()).isOne();
    assertThat(receipt.quarantined()).hasSize(2);
  }

  @Test
  void file_of_refused_rows_goes_by_the_file_beside_it() {
    definitions.file("refused.csv", HEADER + REFUSED);
    definitions.file("good.csv", HEADER + "n0,2001-01-03T00:10:00Z,a,5\n");

    long at = micros("2001-01-03T00:10:00Z");
    assertThat(moments(replay("refused.csv", "good.csv"))).containsExactly(at, at);
    assertThat(moments(replay("good.csv", "refused.csv"))).containsExactly(at, at);
  }

  @Test
  void files_without_an_accepted_row_are_refused() {
    definitions.file("refused.csv", HEADER + REFUSED);

    assertThatThrownBy(() -> replay("refused.csv"))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("'turns'");
  }

  @Test
  void records_that_cannot_be_read_are_counted_and_the_first_is_named() {
    definitions.file(
        "torn.csv",
        HEADER + "n0,2001-01-03T00:10:00Z,a,5\nn1,yesterday,a,5\nn2,2001-01-03T00:20:00Z,a,five\n");
    ReplayRows rows = replay("torn.csv");

    assertThat(rows.rows().rows()).isOne();
    assertThat(rows.unread().rows()).isEqualTo(2);
    assertThat(rows.unread().first()).startsWith("torn.csv:3 ").contains("at");
  }
}
