package dev.penstock.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AucTest {
  @Test
  void it_is_the_share_of_pairs_won_with_ties_counting_half() {
    float[] scores = {0.1f, 0.4f, 0.35f, 0.8f};
    float[] labels = {0, 0, 1, 1};
    assertThat(Auc.of(scores, labels)).isEqualTo(0.75);
    assertThat(Auc.of(new float[] {1, 1, 1, 1}, labels)).isEqualTo(0.5);
  }

  @Test
  void it_is_undefined_with_one_class() {
    assertThat(Auc.of(new float[] {1, 2}, new float[] {1, 1})).isNull();
    assertThat(Auc.of(new float[] {1, 2}, new float[] {0, 0})).isNull();
    assertThat(Auc.of(new float[0], new float[0])).isNull();
  }

  @Test
  void missing_scores_are_left_out() {
    float[] scores = {Float.NaN, 0.2f, 0.9f, Float.NaN};
    assertThat(Auc.of(scores, new float[] {0, 0, 1, 1})).isEqualTo(1);
  }

  @Test
  void negative_zero_ties_with_zero() {
    assertThat(Auc.of(new float[] {-0.0f, 0.0f}, new float[] {0, 1})).isEqualTo(0.5);
    assertThat(Auc.of(new float[] {0.0f, -0.0f}, new float[] {0, 1})).isEqualTo(0.5);
  }

  @Test
  void it_equals_the_count_of_all_pairs() {
    Seeds.of(40, 1000)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              int rows = random.nextInt(2, 80);
              float[] scores = new float[rows];
              float[] labels = new float[rows];
              for (int i = 0; i < rows; i++) {
                scores[i] = random.nextInt(-6, 6) / 4.0f;
                labels[i] = random.nextInt(2);
              }
              assertThat(Auc.of(scores, labels))
                  .as("seed " + seed)
                  .isEqualTo(pairs(scores, labels));
            });
  }

  private static Double pairs(float[] scores, float[] labels) {
    double won = 0;
    long pairs = 0;
    for (int p = 0; p < scores.length; p++) {
      for (int n = 0; n < scores.length; n++) {
        if (labels[p] == 1 && labels[n] == 0) {
          pairs++;
          won += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
        }
      }
    }
    return pairs == 0 ? null : won / pairs;
  }
}
