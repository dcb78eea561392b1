package dev.penstock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.data.PenstockException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void each_measure_is_what_its_name_says() {
    Evaluation evaluation =
        Evaluation.of(new float[] {0.25f, 0.5f, 0.75f, 0.5f}, new float[] {0, 1, 1, 0});
    assertThat(evaluation.n()).isEqualTo(4);
    assertThat(evaluation.positives()).isEqualTo(2);
    assertThat(evaluation.baseRate()).isEqualTo(0.5);
    assertThat(evaluation.auc()).isEqualTo(0.875);
    assertThat(evaluation.logLoss())
        .isCloseTo(-(2 * Math.log(0.75) + 2 * Math.log(0.5)) / 4, within(1e-15));
    assertThat(evaluation.brier()).isEqualTo((2 * 0.0625 + 2 * 0.25) / 4);
    assertThat(evaluation.accuracy()).isEqualTo(0.75);
    assertThat(evaluation.meanScore()).isEqualTo(0.5);
  }

  @Test
  void a_score_at_the_threshold_says_yes() {
    assertThat(Evaluation.of(new float[] {0.3f}, new float[] {1}, 0.3f).accuracy()).isEqualTo(1);
  }

  @Test
  void what_is_undefined_stays_undefined() {
    Evaluation empty = Evaluation.of(new float[0], new float[0]);
    assertThat(empty.auc()).isNull();
    assertThat(empty.logLoss()).isNull();
    assertThat(empty.brier()).isNull();
    assertThat(empty.accuracy()).isNull();
    assertThat(empty.calibrationError()).isNull();
    assertThat(empty.meanScore()).isNull();
    assertThat(empty.baseRate()).isNull();
    assertThat(empty.calibration()).isEmpty();
    Evaluation oneClass = Evaluation.of(new float[] {0.2f, 0.4f}, new float[] {0, 0});
    assertThat(oneClass.auc()).isNull();
    assertThat(oneClass.baseRate()).isEqualTo(0);
    assertThat(oneClass.logLoss()).isNotNull();
  }

  @Test
  void a_certain_mistake_costs_much_but_not_infinity() {
    assertThat(Evaluation.of(new float[] {0}, new float[] {1}).logLoss())
        .isCloseTo(15 * Math.log(10), within(1e-6));
  }

  @Test
  void calibration_bins_hold_equal_numbers_in_order() {
    int n = 1_500;
    float[] scores = new float[n];
    float[] labels = new float[n];
    for (int i = 0; i < n; i++) {
      scores[i] = (float) ((i * 7 % n) / (double) n);
      labels[i] = scores[i] >= 0.5 ? 1 : 0;
    }
    Evaluation evaluation = Evaluation.of(scores, labels);
    assertThat(evaluation.calibration()).hasSize(15);
    assertThat(evaluation.calibration()).allSatisfy(bin -> assertThat(bin.n()).isEqualTo(100));
    assertThat(evaluation.calibration().get(0).positiveShare()).isEqualTo(0);
    assertThat(evaluation.calibration().get(14).positiveShare()).isEqualTo(1);
    assertThat(evaluation.calibration().get(3).meanScore()).isCloseTo(349.5 / n, within(1e-6));
    assertThat(evaluation.calibration().get(3).from()).isCloseTo(0.2, within(1e-6));
  }

  @Test
  void rows_of_one_score_stay_in_one_bin() {
    float[] scores = new float[100];
    float[] labels = new float[100];
    for (int i = 0; i < 100; i++) {
      scores[i] = i < 90 ? 0.25f : 0.75f;
      labels[i] = i % 4 == 0 ? 1 : 0;
    }
    Evaluation evaluation = Evaluation.of(scores, labels);
    assertThat(evaluation.calibration()).hasSize(2);
    assertThat(evaluation.calibration().get(0).n()).isEqualTo(90);
  }

  @Test
  void a_calibrated_model_has_a_small_calibration_error_and_a_shifted_one_has_its_shift() {
    SplittableRandom random = new SplittableRandom(3);
    int n = 50_000;
    float[] scores = new float[n];
    float[] shifted = new float[n];
    float[] labels = new float[n];
    for (int i = 0; i < n; i++) {
      scores[i] = (float) random.nextDouble(0.1, 0.8);
      shifted[i] = scores[i] + 0.1f;
      labels[i] = random.nextDouble() < scores[i] ? 1 : 0;
    }
    assertThat(Evaluation.of(scores, labels).calibrationError()).isLessThan(0.012);
    assertThat(Evaluation.of(shifted, labels).calibrationError()).isCloseTo(0.1, within(0.012));
  }

  @Test
  void a_score_that_is_no_probability_is_refused() {
    assertThatThrownBy(() -> Evaluation.of(new float[] {1.5f}, new float[] {1}))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("row 0 has the score 1.5");
    assertThatThrownBy(() -> Evaluation.of(new float[] {Float.NaN}, new float[] {1}))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Evaluation.of(new float[] {0.5f}, new float[] {2}))
        .hasMessageContaining("the label 2.0");
  }
}
