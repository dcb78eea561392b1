package dev.penstock.platform.ingest;

import static dev.penstock.platform.TapsProject.done;
import static dev.penstock.platform.TapsProject.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.registry.IngestedFile;
import dev.penstock.platform.registry.IngestedFiles;
import dev.penstock.platform.run.ProjectOperations;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file's accepted rows are like is kept with the file and shown over all of them. */
class KeptProfileTest {
  private static final String SOURCE = "readings";

  /** An empty text, nulls, a NaN, a row that comes twice and one that is refused. */
  private static final String ONE =
      """
      id,at,place,height,due
      a,2001-01-01T00:00:00Z,"",1.5,2001-01-01
      b,2001-01-02T00:00:00Z,,NaN,2001-01-02
      c,2001-01-03T00:00:00Z,x,,
      c,2001-01-03T00:00:00Z,x,,
      bad,2001-01-09T00:00:00Z,zz,900,2001-01-09
      d,2001-01-05T00:00:00Z,x,-0.5,
      """;

  /** A row of the first file again, and a new one. */
  private static final String TWO =
      """
      id,at,place,height,due
      d,2001-01-05T00:00:00Z,x,-0.5,
      e,2001-01-06T00:00:00Z,y,6.5,2001-01-03
      """;

  private static final List<List<Object>> OF_ONE =
      List.of(
          row("id", "string", 4L, 0.0, null, "a", "d", null, 4),
          row(
              "at",
              "timestamp",
              4L,
              0.0,
              null,
              "2001-01-01T00:00:00Z",
              "2001-01-05T00:00:00Z",
              null,
              4),
          row("place", "string", 4L, 0.25, null, "", "x", null, 2),
          row("height", "float64", 4L, 0.25, 0.25, -0.5, 1.5, 0.5, 2),
          row("due", "date", 4L, 0.5, null, "2001-01-01", "2001-01-02", null, 2));

  @TempDir Path folder;
  private TestProject definitions;
  private OpenProject project;
  private ProjectOperations operations;

  @BeforeEach
  void apply() {
    definitions =
        TestProject.in(folder)
            .file("one.csv", ONE)
            .file("two.csv", TWO)
            .file("refused.csv", "id,at,place,height,due\nbad,2001-01-09T00:00:00Z,zz,900,\n")
            .file(
                "readings.yaml",
                """
                source: readings
                owner: water@example.com
                columns:
                  id: string not null
                  at: timestamp not null
                  place: string
                  height: float64
                  due: date
                event_time: at
                id: id
                rules:
                  believable: id <> 'bad'
                checks:
                  - row_count >= 1
                """);
    open();
    operations.apply(Progress.SILENT);
  }

  private void open() {
    project = new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK);
    operations = new ProjectOperations(project);
  }

  @AfterEach
  void close() {
    operations.close();
  }

  private Answer ingest(String file) {
    return operations.ingest(
        new Ingest(SOURCE, List.of(folder.resolve(file)), Ingest.Mode.HISTORY), Progress.SILENT);
  }

  private List<List<Object>> profile() {
    return table(done(operations.showCatalog(SOURCE)), "profile");
  }

  private static List<Object> row(Object... cells) {
    return Arrays.asList(cells);
  }

  @Test
  void accepted_rows_are_profiled_and_no_others() {
    assertThat(profile()).isEmpty();
    Answer answer = done(ingest("one.csv"));
    assertThat(answer.parts()).hasSize(1);
    assertThat(profile()).containsExactlyElementsOf(OF_ONE);
  }

  @Test
  void a_source_is_the_sum_of_its_files() {
    done(ingest("one.csv"));
    done(ingest("two.csv"));
    assertThat(profile())
        .contains(
            row("id", "string", 5L, 0.0, null, "a", "e", null, 5),
            row("place", "string", 5L, 0.2, null, "", "y", null, 3),
            row("height", "float64", 5L, 0.2, 0.2, -0.5, 6.5, 2.5, 3),
            row("due", "date", 5L, 0.4, null, "2001-01-01", "2001-01-03", null, 3));
  }

  @Test
  void a_file_that_is_held_back_or_comes_again_is_not_counted() {
    done(ingest("one.csv"));
    assertThat(ingest("refused.csv").failure()).isNotNull();
    done(ingest("one.csv"));
    assertThat(profile()).containsExactlyElementsOf(OF_ONE);
  }

  @Test
  void a_profile_is_there_after_opening_again() {
    done(ingest("one.csv"));
    operations.close();
    open();
    assertThat(profile()).containsExactlyElementsOf(OF_ONE);
  }

  @Test
  void a_crash_before_the_file_was_written_down_does_not_lose_its_profile() {
    done(ingest("one.csv"));
    IngestedFiles files = project.registry().files();
    IngestedFile file = files.of(SOURCE).get(0);
    files.put(
        new IngestedFile(
            SOURCE, file.content(), file.fileName(), false, null, 0, 0, 0, file.atMicros()));
    assertThat(profile()).isEmpty();
    done(ingest("one.csv"));
    assertThat(profile()).containsExactlyElementsOf(OF_ONE);
  }
}
