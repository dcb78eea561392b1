package dev.penstock.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations.Lookup;
import dev.penstock.platform.command.Operations.Parity;
import dev.penstock.platform.command.Operations.Query;
import dev.penstock.platform.command.Operations.SourceFiles;
import dev.penstock.platform.command.Operations.Train;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.source.ClockMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands make of definitions that were edited and not applied. */
class AppliedTest {
  @TempDir Path folder;
  private TestProject definitions;
  private ProjectOperations operations;

  @BeforeEach
  void apply() {
    definitions = TapsProject.write(folder);
    open();
    operations.apply(Progress.SILENT);
    TapsProject.done(TapsProject.ingest(operations, definitions, "history.csv"));
  }

  @AfterEach
  void close() {
    operations.close();
  }

  private void open() {
    if (operations != null) {
      operations.close();
    }
    operations =
        new ProjectOperations(
            new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK));
  }

  private void edit(String before, String after) throws IOException {
    String text = Files.readString(folder.resolve("taps.yaml"));
    assertThat(text).contains(before);
    definitions.file("taps.yaml", text.replace(before, after));
  }

  private void refused(ThrowingCallable command, String... named) {
    assertThatThrownBy(command)
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_APPLIED))
        .hasMessageContaining("run penstock apply")
        .satisfies(e -> assertThat(List.of(named)).allMatch(e.getMessage()::contains));
  }

  @Test
  void commands_that_write_or_answer_refuse_what_was_not_applied() throws IOException {
    edit("over 1h, 24h\n  - sum", "over 2h, 24h\n  - sum");
    open();
    Lookup lookup = new Lookup(new FeatureSelection.Service("flows"), List.of(), null);

    refused(
        () -> TapsProject.ingest(operations, definitions, "history.csv"),
        "feature view 'flow' is changed",
        "feature service 'flows' is stale");
    refused(() -> operations.run(List.of(), Progress.SILENT));
    refused(() -> operations.online(lookup));
    refused(() -> operations.explain(lookup));
    refused(() -> operations.buildDataset(TapsProject.DATASET, null, Progress.SILENT));
    refused(
        () ->
            operations.trainModel(new Train(TapsProject.MODEL, null, List.of()), Progress.SILENT));
    refused(() -> operations.parity(new Parity(0, 1), Progress.SILENT));
    refused(() -> operations.feedback(null, Progress.SILENT));
    refused(() -> operations.replay(List.<SourceFiles>of(), Progress.SILENT));
    refused(() -> operations.serving(ClockMode.REPLAY));

    operations.apply(Progress.SILENT);
    TapsProject.done(operations.buildDataset(TapsProject.DATASET, null, Progress.SILENT));
  }

  @Test
  void new_and_removed_definitions_are_named() throws IOException {
    edit("source: turns\nowner", "source: rounds\nowner");
    edit("source: turns\nfeatures", "source: rounds\nfeatures");
    edit("spine: turns", "spine: rounds");
    edit("from: turns", "from: rounds");
    open();

    refused(
        () -> operations.run(List.of(), Progress.SILENT), "source 'rounds' is new", "and 1 more");
  }

  @Test
  void commands_that_look_work_on() throws IOException {
    edit("over 1h, 24h\n  - sum", "over 2h, 24h\n  - sum");
    open();

    assertThat(operations.plan().parts().toString()).contains("1 changed");
    operations.status();
    operations.listCatalog(null);
    operations.lineage("flow");
    operations.quarantine(null, 1);
    operations.audit(1);
    operations.check(List.of(), Progress.SILENT);
    operations.sql(new Query("select count(*) as n from turns", null, 1, null));
    operations.report(folder.resolve("report"), Progress.SILENT);
  }

  @Test
  void who_owns_a_definition_may_change_without_a_word() throws IOException {
    edit(
        "feature_view: flow\nowner: water@example.com",
        "feature_view: flow\nowner: ops@example.com");
    open();

    TapsProject.done(operations.buildDataset(TapsProject.DATASET, null, Progress.SILENT));
  }

  @Test
  void server_goes_on_with_the_definitions_it_began_with_and_plan_sees_the_files()
      throws IOException {
    operations.serving(ClockMode.REPLAY);
    edit("over 1h, 24h\n  - sum", "over 2h, 24h\n  - sum");

    TapsProject.done(operations.buildDataset(TapsProject.DATASET, null, Progress.SILENT));
    assertThat(operations.plan().parts().toString()).contains("1 changed");
    open();
    assertThat(operations.plan().parts().toString()).contains("1 changed");
  }
}
