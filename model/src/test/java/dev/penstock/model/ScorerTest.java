package dev.penstock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.model.internal.XgboostModel;
import dev.penstock.training.Examples;
import dev.penstock.training.FeatureMatrix;
import dev.penstock.training.FeatureSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle is XGBoost itself, on random rows with missing values and unknown categories. */
class ScorerTest {
  private static final TrainedModel LOGISTIC = model("binary:logistic", true);

  private static TrainedModel model(String objective, boolean categorical) {
    return new XgboostTrainer(
            XgboostParameters.of(
                Map.of(
                    "objective",
                    objective,
                    "metric",
                    objective.startsWith("reg") ? "rmse" : "logloss",
                    "categorical",
                    categorical,
                    "rounds",
                    40,
                    "max_depth",
                    6,
                    "threads",
                    1),
                5))
        .train(
            TrainingInput.of(Planted.examples(4_000, 1), Planted.examples(2_000, 2)),
            TrainingProgress.SILENT);
  }

  private static FeatureMatrix oddRows() {
    SplittableRandom random = new SplittableRandom(9);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      float[] row = Planted.row(random);
      switch (random.nextInt(12)) {
        case 0 -> row[1] = FeatureSchema.LARGEST;
        case 1 -> row[1] = -FeatureSchema.LARGEST;
        case 2 -> row[1] = -0.0f;
        case 3 -> Arrays.fill(row, Float.NaN);
        default -> {}
      }
      rows.add(row);
    }
    return FeatureMatrix.of(Planted.SCHEMA, rows);
  }

  private static float[] byXgboost(
      TrainedModel model, FeatureMatrix rows, boolean categorical, boolean margin)
      throws XGBoostError, IOException {
    Booster booster = XGBoost.loadModel(model.bytes());
    DMatrix matrix = NativeMatrix.of(new Examples(rows, new float[rows.rows()]), categorical);
    matrix.setFeatureNames(rows.schema().names().toArray(String[]::new));
    float[][] predicted = booster.predict(matrix, margin, model.rounds());
    float[] scores = new float[predicted.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = predicted[i][0];
    }
    booster.dispose();
    matrix.dispose();
    return scores;
  }

  @ParameterizedTest
  @CsvSource({"binary:logistic,true", "binary:logistic,false", "reg:squarederror,true"})
  void it_scores_as_xgboost_does(String objective, boolean categorical) throws Exception {
    TrainedModel model = model(objective, categorical);
    FeatureMatrix rows = oddRows();
    float[] expected = byXgboost(model, rows, categorical, false);
    float[] scores = Scorer.of(model).score(rows);
    int other = 0;
    for (int i = 0; i < scores.length; i++) {
      assertThat(scores[i]).as("row " + i).isCloseTo(expected[i], within(1e-6f));
      other += scores[i] == expected[i] ? 0 : 1;
    }
    // What may differ is the last bit of the exponential of another library.
    assertThat(other).isLessThanOrEqualTo(scores.length / 200);
  }

  @Test
  void the_sum_of_the_trees_has_the_bits_of_xgboost() throws Exception {
    TrainedModel model = LOGISTIC;
    FeatureMatrix rows = oddRows();
    float[] expected = byXgboost(model, rows, true, true);
    XgboostModel trees = XgboostModel.read(model.bytes(), model.rounds());
    for (int i = 0; i < expected.length; i++) {
      assertThat(trees.trees().margin(rows.row(i), 0)).as("row " + i).isEqualTo(expected[i]);
    }
  }

  @Test
  void a_row_alone_has_the_bits_it_has_in_a_matrix() {
    Scorer scorer = Scorer.of(LOGISTIC);
    FeatureMatrix rows = oddRows();
    float[] together = scorer.score(rows);
    for (int i = 0; i < together.length; i++) {
      assertThat(scorer.score(rows.row(i))).isEqualTo(together[i]);
    }
  }

  @Test
  void rounds_beyond_the_best_are_left_out() {
    TrainedModel model = LOGISTIC;
    assertThat(model.metrics().get("rounds_trained")).isGreaterThan(model.rounds());
    assertThat(XgboostModel.read(model.bytes(), model.rounds()).trees().trees())
        .isEqualTo(model.rounds());
    assertThat(XgboostModel.read(model.bytes(), 0).trees().trees())
        .isEqualTo(model.metrics().get("rounds_trained").intValue());
  }

  @Test
  void a_matrix_in_another_encoding_is_refused() {
    Scorer scorer = Scorer.of(LOGISTIC);
    FeatureMatrix other =
        FeatureMatrix.encoded(new FeatureSchema(Planted.SCHEMA.columns().subList(0, 2)))
            .addEncoded(new float[2])
            .build();
    assertThatThrownBy(() -> scorer.score(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scorer.score(new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytes_that_are_no_model_are_refused() {
    TrainedModel broken =
        new TrainedModel(
            ModelFormat.XGBOOST_UBJ,
            new byte[] {'{', 'L', 0},
            Planted.SCHEMA,
            1,
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());
    assertThatThrownBy(() -> Scorer.of(broken))
        .satisfies(
            e -> assertThat(((PenstockException) e).code()).isEqualTo(ErrorCode.FILE_CORRUPT));
  }
}
