package dev.penstock.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Span;
import dev.penstock.feedback.PeriodPerformance.Verdict;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PerformanceTest {
  private static final Span WEEK = Span.parse("7d");
  private static final long ORIGIN = 1_000_000_000_000L;

  private final OutcomeJoin join = new OutcomeJoin();
  private final SplittableRandom random = new SplittableRandom(4);
  private int predictions;

  /** Adds predictions whose AUC is far above, or just at, a coin's. */
  private void add(long at, int rows, boolean good) {
    for (int i = 0; i < rows; i++) {
      String id = "p" + predictions++;
      float score = (float) random.nextDouble();
      double truth = good ? score : 0.5;
      join.add(new Prediction(id, id, "m1", at, score));
      join.add(Outcome.ofRow(id, at + 1, random.nextDouble() < truth ? 1 : 0));
    }
  }

  private Performance measured(double reference) {
    return Performance.of(
        "m1",
        join.asOf(Long.MAX_VALUE),
        ORIGIN,
        WEEK,
        "validation",
        reference,
        PerformanceRule.DEFAULT);
  }

  @Test
  void a_prediction_at_the_end_of_a_week_is_in_the_next() {
    add(ORIGIN, 10, true);
    add(ORIGIN + WEEK.micros() - 1, 10, true);
    add(ORIGIN + WEEK.micros(), 5, true);
    Performance performance = measured(0.8);
    assertThat(performance.periods()).extracting(PeriodPerformance::n).containsExactly(20L, 5L);
    assertThat(performance.periods().get(1).from()).isEqualTo(ORIGIN + WEEK.micros());
  }

  @Test
  void a_prediction_before_the_origin_is_in_a_week_before_it() {
    add(ORIGIN - 1, 3, true);
    assertThat(measured(0.8).periods().get(0).to()).isEqualTo(ORIGIN);
  }

  @Test
  void a_week_without_predictions_is_shown_and_undefined() {
    add(ORIGIN, 10, true);
    add(ORIGIN + 2 * WEEK.micros(), 10, true);
    PeriodPerformance empty = measured(0.8).periods().get(1);
    assertThat(empty.n()).isZero();
    assertThat(empty.auc()).isNull();
    assertThat(empty.logLoss()).isNull();
    assertThat(empty.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void a_week_clearly_below_its_reference_is_worse() {
    add(ORIGIN, 2_000, true);
    add(ORIGIN + WEEK.micros(), 2_000, false);
    Performance performance = measured(0.83);
    assertThat(performance.periods())
        .extracting(PeriodPerformance::verdict)
        .containsExactly(Verdict.AS_EXPECTED, Verdict.WORSE);
    assertThat(performance.periods().get(0).auc()).isGreaterThan(0.8);
    PeriodPerformance worse = performance.periods().get(1);
    assertThat(worse.aucLow()).isLessThan(worse.auc());
    assertThat(worse.aucHigh()).isGreaterThan(worse.auc()).isLessThan(0.6);
  }

  @Test
  void a_week_of_few_outcomes_says_nothing() {
    add(ORIGIN, 60, false);
    PeriodPerformance few = measured(0.83).periods().get(0);
    assertThat(few.auc()).isNotNull();
    assertThat(few.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void pending_predictions_count_as_predictions_only() {
    add(ORIGIN, 10, true);
    join.add(new Prediction("waiting", "never", "m1", ORIGIN + 5, 0.4f));
    PeriodPerformance week = measured(0.8).periods().get(0);
    assertThat(week.predictions()).isEqualTo(11);
    assertThat(week.n()).isEqualTo(10);
  }

  @Test
  void no_predictions_have_no_periods() {
    assertThat(measured(0.8).periods()).isEmpty();
  }
}
