package dev.penstock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.training.FeatureMatrix;
import dev.penstock.training.FeatureSchema;
import dev.penstock.training.ModelInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code logistic.onnx} is sigmoid(0.5 a − 0.25 b), a missing a being 1 and a missing b 2; the onnx
 * package for Python 1.23.1 wrote it.
 */
class OnnxScorerTest {
  private static final FeatureSchema TWO =
      new FeatureSchema(
          List.of(
              ModelInput.numeric("a", Scalar.FLOAT64), ModelInput.numeric("b", Scalar.FLOAT64)));

  private static byte[] logistic() throws IOException {
    try (InputStream file = OnnxScorerTest.class.getResourceAsStream("/logistic.onnx")) {
      return file.readAllBytes();
    }
  }

  private static TrainedModel model(byte[] bytes, FeatureSchema features) {
    return new TrainedModel(
        ModelFormat.ONNX, bytes, features, 0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  @Test
  void the_graph_is_evaluated_with_missing_values_as_nan() throws IOException {
    Scorer scorer = Scorer.of(model(logistic(), TWO));
    assertThat((double) scorer.score(new float[] {3, 1})).isCloseTo(sigmoid(1.25), within(1e-6));
    assertThat((double) scorer.score(new float[] {Float.NaN, Float.NaN}))
        .isCloseTo(sigmoid(0), within(1e-6));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void a_row_alone_has_the_bits_it_has_among_others() throws IOException {
    Scorer scorer = Scorer.of(model(logistic(), TWO));
    List<float[]> rows =
        List.of(new float[] {0.1f, 7}, new float[] {Float.NaN, 0.3f}, new float[] {1e30f, 1});
    float[] scores = scorer.score(FeatureMatrix.of(TWO, rows));
    for (int row = 0; row < scores.length; row++) {
      assertThat(Float.floatToRawIntBits(scorer.score(rows.get(row))))
          .isEqualTo(Float.floatToRawIntBits(scores[row]));
    }
  }

  @Test
  void a_graph_that_takes_another_number_of_features_is_refused() throws IOException {
    FeatureSchema one = new FeatureSchema(List.of(ModelInput.numeric("a", Scalar.FLOAT64)));
    byte[] bytes = logistic();
    assertThatThrownBy(() -> Scorer.of(model(bytes, one)))
        .satisfies(
            e -> assertThat(((PenstockException) e).code()).isEqualTo(ErrorCode.TYPE_MISMATCH))
        .hasMessageContaining("[rows, 1]");
  }

  @Test
  void bytes_that_are_no_graph_are_refused() {
    assertThatThrownBy(() -> Scorer.of(model(new byte[] {1}, TWO)))
        .satisfies(
            e -> assertThat(((PenstockException) e).code()).isEqualTo(ErrorCode.FILE_CORRUPT));
  }
}
