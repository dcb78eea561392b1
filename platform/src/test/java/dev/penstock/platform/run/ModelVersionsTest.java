package dev.penstock.platform.run;

import static dev.penstock.platform.TapsProject.CLOCK;
import static dev.penstock.platform.TapsProject.DATASET;
import static dev.penstock.platform.TapsProject.MODEL;
import static dev.penstock.platform.TapsProject.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Train;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.registry.ModelVersion.Stage;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of a model: which one serves, and when there is a new one. */
class ModelVersionsTest {
  @TempDir Path folder;
  private TestProject definitions;
  private OpenProject project;
  private ProjectOperations operations;

  @BeforeEach
  void train() {
    definitions = TapsProject.write(folder);
    open();
    TapsProject.train(operations, definitions);
  }

  @AfterEach
  void close() {
    operations.close();
  }

  private void open() {
    project = new OpenProject(TapsProject.workspace(definitions), CLOCK);
    operations = new ProjectOperations(project);
  }

  /** As promotion writes it down, whatever the figures of so small a model say. */
  private void promote(int version) {
    project.registry().models().stage(MODEL, version, Stage.CHAMPION);
    project
        .registry()
        .audit()
        .append(project.now(), "test", "model.promote", MODEL + "@" + version, "{}");
  }

  private int rolledBack() {
    done(operations.rollbackModel(MODEL));
    return project.registry().models().champion(MODEL).orElseThrow().version();
  }

  private void train(int more) {
    for (int i = 0; i < more; i++) {
      done(operations.trainModel(new Train(MODEL, null, List.of()), Progress.SILENT));
    }
  }

  @Test
  void each_rollback_goes_one_champion_further_back() {
    train(2);
    promote(1);
    promote(2);
    promote(3);

    assertThat(rolledBack()).isEqualTo(2);
    assertThat(rolledBack()).isEqualTo(1);
    assertThatThrownBy(() -> operations.rollbackModel(MODEL))
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void a_champion_that_came_back_has_the_predecessors_it_had() {
    train(2);
    promote(2);
    promote(1);
    promote(3);
    assertThat(rolledBack()).isEqualTo(1);
    promote(3);

    assertThat(rolledBack()).isEqualTo(1);
    assertThat(rolledBack()).isEqualTo(2);
  }

  @Test
  void run_trains_again_when_its_dataset_has_a_newer_version() {
    definitions.file("more.csv", "id,at,tap,litres\nm0,2001-01-02T12:00:00Z,a,1\n");
    Answer first = done(operations.run(List.of(), Progress.SILENT));
    assertThat(outcomes(first)).containsExactly("up to date", "up to date");

    done(TapsProject.ingest(operations, definitions, "more.csv"));
    Answer second = done(operations.run(List.of(), Progress.SILENT));

    assertThat(outcomes(second)).containsExactly("built", "trained");
    assertThat(project.registry().models().versions(MODEL).get(0).datasetVersion())
        .isEqualTo(project.registry().datasets().latest(DATASET).orElseThrow().version());
    assertThat(outcomes(done(operations.run(List.of(), Progress.SILENT))))
        .containsExactly("up to date", "up to date");
  }

  private static List<Object> outcomes(Answer answer) {
    return TapsProject.table(answer, "made").stream().map(row -> row.get(3)).toList();
  }

  @Test
  void a_version_that_needs_a_feature_the_service_has_lost_is_refused_by_name() throws IOException {
    Path file = folder.resolve("taps.yaml");
    Files.writeString(
        file, Files.readString(file).replace("  - last(litres) as last over 24h\n", ""));
    operations.close();
    open();
    operations.apply(Progress.SILENT);
    Serving serving = operations.serving(ClockMode.REPLAY);

    assertThatThrownBy(() -> serving.model(MODEL + "@1"))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("flood@1")
        .hasMessageContaining("flow__last_24h");
  }

  @Test
  void a_version_that_is_no_number_is_not_found() {
    Serving serving = operations.serving(ClockMode.REPLAY);

    assertThatThrownBy(() -> serving.model(MODEL + "@x"))
        .isInstanceOfSatisfying(
            PenstockException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
              assertThat(e.what()).contains("'x'");
            });
  }
}
