package dev.penstock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.training.Examples;
import dev.penstock.training.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XgboostTrainerTest {
  private static final Map<String, Object> SMALL =
      Map.of("rounds", 60, "max_depth", 4, "eta", 0.2, "threads", 1);
  private static final Examples TRAINING = Planted.examples(6_000, 1);
  private static final Examples STOPPING = Planted.examples(3_000, 2);
  private static final Examples TEST = Planted.examples(3_000, 3);

  private static TrainedModel train(Map<String, ?> parameters, int stoppingRounds) {
    return new XgboostTrainer(XgboostParameters.of(parameters, stoppingRounds))
        .train(TrainingInput.of(TRAINING, STOPPING), TrainingProgress.SILENT);
  }

  private static final TrainedModel MODEL = train(SMALL, 5);

  @Test
  void it_learns_what_was_planted() {
    Evaluation evaluation = Evaluation.of(Scorer.of(MODEL).score(TEST.features()), TEST.labels());
    assertThat(evaluation.auc()).isGreaterThan(0.75);
    assertThat(evaluation.calibrationError()).isLessThan(0.06);
    assertThat(MODEL.importance().get("signal")).isGreaterThan(MODEL.importance().get("flag"));
    assertThat(MODEL.importance().values().stream().mapToDouble(Double::doubleValue).sum())
        .isBetween(0.999, 1.001);
  }

  @Test
  void early_stopping_uses_the_best_round_and_not_the_last() {
    List<Double> watched = new ArrayList<>();
    TrainedModel stopped =
        new XgboostTrainer(XgboostParameters.of(SMALL, 3))
            .train(
                TrainingInput.of(TRAINING, STOPPING),
                (round, rounds, metric) -> watched.add(metric));
    int best = watched.indexOf(watched.stream().min(Double::compare).orElseThrow()) + 1;
    assertThat(stopped.rounds()).isEqualTo(best);
    assertThat(watched).hasSize(best + 3);
    assertThat(stopped.metrics().get("stopping_logloss")).isEqualTo(watched.get(best - 1));
    assertThat(stopped.metrics().get("rounds_trained")).isEqualTo(best + 3.0);
  }

  @Test
  void without_examples_to_stop_by_every_round_is_trained() {
    TrainedModel all =
        new XgboostTrainer(XgboostParameters.of(SMALL, 5))
            .train(TrainingInput.of(TRAINING, null), TrainingProgress.SILENT);
    assertThat(all.rounds()).isEqualTo(60);
  }

  @Test
  void the_same_training_gives_the_same_bytes_also_on_several_threads() {
    assertThat(train(SMALL, 5)).isEqualTo(MODEL);
    Map<String, Object> parallel = new HashMap<>(SMALL);
    parallel.put("threads", 3);
    parallel.put("rounds", 8);
    assertThat(train(parallel, 5)).isEqualTo(train(parallel, 5));
  }

  @Test
  void another_seed_gives_another_model_once_rows_are_drawn() {
    Map<String, Object> drawn = new HashMap<>(SMALL);
    drawn.put("subsample", 0.5);
    drawn.put("seed", 1);
    TrainedModel first = train(drawn, 5);
    drawn.put("seed", 2);
    assertThat(train(drawn, 5).digest()).isNotEqualTo(first.digest());
    drawn.put("seed", 1);
    assertThat(train(drawn, 5).digest()).isEqualTo(first.digest());
  }

  @Test
  void a_model_that_was_written_is_read_back_and_scores_the_same(@TempDir Path folder) {
    MODEL.write(folder);
    TrainedModel read = TrainedModel.read(folder);
    assertThat(read).isEqualTo(MODEL);
    assertThat(Scorer.of(read).score(TEST.features()))
        .containsExactly(Scorer.of(MODEL).score(TEST.features()));
  }

  @Test
  void a_model_whose_bytes_were_changed_is_refused(@TempDir Path folder) throws IOException {
    MODEL.write(folder);
    byte[] bytes = Files.readAllBytes(folder.resolve("model.ubj"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve("model.ubj"), bytes);
    assertThatThrownBy(() -> TrainedModel.read(folder))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("FILE_CORRUPT");
  }

  @Test
  void a_folder_without_model_is_named(@TempDir Path folder) {
    assertThatThrownBy(() -> TrainedModel.read(folder.resolve("none")))
        .satisfies(
            e -> assertThat(((PenstockException) e).code()).isEqualTo(ErrorCode.FILE_NOT_FOUND));
  }

  @Test
  void no_rows_to_train_on_is_an_error_of_its_own() {
    Examples none = new Examples(FeatureMatrix.of(Planted.SCHEMA, List.of()), new float[0]);
    assertThatThrownBy(
            () ->
                new XgboostTrainer(XgboostParameters.standard())
                    .train(TrainingInput.of(none, null), TrainingProgress.SILENT))
        .hasMessageContaining("no rows to train on");
  }

  @Test
  void a_watched_metric_that_is_undefined_is_an_error_and_no_endless_wait() {
    Examples negatives = new Examples(STOPPING.features(), new float[STOPPING.rows()]);
    Map<String, Object> byAuc = new HashMap<>(SMALL);
    byAuc.put("metric", "auc");
    XgboostTrainer trainer = new XgboostTrainer(XgboostParameters.of(byAuc, 5));
    assertThatThrownBy(
            () -> trainer.train(TrainingInput.of(TRAINING, negatives), TrainingProgress.SILENT))
        .hasMessageContaining("undefined on its rows");
  }

  @Test
  void an_unknown_parameter_is_refused_with_what_was_meant() {
    assertThatThrownBy(() -> XgboostParameters.of(Map.of("max_dept", 8), 0))
        .hasMessageContaining("DEFINITION_UNKNOWN_FIELD")
        .hasMessageContaining("Did you mean 'max_depth'?");
  }

  @Test
  void a_parameter_out_of_range_is_refused() {
    assertThatThrownBy(() -> XgboostParameters.of(Map.of("eta", 1.5), 0))
        .hasMessageContaining("xgboost's eta cannot be '1.5'");
    assertThatThrownBy(() -> XgboostParameters.of(Map.of("rounds", "many"), 0))
        .hasMessageContaining("a whole number");
    assertThatThrownBy(() -> XgboostParameters.of(Map.of("objective", "multi:softmax"), 0))
        .hasMessageContaining("one of binary:logistic");
  }

  @Test
  void everything_it_was_trained_with_is_recorded() {
    assertThat(MODEL.parameters())
        .containsEntry("max_depth", "4")
        .containsEntry("lambda", "1")
        .containsEntry("threads", "1")
        .containsEntry("early_stopping_rounds", "5");
  }
}
