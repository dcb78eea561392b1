package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static dev.penstock.feature.internal.Facts.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureView;
import org.junit.jupiter.api.Test;

/** Variances, covariances, shapes and slopes: each fact by replay and by live state. */
class MomentFactsTest {
  private static final long T = RandomLog.DAY_OF_TIME_CHANGE;
  private static final AggregateFunction[] OF_ONE = {
    AggregateFunction.VAR_POP,
    AggregateFunction.VAR_SAMP,
    AggregateFunction.STDDEV_POP,
    AggregateFunction.STDDEV_SAMP,
    AggregateFunction.SKEW,
    AggregateFunction.KURTOSIS,
    AggregateFunction.SLOPE
  };
  private static final AggregateFunction[] OF_TWO = {
    AggregateFunction.COVAR_POP, AggregateFunction.COVAR_SAMP, AggregateFunction.CORR
  };

  private static FeatureView hour(AggregateFunction function, String... columns) {
    InputColumn[] arguments = new InputColumn[columns.length];
    for (int i = 0; i < columns.length; i++) {
      arguments[i] = InputRow.column(columns[i]);
    }
    return view(Aggregate.of(function, arguments), HOUR);
  }

  private static Facts reals(double... values) {
    Facts facts = new Facts();
    for (int i = 0; i < values.length; i++) {
      facts.row(T + i, "real", values[i], "whole", (long) i);
    }
    return facts;
  }

