package dev.penstock.platform.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.model.Promotion;
import dev.penstock.model.PromotionDecision;
import dev.penstock.model.PromotionPolicy;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromotionEvidenceTest {
  private static final int ROWS = 2_000;
  private static final PromotionPolicy POLICY = new PromotionPolicy(0.001, 0.9, 0.003, 500, 50);

  private final Random random = new Random(5);
  private final float[] labels = new float[ROWS];
  private final float[] weak = new float[ROWS];
  private final float[] strong = new float[ROWS];

  private void score() {
    for (int row = 0; row < ROWS; row++) {
      labels[row] = random.nextInt(3) == 0 ? 1 : 0;
      weak[row] = (float) (0.25 + 0.1 * labels[row] + 0.3 * random.nextDouble());
      strong[row] = (float) (0.2 + 0.3 * labels[row] + 0.3 * random.nextDouble());
    }
  }

  private static PromotionDecision again(PromotionDecision decision) {
    return PromotionEvidence.fromJson(
        PromotionEvidence.toJson(decision, 2, 1, "drops@1", "validation"));
  }

  @Test
  void a_decision_is_read_as_it_was_written() {
    score();
    PromotionDecision promoted = Promotion.decide(POLICY, weak, strong, labels, Map.of());
    PromotionDecision refused = Promotion.decide(POLICY, strong, weak, labels, Map.of());

    assertThat(promoted.promoted()).isTrue();
    assertThat(again(promoted)).isEqualTo(promoted);
    assertThat(refused.promoted()).isFalse();
    assertThat(again(refused)).isEqualTo(refused);
  }

  @Test
  void a_first_champion_had_nothing_to_be_compared_with() {
    score();
    PromotionDecision first = Promotion.first(POLICY, strong, labels, Map.of(), "me");

    assertThat(first.comparison()).isNull();
    assertThat(again(first)).isEqualTo(first);
  }
}
