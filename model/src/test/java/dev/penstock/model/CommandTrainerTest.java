package dev.penstock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.training.Examples;
import dev.penstock.training.FeatureSchema;
import dev.penstock.training.ModelInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTrainerTest {
  private static final FeatureSchema NUMBERS =
      new FeatureSchema(
          List.of(
              ModelInput.numeric("signal", Scalar.FLOAT64),
              ModelInput.numeric("flag", Scalar.BOOLEAN)));

  @TempDir Path folder;

  private TrainedModel train(String script, Duration limit) {
    TrainingInput input =
        new TrainingInput() {
          @Override
          public Examples training() {
            throw new AssertionError("a program reads the files itself");
          }

          @Override
          public Examples stopping(FeatureSchema trained) {
            throw new AssertionError("a program reads the files itself");
          }

          @Override
          public Path folder() {
            return folder.resolve("dataset");
          }
        };
    return new CommandTrainer(
            List.of("/bin/sh", "-c", script, "trainer"),
            Map.of("depth", "3"),
            NUMBERS,
            List.of("train"),
            folder,
            limit)
        .train(input, TrainingProgress.SILENT);
  }

  @Test
  void it_is_told_where_the_dataset_is_and_where_the_model_goes() throws Exception {
    TrainedModel model =
        train(
            "printf '%s %s %s %s %s' \"$1\" \"$PENSTOCK_DATASET\" \"$PENSTOCK_PARAMETER_DEPTH\""
                + " \"$PENSTOCK_FEATURES\" \"$PENSTOCK_SPLITS\" > \"$2\";"
                + " [ \"$2\" = \"$PENSTOCK_MODEL\" ] && pwd > ran-in",
            Duration.ofSeconds(30));
    String dataset = folder.resolve("dataset").toString();
    assertThat(new String(model.bytes()))
        .isEqualTo(dataset + " " + dataset + " 3 signal,flag train");
    assertThat(Files.readString(folder.resolve("ran-in")).strip())
        .isEqualTo(folder.toRealPath().toString());
    assertThat(model.format()).isEqualTo(ModelFormat.ONNX);
    assertThat(model.parameters()).containsEntry("depth", "3").containsKey("command");
  }

  @Test
  void a_program_that_fails_is_quoted() {
    assertThatThrownBy(() -> train("echo out of luck >&2; exit 4", Duration.ofSeconds(30)))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("ended with 4")
        .hasMessageContaining("out of luck");
  }

  @Test
  void a_program_that_leaves_no_model_has_not_done_its_work() {
    assertThatThrownBy(() -> train("true", Duration.ofSeconds(30)))
        .hasMessageContaining("left no model")
        .hasMessageContaining("it wrote nothing");
  }

  @Test
  void a_program_that_takes_too_long_is_stopped_with_what_it_started() {
    long before = System.nanoTime();
    assertThatThrownBy(() -> train("sleep 60 & sleep 60", Duration.ofMillis(300)))
        .hasMessageContaining("was stopped after");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void a_feature_that_is_a_string_is_refused() {
    assertThatThrownBy(
            () ->
                new CommandTrainer(
                    List.of("train"),
                    Map.of(),
                    Planted.SCHEMA,
                    List.of("train"),
                    folder,
                    Duration.ofSeconds(1)))
        .hasMessageContaining("'place' is a string");
  }

  @Test
  void a_program_that_does_not_exist_is_named() {
    CommandTrainer trainer =
        new CommandTrainer(
            List.of("no-such-program"),
            Map.of(),
            NUMBERS,
            List.of("train"),
            folder,
            Duration.ofSeconds(1));
    assertThatThrownBy(
            () ->
                trainer.train(
                    TrainingInput.of(Planted.examples(1, 1), null), TrainingProgress.SILENT))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(
            () ->
                new CommandTrainer(
                    List.of(), Map.of(), NUMBERS, List.of("train"), folder, Duration.ofSeconds(1)))
        .hasMessageContaining("command is empty");
  }

  @Test
  void much_output_does_not_block_it_and_only_its_end_is_quoted() {
    assertThatThrownBy(
            () ->
                train(
                    "i=0; while [ $i -lt 4000 ]; do echo line $i of much output; i=$((i+1));"
                        + " done; exit 1",
                    Duration.ofSeconds(60)))
        .satisfies(
            e -> {
              assertThat(e.getMessage()).contains("line 3999").doesNotContain("line 100 of");
              assertThat(e.getMessage().length()).isLessThan(6_000);
            });
  }
}
