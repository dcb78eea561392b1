package dev.penstock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.data.PenstockException;
import dev.penstock.testkit.Seeds;
import dev.penstock.training.Auc;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AucComparisonTest {
  private static final float[] LABELS = {1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1};
  private static final float[] FIRST = {.9f, .2f, .6f, .4f, .4f, .1f, .8f, .7f, .3f, .3f, .5f, .6f};
  private static final float[] SECOND = {
    .8f, .3f, .7f, .5f, .4f, .2f, .9f, .3f, .6f, .1f, .5f, .4f
  };

  /** Made with NumPy from the definition, over all pairs, and SciPy's normal distribution. */
  @Test
  void it_gives_the_values_of_the_definition() {
    AucComparison comparison = AucComparison.of(FIRST, SECOND, LABELS);
    assertThat(comparison.n()).isEqualTo(12);
    assertThat(comparison.positives()).isEqualTo(6);
    assertThat(comparison.first()).isCloseTo(0.7777777777777778, within(1e-15));
    assertThat(comparison.second()).isCloseTo(0.9444444444444444, within(1e-15));
    assertThat(comparison.difference()).isCloseTo(1.0 / 6, within(1e-15));
    assertThat(comparison.standardError()).isCloseTo(0.14593250596181886, within(1e-15));
    assertThat(comparison.pValue()).isCloseTo(0.12671028391258765, within(1e-12));
    assertThat(comparison.lowerBound(0.95))
        .isCloseTo(1.0 / 6 - 1.6448536269514722 * 0.14593250596181886, within(1e-12));
    assertThat(AucInterval.of(FIRST, LABELS).standardError())
        .isCloseTo(Math.sqrt(0.02006172839506173), within(1e-15));
  }

  @Test
  void its_error_is_that_of_a_bootstrap() {
    SplittableRandom random = new SplittableRandom(11);
    int rows = 600;
    float[] labels = Planted.labels(rows, 0.3, random);
    double[] shared = Planted.noise(rows, random);
    float[] first = Planted.scores(labels, 1.0, shared, random, 0.3);
    float[] second = Planted.scores(labels, 1.2, shared, random, 0.3);
    AucComparison comparison = AucComparison.of(first, second, labels);
    int resamples = 2_000;
    double sum = 0;
    double squares = 0;
    float[][] drawn = new float[3][rows];
    for (int b = 0; b < resamples; b++) {
      for (int i = 0; i < rows; i++) {
        int row = random.nextInt(rows);
        drawn[0][i] = first[row];
        drawn[1][i] = second[row];
        drawn[2][i] = labels[row];
      }
      double difference = Auc.of(drawn[1], drawn[2]) - Auc.of(drawn[0], drawn[2]);
      sum += difference;
      squares += difference * difference;
    }
    double mean = sum / resamples;
    double error = Math.sqrt(squares / resamples - mean * mean);
    assertThat(comparison.standardError()).isCloseTo(error, within(0.08 * error));
    assertThat(mean).isCloseTo(comparison.difference(), within(0.1 * error));
  }

  @Test
  void its_interval_holds_the_truth_as_often_as_it_says() {
    SplittableRandom random = new SplittableRandom(5);
    // Two normals a distance of 1 apart overlap so that AUC = Phi(1 / sqrt 2).
    double truth = 0.7602499389065233;
    int trials = 400;
    int held = 0;
    for (int trial = 0; trial < trials; trial++) {
      float[] labels = Planted.labels(400, 0.3, random);
      float[] scores = Planted.scores(labels, 1, Planted.noise(400, random), random, 0.3);
      AucInterval interval = AucInterval.of(scores, labels);
      held += interval.low(0.9) <= truth && truth <= interval.high(0.9) ? 1 : 0;
    }
    assertThat((double) held / trials).isBetween(0.86, 0.94);
  }

  @Test
  void models_that_rank_alike_do_not_differ_at_all() {
    float[] squared = new float[FIRST.length];
    for (int i = 0; i < squared.length; i++) {
      squared[i] = FIRST[i] * FIRST[i];
    }
    AucComparison comparison = AucComparison.of(FIRST, squared, LABELS);
    assertThat(comparison.difference()).isEqualTo(0);
    assertThat(comparison.standardError()).isEqualTo(0);
    assertThat(comparison.pValue()).isEqualTo(1);
    assertThat(comparison.lowerBound(0.95)).isEqualTo(0);
  }

  @Test
  void swapping_the_models_turns_the_sign() {
    Seeds.of(20, 300)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              float[] labels = Planted.labels(60, 0.5, random);
              labels[0] = labels[1] = 0;
              labels[2] = labels[3] = 1;
              float[] a = new float[60];
              float[] b = new float[60];
              for (int i = 0; i < 60; i++) {
                a[i] = random.nextInt(8);
                b[i] = random.nextInt(8);
              }
              AucComparison there = AucComparison.of(a, b, labels);
              AucComparison back = AucComparison.of(b, a, labels);
              assertThat(there.difference()).as("seed " + seed).isEqualTo(-back.difference());
              assertThat(there.standardError()).isCloseTo(back.standardError(), within(1e-15));
              assertThat(there.first()).isCloseTo(Auc.of(a, labels), within(1e-15));
              assertThat(there.difference())
                  .isCloseTo(there.second() - there.first(), within(1e-12));
            });
  }

  @Test
  void one_class_leaves_it_undefined_and_it_says_so() {
    assertThatThrownBy(() -> AucInterval.of(new float[] {1, 2, 3, 4}, new float[] {1, 1, 1, 0}))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("3 positives of 4 rows");
  }

  @Test
  void mcnemar_counts_only_the_rows_on_which_they_disagree() {
    boolean[] truth = new boolean[20];
    boolean[] first = new boolean[20];
    boolean[] second = new boolean[20];
    Arrays.fill(truth, 0, 10, true);
    System.arraycopy(truth, 0, first, 0, 20);
    System.arraycopy(truth, 0, second, 0, 20);
    for (int i = 0; i < 8; i++) {
      first[i] = !truth[i];
    }
    second[10] = !truth[10];
    second[11] = !truth[11];
    first[19] = second[19] = !truth[19];
    Mcnemar test = Mcnemar.of(first, second, truth);
    assertThat(test).isEqualTo(new Mcnemar(20, 2, 8));
    assertThat(test.pValue()).isCloseTo(0.0546875, within(1e-14));
    assertThat(Mcnemar.of(truth, truth, truth).pValue()).isEqualTo(1);
  }
}
