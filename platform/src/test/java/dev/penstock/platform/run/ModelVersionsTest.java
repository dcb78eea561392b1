package dev.penstock.platform.run;

import static dev.penstock.platform.TapsProject.CLOCK;
import static dev.penstock.platform.TapsProject.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
