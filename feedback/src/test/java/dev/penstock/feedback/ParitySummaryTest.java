package dev.penstock.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.feedback.ParitySummary.Difference;
import dev.penstock.feedback.ParitySummary.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParitySummaryTest {
  private static final Difference LATE =
      new Difference("p7", "origin_delays__delay_3h", "12.5", "13.0", Reason.LATE, "landings 0:42");

  @Test
  void all_equal_is_parity() {
    assertThatCode(() -> ParitySummary.equal(20_000, 80_000).require()).doesNotThrowAnyException();
    assertThat(ParitySummary.equal(20_000, 80_000).share()).isEqualTo(1);
  }

  @Test
  void an_empty_sample_is_a_failure_and_not_all_of_it() {
    ParitySummary empty = ParitySummary.equal(0, 0);
    assertThat(empty.passed()).isFalse();
    assertThat(empty.share()).isNull();
    assertThatThrownBy(empty::require)
        .satisfies(
            e -> assertThat(((PenstockException) e).code()).isEqualTo(ErrorCode.PARITY_FAILED))
        .hasMessageContaining("no served answer was replayed");
  }

  @Test
  void one_difference_fails_and_its_rows_are_named() {
    ParitySummary summary =
        new ParitySummary(
            20_000, 19_999, 80_000, 80_000, Map.of(Reason.LATE, 1L), Map.of(), List.of(LATE));
    assertThat(summary.passed()).isFalse();
    assertThatThrownBy(summary::require)
        .hasMessageContaining("1 of 20000")
        .hasMessageContaining("prediction p7")
        .hasMessageContaining("landings 0:42");
  }

  @Test
  void every_difference_has_a_reason_or_it_is_no_summary() {
    assertThatThrownBy(
            () -> new ParitySummary(10, 8, 40, 40, Map.of(Reason.TIE, 1L), Map.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equal_answers_without_a_value_are_no_parity() {
    ParitySummary nothing = new ParitySummary(7, 7, 28, 0, Map.of(), Map.of(), List.of());
    assertThat(nothing.passed()).isFalse();
    assertThat(nothing.presentShare()).isZero();
    assertThatThrownBy(nothing::require).hasMessageContaining("not one of the 28 values");
  }

  @Test
  void only_the_first_differences_are_kept() {
    ParitySummary summary =
        new ParitySummary(
            500, 0, 500, 500, Map.of(Reason.BUG, 500L), Map.of(), Collections.nCopies(500, LATE));
    assertThat(summary.differences()).hasSize(ParitySummary.MOST_DIFFERENCES);
  }
}
