package dev.penstock.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.quality.CheckResult.State;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CheckTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void rows_are_counted_over_all_batches() {
    Check check = new Check("row_count >= 5", Measure.ROW_COUNT, null, Bound.atLeast(5));
    Batch rows = Tables.batch("x", Scalar.INT64, 1L, null, 3L);

    CheckResult result = check.begin().add(rows).add(rows).result();

    assertThat(result.state()).isEqualTo(State.PASS);
    assertThat(result.value()).isEqualTo(6);
    assertThat(result.n()).isEqualTo(6);
    assertThat(result.sentence()).isEqualTo("row_count is 6, in the bound >= 5");
  }

  @Test
  void no_rows_are_zero_rows_and_inconclusive_for_all_else() {
    Batch none = Tables.batch("x", Scalar.FLOAT64);
    assertThat(
            new Check("row_count >= 1", Measure.ROW_COUNT, null, Bound.atLeast(1))
                .begin()
                .add(none)
                .result()
                .state())
        .isEqualTo(State.FAIL);
    for (Measure measure :
        new Measure[] {Measure.NULL_SHARE, Measure.MEAN, Measure.MIN, Measure.MAX}) {
      CheckResult result = real(measure, Bound.atLeast(-1e300));
      assertThat(result.state()).as("%s", measure).isEqualTo(State.INCONCLUSIVE);
      assertThat(result.value()).isNull();
      assertThat(result.passed()).isFalse();
      assertThat(result.blocks()).isFalse();
    }
    assertThat(condition(Bound.atLeast(0)).state()).isEqualTo(State.INCONCLUSIVE);
  }

  @Test
  void a_column_of_nulls_is_inconclusive_but_for_its_null_share() {
    assertThat(real(Measure.MEAN, Bound.atLeast(0), null, null).state())
        .isEqualTo(State.INCONCLUSIVE);
    CheckResult share = real(Measure.NULL_SHARE, Bound.atMost(0.5), null, null);
    assertThat(share.state()).isEqualTo(State.FAIL);
    assertThat(share.value()).isEqualTo(1);
    assertThat(share.blocks()).isTrue();
  }

  @Test
  void nulls_are_not_in_the_denominator_of_a_share() {
    // 7 of 10, and 3 nulls.
    CheckResult result =
        condition(
            Bound.equalTo(0.7),
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            false,
            false,
            false,
            null,
            null,
            null);
    assertThat(result.state()).isEqualTo(State.PASS);
    assertThat(result.n()).isEqualTo(10);
    // scipy 1.10.1: binomtest(7, 10).proportion_ci(.95, 'wilson').
    assertThat(result.interval().low()).isCloseTo(0.39677814746114526, within(1e-12));
    assertThat(result.interval().high()).isCloseTo(0.892208732593699, within(1e-12));
  }

  @Test
  void the_interval_of_none_and_of_all_is_wilsons_too() {
    assertThat(Interval.wilson(0, 50).low()).isZero();
    assertThat(Interval.wilson(0, 50).high()).isCloseTo(0.07134759913335872, within(1e-12));
    assertThat(Interval.wilson(20, 20).low()).isCloseTo(0.8388748419471808, within(1e-12));
    assertThat(Interval.wilson(20, 20).high()).isEqualTo(1);
    assertThat(Interval.wilson(300, 1000).low()).isCloseTo(0.27240684247700486, within(1e-12));
  }

  @Test
  void nan_is_not_null() {
    CheckResult result = real(Measure.NULL_SHARE, Bound.atMost(0.25), NAN, NAN, null, 1.0);
    assertThat(result.value()).isEqualTo(0.25);
    assertThat(result.state()).isEqualTo(State.PASS);
  }

  @Test
  void nulls_are_skipped_by_mean_min_and_max() {
    assertThat(real(Measure.MEAN, Bound.equalTo(2), 1.0, null, 3.0).passed()).isTrue();
    assertThat(real(Measure.MIN, Bound.equalTo(1), null, 3.0, 1.0).passed()).isTrue();
    assertThat(real(Measure.MAX, Bound.equalTo(-1), null, -3.0, -1.0).passed()).isTrue();
  }

  @Test
  void one_nan_leaves_mean_min_and_max_undefined_and_that_is_in_no_bound() {
    Bound any = new Bound(Double.NEGATIVE_INFINITY, true, INFINITY, true);
    for (Measure measure : new Measure[] {Measure.MEAN, Measure.MIN, Measure.MAX}) {
      for (Object[] values : new Object[][] {{NAN, 1.0, 2.0}, {1.0, NAN}, {NAN}}) {
        CheckResult result = real(measure, any, values);
        assertThat(result.state()).isEqualTo(State.FAIL);
        assertThat(result.value()).isNull();
        assertThat(result.sentence()).contains("1 of " + values.length + " values are NaN");
      }
    }
  }

  @Test
  void infinities_are_the_numbers_they_are() {
    assertThat(real(Measure.MAX, Bound.atMost(100), 1.0, INFINITY).state()).isEqualTo(State.FAIL);
    assertThat(real(Measure.MIN, Bound.atLeast(0), 1.0, INFINITY).passed()).isTrue();
    assertThat(real(Measure.MEAN, Bound.atMost(100), 1.0, -INFINITY).passed()).isTrue();
    CheckResult both = real(Measure.MEAN, Bound.atMost(100), INFINITY, -INFINITY);
    assertThat(both.state()).isEqualTo(State.FAIL);
    assertThat(both.sentence()).contains("undefined: the values have infinities of both signs");
  }

  @Test
  void a_broken_check_that_warns_blocks_nothing_and_does_not_pass() {
    Check check =
        new Check(
            "warn: max(x) < 3",
            Measure.MAX,
            Tables.named("x", Scalar.INT64),
            Bound.below(3),
            Severity.WARN);
    CheckResult result = check.begin().add(Tables.batch("x", Scalar.INT64, 3L)).result();
    assertThat(result.state()).isEqualTo(State.WARN);
    assertThat(result.passed()).isFalse();
    assertThat(result.blocks()).isFalse();
  }

  @Test
  void bounds_include_their_ends_only_where_they_say_so() {
    assertThat(Bound.atLeast(3).holds(3.0)).isTrue();
    assertThat(Bound.above(3).holds(3.0)).isFalse();
    assertThat(Bound.atMost(3).holds(3.0)).isTrue();
    assertThat(Bound.below(3).holds(3.0)).isFalse();
    assertThat(Bound.between(-3, 3).holds(-3.0)).isTrue();
    assertThat(Bound.between(-3, 3).holds(3.0)).isTrue();
    assertThat(Bound.between(-3, 3).holds(NAN)).isFalse();
    assertThat(Bound.below(3).holds(new BigDecimal("3"))).isFalse();
    assertThat(Bound.between(-30, 60)).hasToString("BETWEEN -30 AND 60");
    assertThat(Bound.below(0.05)).hasToString("< 0.05");
    assertThat(Bound.equalTo(1000)).hasToString("= 1000");
  }

  @Test
  void decimals_are_compared_as_they_are_written() {
    Type price = new Type.Decimal(10, 2);
    Check check =
        new Check("max(x) <= 10.1", Measure.MAX, Tables.named("x", price), Bound.atMost(10.1));
    // As a double the bound is a little below 10.1.
    assertThat(
            check.begin().add(Tables.batch("x", price, new BigDecimal("10.10"))).result().passed())
        .isTrue();
    assertThat(
            check.begin().add(Tables.batch("x", price, new BigDecimal("10.11"))).result().passed())
        .isFalse();
  }

  @Test
  void large_integers_are_compared_exactly() {
    Check check =
        new Check(
            "max(x) <= 9007199254740992",
            Measure.MAX,
            Tables.named("x", Scalar.INT64),
            Bound.atMost(9007199254740992.0));
    assertThat(
            check.begin().add(Tables.batch("x", Scalar.INT64, 9007199254740993L)).result().state())
        .isEqualTo(State.FAIL);
  }

  @Test
  void a_mean_does_not_depend_on_the_order_of_the_rows() {
    assertThat(real(Measure.MEAN, Bound.equalTo(0.25), 1e300, 1.0, -1e300, 0.0).passed()).isTrue();
    assertThat(real(Measure.MEAN, Bound.equalTo(0.25), 1.0, 1e300, 0.0, -1e300).passed()).isTrue();
    assertThat(real(Measure.MEAN, Bound.equalTo(0.1), 0.1, 0.1, 0.1).passed()).isTrue();
  }

  @Test
  void an_argument_that_cannot_be_evaluated_is_an_error_and_blocks() {
    Check check =
        new Check("mean(y) >= 0", Measure.MEAN, Tables.named("y", Scalar.INT64), Bound.atLeast(0));
    CheckResult result = check.begin().add(Tables.batch("x", Scalar.INT64, 1L)).result();
    assertThat(result.state()).isEqualTo(State.ERROR);
    assertThat(result.blocks()).isTrue();
    assertThat(result.passed()).isFalse();
    assertThat(result.sentence()).contains("COLUMN_NOT_FOUND");
  }

  @Test
  void a_measure_refuses_an_argument_it_cannot_measure() {
    assertThatThrownBy(
            () ->
                new Check(
                    "mean(x) > 0", Measure.MEAN, Tables.named("x", Scalar.STRING), Bound.above(0)))
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_MISMATCH));
  }

  private static CheckResult real(Measure measure, Bound bound, Object... values) {
    return new Check(measure + "(x)", measure, Tables.named("x", Scalar.FLOAT64), bound)
        .begin()
        .add(Tables.batch("x", Scalar.FLOAT64, values))
        .result();
  }

  private static CheckResult condition(Bound bound, Object... values) {
    return new Check("share(x)", Measure.SHARE, Tables.named("x", Scalar.BOOLEAN), bound)
        .begin()
        .add(Tables.batch("x", Scalar.BOOLEAN, values))
        .result();
  }
}
