package dev.penstock.platform.run;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands side by side in one process, as a server runs them. */
class ChangeTurnTest {
  @TempDir Path folder;

  @Test
  void second_change_is_told_of_the_first_and_reading_goes_on() {
    TestProject definitions = TapsProject.write(folder);
    try (ProjectOperations operations =
        new ProjectOperations(
            new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK))) {
      operations.apply(Progress.SILENT);
      TapsProject.done(TapsProject.ingest(operations, definitions, "history.csv"));
      List<Answer> read = new ArrayList<>();
      Progress beside =
          new Progress() {
            @Override
            public void stage(String name) {
              if (read.isEmpty()) {
                read.add(operations.status());
                assertThatThrownBy(
                        () ->
                            operations.trainModel(
                                new Train(TapsProject.MODEL, null, List.of()), Progress.SILENT))
                    .isInstanceOfSatisfying(
                        PenstockException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT_RETRY))
                    .hasMessageContaining("'dataset build floods'");
              }
            }

            @Override
            public void done(long done, long total) {}
          };
      TapsProject.done(operations.buildDataset(TapsProject.DATASET, null, beside));

      assertThat(read).hasSize(1);
      TapsProject.done(operations.buildDataset(TapsProject.DATASET, null, Progress.SILENT));
    }
  }
}
