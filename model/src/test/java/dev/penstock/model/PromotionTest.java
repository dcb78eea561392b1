package dev.penstock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.PenstockException;
import dev.penstock.model.PromotionDecision.Verdict;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PromotionTest {
  private static final double SHARE = 0.25;
  private static final PromotionPolicy POLICY = PromotionPolicy.DEFAULT;

  private final SplittableRandom random = new SplittableRandom(7);

  private PromotionDecision decide(int rows, double championSkill, double challengerSkill) {
    float[] labels = Planted.labels(rows, SHARE, random);
    double[] shared = Planted.noise(rows, random);
    float[] champion = Planted.scores(labels, championSkill, shared, random, SHARE);
    float[] challenger = Planted.scores(labels, challengerSkill, shared, random, SHARE);
    return Promotion.decide(POLICY, champion, challenger, labels, Map.of());
  }

  @Test
  void
      a_challenger_that_is_no_better_is_promoted_by_chance_no_more_often_than_the_confidence_says() {
    int trials = 200;
    int promoted = 0;
    int higher = 0;
    for (int trial = 0; trial < trials; trial++) {
      PromotionDecision decision = decide(4_000, 1, 1);
      promoted += decision.promoted() ? 1 : 0;
      higher += decision.comparison().difference() > 0 ? 1 : 0;
    }
    // 5 % of 200 is 10; 18 and more come by chance once in a hundred.
    assertThat(promoted).isLessThan(18);
    // What a mere look at the two numbers would have done.
    assertThat(higher).isBetween(75, 125);
  }

  @Test
  void a_challenger_that_is_better_is_promoted() {
    PromotionDecision decision = decide(20_000, 1, 1.2);
    assertThat(decision.verdict()).isEqualTo(Verdict.PROMOTED);
    assertThat(decision.lowerBound()).isPositive();
    assertThat(decision.pValue()).isLessThan(0.001);
    assertThat(decision.challenger().auc()).isGreaterThan(decision.champion().auc());
    assertThat(decision.guardrails()).allSatisfy(rail -> assertThat(rail.held()).isTrue());
    assertThat(decision.reasons().get(0)).contains("20,000 rows").contains("lower bound");
  }

  @Test
  void a_challenger_that_is_worse_is_refused() {
    assertThat(decide(20_000, 1.2, 1).verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void the_champion_itself_is_refused_as_equal() {
    float[] labels = Planted.labels(5_000, SHARE, random);
    float[] champion = Planted.scores(labels, 1, Planted.noise(5_000, random), random, SHARE);
    PromotionDecision decision =
        Promotion.decide(POLICY, champion, champion.clone(), labels, Map.of());
    assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(decision.reasons().get(0)).contains("ranks these rows exactly as the champion");
  }

  @Test
  void an_improvement_below_the_minimum_is_refused() {
    float[] labels = Planted.labels(20_000, SHARE, random);
    double[] shared = Planted.noise(20_000, random);
    float[] champion = Planted.scores(labels, 1, shared, random, SHARE);
    float[] challenger = Planted.scores(labels, 1.2, shared, random, SHARE);
    PromotionPolicy demanding = new PromotionPolicy(0.2, 0.95, 0.002, 1_000, 100);
    PromotionDecision decision =
        Promotion.decide(demanding, champion, challenger, labels, Map.of());
    assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(decision.reasons().get(0)).contains("not above the 0.2000");
  }

  @Test
  void a_better_ranking_with_ruined_probabilities_is_refused() {
    float[] labels = Planted.labels(20_000, SHARE, random);
    double[] shared = Planted.noise(20_000, random);
    float[] champion = Planted.scores(labels, 1, shared, random, SHARE);
    float[] challenger = Planted.scores(labels, 1.3, shared, random, SHARE);
    for (int i = 0; i < challenger.length; i++) {
      challenger[i] = 0.6f + 0.4f * challenger[i];
    }
    PromotionDecision decision = Promotion.decide(POLICY, champion, challenger, labels, Map.of());
    assertThat(decision.lowerBound()).isPositive();
    assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(decision.reasons()).anySatisfy(reason -> assertThat(reason).contains("'log loss'"));
  }

  @Test
  void a_challenger_below_a_trivial_baseline_is_refused() {
    float[] labels = Planted.labels(20_000, SHARE, random);
    double[] shared = Planted.noise(20_000, random);
    float[] champion = Planted.scores(labels, 0.5, shared, random, SHARE);
    float[] challenger = Planted.scores(labels, 0.8, shared, random, SHARE);
    float[] baseline = Planted.scores(labels, 1.2, shared, random, SHARE);
    PromotionDecision decision =
        Promotion.decide(POLICY, champion, challenger, labels, Map.of("last value", baseline));
    assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(decision.guardrails())
        .anySatisfy(
            rail -> {
              assertThat(rail.name()).isEqualTo("beats last value");
              assertThat(rail.held()).isFalse();
            });
  }

  @Test
  void too_few_rows_are_inconclusive() {
    PromotionDecision decision = decide(500, 1, 3);
    assertThat(decision.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(decision.promoted()).isFalse();
    assertThat(decision.reasons().get(0)).contains("too few");
  }

  @Test
  void rows_of_one_class_are_inconclusive() {
    float[] labels = new float[2_000];
    float[] scores = Planted.scores(labels, 1, Planted.noise(2_000, random), random, SHARE);
    assertThat(Promotion.decide(POLICY, scores, scores, labels, Map.of()).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void the_first_champion_needs_somebody_s_approval() {
    float[] labels = Planted.labels(5_000, SHARE, random);
    float[] scores = Planted.scores(labels, 1, Planted.noise(5_000, random), random, SHARE);
    PromotionDecision refused = Promotion.first(POLICY, scores, labels, Map.of(), " ");
    assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(refused.reasons().get(0)).contains("nobody approved");
    PromotionDecision approved =
        Promotion.first(POLICY, scores, labels, Map.of(), "first model of the demo");
    assertThat(approved.verdict()).isEqualTo(Verdict.PROMOTED);
    assertThat(approved.champion()).isNull();
    assertThat(approved.lowerBound()).isNull();
  }

  @Test
  void approval_does_not_help_a_first_model_that_knows_nothing() {
    float[] labels = Planted.labels(5_000, SHARE, random);
    float[] scores = Planted.scores(labels, 0, Planted.noise(5_000, random), random, SHARE);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) random.nextDouble();
    }
    PromotionDecision decision = Promotion.first(POLICY, scores, labels, Map.of(), "please");
    assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void models_that_scored_different_rows_are_refused() {
    assertThatThrownBy(
            () -> Promotion.decide(POLICY, new float[3], new float[4], new float[4], Map.of()))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("the champion scored 3 rows, the challenger 4");
  }

  @Test
  void a_policy_that_is_no_test_is_refused() {
    assertThatThrownBy(() -> new PromotionPolicy(0, 0.5, 0, 1_000, 100))
        .hasMessageContaining("confidence cannot be 0.5");
    assertThatThrownBy(() -> new PromotionPolicy(-0.1, 0.95, 0, 1_000, 100))
        .hasMessageContaining("min_improvement");
  }
}
