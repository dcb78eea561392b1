package dev.penstock.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.Lookup;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.source.ClockMode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command without a server leaves the clock of what was replayed where it is. */
class ClockModeTest {
  @TempDir Path folder;

  private static Lookup lookup(@Nullable Long at) {
    return new Lookup(
        new FeatureSelection.Service("flows"), List.of(new Assignment("tap", "a")), at);
  }

  private static ProjectOperations open(TestProject definitions) {
    return new ProjectOperations(
        new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK));
  }

  @Test
  void replayed_project_is_asked_by_its_own_clock() {
    TestProject definitions = TapsProject.write(folder);
    try (ProjectOperations operations = open(definitions)) {
      operations.apply(Progress.SILENT);
      TapsProject.done(TapsProject.ingest(operations, definitions, "history.csv"));
      operations.serving(ClockMode.REPLAY);
    }
    long soon = TapsProject.LIVE + 1_000_000;
    try (ProjectOperations operations = open(definitions)) {
      TapsProject.done(operations.online(lookup(soon)));
      assertThatThrownBy(() -> operations.online(lookup(null)))
          .hasMessageContaining("replay clock");
    }
    try (ProjectOperations operations = open(definitions)) {
      assertThatThrownBy(() -> operations.serving(ClockMode.WALL))
          .hasMessageContaining("CLOCK_CONFLICT")
          .hasMessageContaining("--clock replay");
      assertThat(operations.serving(ClockMode.REPLAY).clock()).isEqualTo(ClockMode.REPLAY);
      TapsProject.done(operations.online(lookup(soon)));
    }
  }
}