  @Test
  void variances_are_those_of_the_textbook() {
    Facts facts = reals(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(facts.value(hour(AggregateFunction.VAR_POP, "real"), T + 9)).isEqualTo(4.0);
    assertThat(facts.value(hour(AggregateFunction.VAR_SAMP, "real"), T + 9)).isEqualTo(32.0 / 7);
    assertThat(facts.value(hour(AggregateFunction.STDDEV_POP, "real"), T + 9)).isEqualTo(2.0);
    assertThat(facts.value(hour(AggregateFunction.STDDEV_SAMP, "real"), T + 9))
        .isEqualTo(Math.sqrt(32.0 / 7));
  }

  @Test
  void variance_of_close_large_numbers_does_not_cancel() {
    Facts facts = reals(1e15 + 1, 1e15 + 2, 1e15 + 3);
    assertThat(facts.value(hour(AggregateFunction.VAR_SAMP, "real"), T + 9)).isEqualTo(1.0);
    Facts wholes = new Facts().row(T, "whole", Long.MAX_VALUE).row(T, "whole", Long.MAX_VALUE - 2);
    assertThat(wholes.value(hour(AggregateFunction.VAR_POP, "whole"), T + 9)).isEqualTo(1.0);
    assertThat(wholes.value(hour(AggregateFunction.KURTOSIS, "whole"), T + 9)).isEqualTo(-2.0);
  }

  @Test
  void sample_of_one_has_no_variance() {
    Facts facts = reals(3);
    assertThat(facts.value(hour(AggregateFunction.VAR_POP, "real"), T + 9)).isEqualTo(0.0);
    assertThat(facts.value(hour(AggregateFunction.VAR_SAMP, "real"), T + 9)).isNull();
    assertThat(facts.value(hour(AggregateFunction.STDDEV_SAMP, "real"), T + 9)).isNull();
    assertThat(facts.value(hour(AggregateFunction.COVAR_POP, "real", "whole"), T + 9))
        .isEqualTo(0.0);
    assertThat(facts.value(hour(AggregateFunction.COVAR_SAMP, "real", "whole"), T + 9)).isNull();
  }

  @Test
  void moments_of_nothing_are_null() {
    Facts facts = new Facts().row(T, "whole", 1L).row(T + 1, "real", null);
    for (AggregateFunction function : OF_ONE) {
      assertThat(facts.value(hour(function, "real"), T + 9)).as(function.toString()).isNull();
    }
    for (AggregateFunction function : OF_TWO) {
      assertThat(facts.value(hour(function, "real", "whole"), T + 9)).isNull();
    }
  }

  @Test
  void moments_of_values_that_never_change_have_no_shape() {
    Facts facts = reals(7, 7, 7);
    assertThat(facts.value(hour(AggregateFunction.VAR_SAMP, "real"), T + 9)).isEqualTo(0.0);
    assertThat(facts.value(hour(AggregateFunction.SKEW, "real"), T + 9)).isNull();
    assertThat(facts.value(hour(AggregateFunction.KURTOSIS, "real"), T + 9)).isNull();
    assertThat(facts.value(hour(AggregateFunction.CORR, "real", "whole"), T + 9)).isNull();
    assertThat(facts.value(hour(AggregateFunction.SLOPE, "real"), T + 9)).isEqualTo(0.0);
  }

  @Test
  void nan_and_infinities_make_moments_nan_until_they_leave() {
    for (double special : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Facts facts = reals(special, 1, 2, 4);
      for (AggregateFunction function : OF_ONE) {
        assertThat(facts.value(hour(function, "real"), T + HOUR)).isEqualTo(Double.NaN);
        assertThat(facts.value(hour(function, "real"), T + HOUR + 1)).isNotEqualTo(Double.NaN);
      }
      for (AggregateFunction function : OF_TWO) {
        assertThat(facts.value(hour(function, "real", "whole"), T + HOUR)).isEqualTo(Double.NaN);
      }
    }
  }

  @Test
  void numbers_whose_products_are_not_exact_are_an_error_until_they_leave() {
    for (double beyond : new double[] {0x1p480, -0x1p480, 0x1p-481, Double.MIN_VALUE}) {
      Facts facts = reals(beyond, 1, 2, 4);
      for (AggregateFunction function : OF_ONE) {
        assertThat(facts.ask(hour(function, "real"), T + HOUR).status())
            .isEqualTo(FeatureStatus.ERROR);
        assertThat(facts.value(hour(function, "real"), T + HOUR + 1)).isNotNull();
      }
      for (AggregateFunction function : OF_TWO) {
        assertThat(facts.ask(hour(function, "whole", "real"), T + HOUR).status())
            .isEqualTo(FeatureStatus.ERROR);
      }
    }
    assertThat(
            reals(0x1p-480, -0.0, 0x1.8p479).value(hour(AggregateFunction.VAR_POP, "real"), T + 9))
        .isEqualTo(0x1p957);
    assertThat(reals(0x1p210, 1).ask(hour(AggregateFunction.SKEW, "real"), T + 9).status())
        .isEqualTo(FeatureStatus.ERROR);
    assertThat(reals(0x1p-210, 0, 0x1p209).value(hour(AggregateFunction.SKEW, "real"), T + 9))
        .isNotNull();
  }

  @Test
  void shapes_are_those_of_the_whole_population() {
    Facts facts = reals(0, 0, 0, 10);
    assertThat((double) facts.value(hour(AggregateFunction.SKEW, "real"), T + 9))
        .isEqualTo(Math.sqrt(4.0 / 3));
    assertThat((double) facts.value(hour(AggregateFunction.KURTOSIS, "real"), T + 9))
        .isEqualTo(-2.0 / 3);
    assertThat((double) reals(10, 10, 10, 0).value(hour(AggregateFunction.SKEW, "real"), T + 9))
        .isEqualTo(-Math.sqrt(4.0 / 3));
    assertThat(reals(1, 2, 3).value(hour(AggregateFunction.SKEW, "real"), T + 9)).isEqualTo(0.0);
  }

  @Test
  void correlation_never_leaves_its_range() {
    Facts facts = reals(0.1, 0.2, 0.1 * 3, 0.4);
    assertThat((double) facts.value(hour(AggregateFunction.CORR, "real", "whole"), T + 9))
        .isBetween(0.999, 1.0);
    assertThat(facts.value(hour(AggregateFunction.CORR, "real", "real"), T + 9)).isEqualTo(1.0);
    assertThat(
            new Facts()
                .row(T, "whole", 1L, "small", -1)
                .row(T, "whole", 4L, "small", -4)
                .value(hour(AggregateFunction.CORR, "whole", "small"), T + 9))
        .isEqualTo(-1.0);
  }

  @Test
  void rows_without_one_of_two_operands_are_skipped() {
    Facts facts =
        new Facts()
            .row(T, "whole", 1L, "small", 2)
            .row(T, "whole", 100L)
            .row(T, "small", 100)
            .row(T, "whole", 3L, "small", 6);
    assertThat(facts.value(hour(AggregateFunction.COVAR_POP, "whole", "small"), T + 9))
        .isEqualTo(2.0);
    assertThat(facts.value(hour(AggregateFunction.COVAR_SAMP, "whole", "small"), T + 9))
        .isEqualTo(4.0);
    assertThat(facts.value(hour(AggregateFunction.RATIO, "whole", "small"), T + 9)).isEqualTo(0.5);
  }

  @Test
  void slope_is_growth_by_second_and_null_of_one_moment() {
    long second = 1_000_000;
    Facts facts =
        new Facts()
            .row(T, "real", 1.0)
            .row(T + second, "real", 3.0)
            .row(T + 2 * second, "real", 5.0);
    FeatureView view = hour(AggregateFunction.SLOPE, "real");
    assertThat(facts.value(view, T + 3 * second)).isEqualTo(2.0);
    assertThat(new Facts().row(T, "real", 1.0).row(T, "real", 2.0).value(view, T + 9)).isNull();
  }

  @Test
  void ratio_is_the_quotient_of_two_rounded_sums() {
    FeatureView view = hour(AggregateFunction.RATIO, "real", "whole");
    Facts facts = reals(0.1, 0.2, 0.3);
    assertThat(facts.value(view, T + 9)).isEqualTo(0.6 / 3);
    assertThat(reals(5).value(view, T + 9)).isNull();
    assertThat(reals(1, Double.POSITIVE_INFINITY).value(view, T + 9))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(reals(1, Double.MAX_VALUE, Double.MAX_VALUE).ask(view, T + 9).status())
        .isEqualTo(FeatureStatus.ERROR);
    Facts tiny = new Facts().row(T, "whole", 1L, "real", 1e-310);
    assertThat(tiny.ask(hour(AggregateFunction.RATIO, "whole", "real"), T + 9).status())
        .isEqualTo(FeatureStatus.ERROR);
  }
}
