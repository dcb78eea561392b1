package dev.penstock.platform.live;

import static dev.penstock.platform.TapsProject.CLOCK;
import static dev.penstock.platform.TapsProject.SOURCE;
import static dev.penstock.platform.TapsProject.done;
import static dev.penstock.platform.TapsProject.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Lookup;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.run.ProjectOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project that has gone live makes of files and of dimensions that change. */
class LiveProjectTest {
  private static final String FIRST =
      "id,at,tap,litres\nn0,2001-01-31T00:00:00Z,a,1\nn1,2001-01-31T00:00:00Z,b,2\n";
  private static final String SECOND = "id,at,tap,litres\nn2,2001-01-31T01:00:00Z,a,3\n";

  @TempDir Path folder;
  private TestProject definitions;
  private OpenProject project;
  private ProjectOperations operations;

  @AfterEach
  void close() {
    operations.close();
  }

  private void open() {
    if (operations != null) {
      operations.close();
    }
    project = new OpenProject(TapsProject.workspace(definitions), CLOCK);
    operations = new ProjectOperations(project);
  }

  private void taps() {
    definitions = TapsProject.write(folder).file("first.csv", FIRST).file("second.csv", SECOND);
    open();
    operations.apply(Progress.SILENT);
  }

  /** Asks the online store, which makes a project live. */
  private Answer ask(String service, String key, String value) {
    return done(
        operations.online(
            new Lookup(
                new FeatureSelection.Service(service), List.of(new Assignment(key, value)), null)));
  }

  private Answer ingest(String file) {
    Ingest request =
        new Ingest(SOURCE, List.of(definitions.folder().resolve(file)), Ingest.Mode.LIVE);
    return operations.ingest(request, Progress.SILENT);
  }

  private Object outcome(String file) {
    List<Object> row = table(done(ingest(file)), "files").get(0);
    return row.get(row.size() - 1);
  }

  private long rows() {
    return project.table(SOURCE).snapshot(Ref.current()).rows();
  }

  @Test
  void a_file_of_history_is_not_taken_in_again_once_the_project_is_live() {
    taps();
    assertThat(outcome("history.csv")).isEqualTo("published");
    ask("flows", "tap", "a");
    assertThat(outcome("history.csv")).isEqualTo("was taken in before");
    assertThat(rows()).isEqualTo(288);
  }

  @Test
  void rows_of_a_file_are_said_to_be_new_once_the_project_is_live() {
    taps();
    assertThat(ingest("history.csv").parts().toString()).doesNotContain("seen now");
    ask("flows", "tap", "a");
    assertThat(ingest("first.csv").parts())
        .anySatisfy(
            part -> assertThat(part.toString()).contains("rows are taken as new ones, seen now"));
    assertThat(ingest("first.csv").parts().toString()).doesNotContain("seen now");
  }

  @Test
  void a_live_file_is_profiled_with_the_files_of_history() {
    taps();
    assertThat(outcome("history.csv")).isEqualTo("published");
    ask("flows", "tap", "a");
    assertThat(outcome("first.csv")).isEqualTo("published");
    assertThat(outcome("first.csv")).isEqualTo("was taken in before");
    assertThat(table(done(operations.showCatalog(SOURCE)), "profile"))
        .extracting(row -> row.get(2))
        .containsExactly(290L, 290L, 290L, 290L);
  }

  @Test
  void a_live_file_whose_name_another_file_had_fails_until_it_has_one_of_its_own()
      throws IOException {
    definitions = TapsProject.write(folder).file("one/day.csv", FIRST).file("two/day.csv", SECOND);
    String definition = Files.readString(folder.resolve("taps.yaml"));
    definitions.file("taps.yaml", definition.replace("id: id\n", ""));
    open();
    operations.apply(Progress.SILENT);
    ask("flows", "tap", "a");
    assertThat(outcome("one/day.csv")).isEqualTo("published");

    assertThat(ingest("two/day.csv").failure())
        .hasMessageContaining("another file of that name")
        .hasMessageContaining("give the file another name");
    Files.move(folder.resolve("two/day.csv"), folder.resolve("two/next.csv"));
    assertThat(outcome("two/next.csv")).isEqualTo("published");
    assertThat(rows()).isEqualTo(3);
  }

  @Test
  void a_file_taken_in_live_is_not_taken_in_again() {
    taps();
    ask("flows", "tap", "a");
    assertThat(outcome("first.csv")).isEqualTo("published");
    assertThat(outcome("first.csv")).isEqualTo("was taken in before");
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void a_source_without_history_goes_on_live_however_often_it_is_opened() {
    taps();
    ask("flows", "tap", "a");
    outcome("first.csv");
    open();
    ask("flows", "tap", "a");
    outcome("second.csv");
    open();
    ask("flows", "tap", "a");
    assertThat(rows()).isEqualTo(3);
  }

  @Test
  void a_view_over_a_dimension_answers_with_the_content_that_was_applied_last() {
    definitions =
        TestProject.in(folder)
            .file("places.csv", "code,height\nA,1.5\nB,2.5\n")
            .file(
                "places.yaml",
                """
                source: places
                owner: maps@example.com
                file: places.csv
                primary_key: code
                columns:
                  code: string not null
                  height: float64
                ---
                entity: place
                owner: maps@example.com
                keys: {place: string}
                ---
                feature_view: facts
                owner: maps@example.com
                entity: place
                key: {place: code}
                source: places
                features: [last(height) as height]
                ---
                feature_service: known
                owner: maps@example.com
                features: [facts]
                """);
    assertThat(height()).isEqualTo(1.5);
    definitions.file("places.csv", "code,height\nA,7.5\n");
    assertThat(height()).isEqualTo(7.5);
    definitions.file("places.csv", "code,height\nA,1.5\nB,2.5\n");
    assertThat(height()).isEqualTo(1.5);
  }

  private Object height() {
    open();
    done(operations.apply(Progress.SILENT));
    List<Object> row = table(ask("known", "place", "A"), "features").get(0);
    return row.get(1);
  }
}
