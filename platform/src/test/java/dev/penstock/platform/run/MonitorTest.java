package dev.penstock.platform.run;

import static dev.penstock.platform.TapsProject.CLOCK;
import static dev.penstock.platform.TapsProject.LIVE;
import static dev.penstock.platform.TapsProject.MODEL;
import static dev.penstock.platform.TapsProject.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.serve.Predictor;
import dev.penstock.source.ClockMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor says of its model is what feedback goes by. */
class MonitorTest {
  private static final long HOUR = 3_600_000_000L;

  @TempDir Path folder;

  @Test
  void a_monitor_s_bounds_rows_features_and_period_are_those_of_feedback() {
    TestProject definitions =
        TapsProject.write(folder)
            .file(
                "monitor.yaml",
                """
                monitor: flood_drift
                owner: water@example.com
                of: flood
                features: [flow__litres_24h, flow__turns_24h]
                every: 1d
                warn: 7
                fail: 9
                min_rows: 5
                """);
    OpenProject project = new OpenProject(TapsProject.workspace(definitions), CLOCK);
    try (ProjectOperations operations = new ProjectOperations(project)) {
      TapsProject.train(operations, definitions);
      Predictor model = operations.serving(ClockMode.REPLAY).model(MODEL + "@1");
      for (long hour : new long[] {1, 2, 3, 4, 25}) {
        model.predict(TapsProject.questions("q" + hour), LIVE + hour * HOUR);
      }

      Answer answer = done(operations.feedback(MODEL, Progress.SILENT));

      List<List<Object>> drift = TapsProject.table(answer, "drift");
      assertThat(drift)
          .extracting(row -> row.get(0))
          .containsExactlyInAnyOrder("flow__litres_24h", "flow__turns_24h");
      assertThat(drift)
          .allSatisfy(
              row -> {
                assertThat(row.subList(2, 4)).isEqualTo(List.of(7.0, 9.0));
                assertThat(row.get(6)).isEqualTo("stable");
              });
      assertThat(TapsProject.table(answer, "performance")).hasSize(2);
      assertThat(TapsProject.table(answer, "drift_by_period"))
          .extracting(row -> row.subList(0, 5))
          .containsExactly(List.of(LIVE, 12L, 0, 0, 0), List.of(LIVE + 24 * HOUR, 3L, 0, 0, 2));
    }
  }
}
