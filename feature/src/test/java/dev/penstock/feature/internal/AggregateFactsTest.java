package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static dev.penstock.feature.internal.Facts.count;
import static dev.penstock.feature.internal.Facts.of;
import static dev.penstock.feature.internal.Facts.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import org.junit.jupiter.api.Test;

class AggregateFactsTest {
  private static final long T = RandomLog.DAY_OF_TIME_CHANGE;

  private static FeatureView hour(AggregateFunction function, String column) {
    return view(of(function, column), HOUR);
  }

  @Test
  void nulls_are_skipped() {
    Facts facts = new Facts().row(T, "whole", 4L).row(T + 1).row(T + 2, "whole", 1L).row(T + 3);
    assertThat(facts.value(hour(AggregateFunction.COUNT, "whole"), T + 9)).isEqualTo(2L);
    assertThat(facts.value(view(count(), HOUR), T + 9)).isEqualTo(4L);
    assertThat(facts.value(hour(AggregateFunction.MEAN, "whole"), T + 9)).isEqualTo(2.5);
    assertThat(facts.value(hour(AggregateFunction.MIN, "whole"), T + 9)).isEqualTo(1L);
    assertThat(facts.value(hour(AggregateFunction.LAST, "whole"), T + 9)).isEqualTo(1L);
  }

  @Test
  void condition_that_is_null_is_not_true() {
    Facts facts =
        new Facts().row(T, "flag", true, "whole", 1L).row(T, "flag", false).row(T, "whole", 7L);
    Aggregate sum = of(AggregateFunction.SUM, "whole").where(InputRow.column("flag"));
    assertThat(facts.value(view(sum, HOUR), T + 9)).isEqualTo(1L);
    assertThat(facts.value(view(count().where(InputRow.column("flag")), HOUR), T + 9))
        .isEqualTo(1L);
  }

  @Test
  void share_skips_rows_where_the_condition_is_null() {
    Facts facts =
        new Facts().row(T, "flag", true).row(T, "flag", false).row(T).row(T, "flag", true);
    assertThat(facts.value(hour(AggregateFunction.SHARE, "flag"), T + 9)).isEqualTo(2.0 / 3);
  }

  @Test
  void sum_of_integers_may_leave_the_range_on_the_way_but_not_at_the_end() {
    FeatureView view = hour(AggregateFunction.SUM, "whole");
    Facts facts =
        new Facts().row(T, "whole", Long.MAX_VALUE).row(T, "whole", 5L).row(T, "whole", -6L);
    assertThat(facts.value(view, T + 9)).isEqualTo(Long.MAX_VALUE - 1);
    facts.row(T, "whole", 2L);
    assertThat(facts.ask(view, T + 9).status()).isEqualTo(FeatureStatus.ERROR);
    assertThat(facts.value(view, T + 9)).isNull();
    assertThat(facts.value(hour(AggregateFunction.MEAN, "whole"), T + 9)).isEqualTo(0x1p63 / 4);
  }

  @Test
  void sum_of_floats_is_exact_whatever_the_order() {
    FeatureView view = hour(AggregateFunction.SUM, "real");
    Facts facts =
        new Facts()
            .row(T, "real", 1e16)
            .row(T, "real", 1.0)
            .row(T, "real", 1.0)
            .row(T, "real", -1e16);
    assertThat(facts.value(view, T + 9)).isEqualTo(2.0);
  }

  @Test
  void sum_of_finite_floats_beyond_the_range_is_an_error_and_not_infinite() {
    FeatureView view = hour(AggregateFunction.SUM, "real");
    Facts facts = new Facts().row(T, "real", Double.MAX_VALUE).row(T, "real", Double.MAX_VALUE);
    assertThat(facts.ask(view, T + 9).status()).isEqualTo(FeatureStatus.ERROR);
    facts.row(T, "real", Double.POSITIVE_INFINITY);
    assertThat(facts.value(view, T + 9)).isEqualTo(Double.POSITIVE_INFINITY);
    facts.row(T, "real", Double.NEGATIVE_INFINITY);
    assertThat(facts.value(view, T + 9)).isEqualTo(Double.NaN);
  }

  @Test
  void nan_leaves_the_sum_with_its_row() {
    FeatureView view = hour(AggregateFunction.SUM, "real");
    Facts facts = new Facts().row(T, "real", Double.NaN).row(T + 1, "real", 2.0);
    assertThat(facts.value(view, T + HOUR)).isEqualTo(Double.NaN);
    assertThat(facts.value(view, T + HOUR + 1)).isEqualTo(2.0);
  }

  @Test
  void nan_is_greater_than_every_number() {
    Facts facts =
        new Facts()
            .row(T, "real", Double.NaN)
            .row(T, "real", Double.POSITIVE_INFINITY)
            .row(T, "real", -2.0);
    assertThat(facts.value(hour(AggregateFunction.MAX, "real"), T + 9)).isEqualTo(Double.NaN);
    assertThat(facts.value(hour(AggregateFunction.MIN, "real"), T + 9)).isEqualTo(-2.0);
    assertThat(facts.value(view(Aggregate.percentile(InputRow.column("real"), 1), HOUR), T + 9))
        .isEqualTo(Double.NaN);
  }

  @Test
  void negative_zero_is_zero() {
    Facts facts = new Facts().row(T, "real", -0.0, "single", -0.0f, "vector", new float[] {-0.0f});
    for (String column : new String[] {"real", "single"}) {
      for (AggregateFunction function :
          new AggregateFunction[] {
            AggregateFunction.SUM, AggregateFunction.MIN, AggregateFunction.LAST
          }) {
        Number value = (Number) facts.value(hour(function, column), T + 9);
        assertThat(1 / value.doubleValue()).isEqualTo(Double.POSITIVE_INFINITY);
      }
    }
    float[] vector = (float[]) facts.value(hour(AggregateFunction.LAST, "vector"), T + 9);
    assertThat(Float.floatToRawIntBits(vector[0])).isZero();
  }

  @Test
  void last_goes_by_event_time_then_partition_then_offset() {
    FeatureView view = hour(AggregateFunction.LAST, "text");
    Facts facts =
        new Facts()
            .at(1, 5, T, T, "text", "second")
            .at(0, 9, T, T, "text", "first")
            .at(1, 6, T, T, "text", "third")
            .at(2, 0, T - 1, T, "text", "before");
    assertThat(facts.value(view, T + 9)).isEqualTo("third");
  }

  @Test
  void last_of_the_latest_row_that_was_seen_late_is_taken() {
    FeatureView view = hour(AggregateFunction.LAST, "text");
    Facts facts = new Facts().late(T + 5, T + 20, "text", "late").row(T, "text", "early");
    assertThat(facts.value(view, T + 20)).isEqualTo("early");
    assertThat(facts.value(view, T + 21)).isEqualTo("late");
  }

  @Test
  void first_goes_by_event_time_then_partition_then_offset() {
    FeatureView view = hour(AggregateFunction.FIRST, "text");
    Facts facts =
        new Facts()
            .at(1, 5, T, T, "text", "second")
            .at(0, 9, T, T, "text", "first")
            .at(0, 8, T, T)
            .at(2, 0, T + 1, T, "text", "after");
    assertThat(facts.value(view, T + 9)).isEqualTo("first");
    assertThat(facts.value(view, T + HOUR + 1)).isEqualTo("after");
    assertThat(facts.late(T - 1, T + 20, "text", "late").value(view, T + 21)).isEqualTo("late");
  }

  @Test
  void any_and_all_skip_rows_where_the_condition_is_null() {
    Facts facts = new Facts().row(T, "flag", true).row(T + 1).row(T + 2, "flag", false);
    assertThat(facts.value(hour(AggregateFunction.ANY, "flag"), T + 9)).isEqualTo(true);
    assertThat(facts.value(hour(AggregateFunction.ALL, "flag"), T + 9)).isEqualTo(false);
    assertThat(facts.value(hour(AggregateFunction.ALL, "flag"), T + 2)).isEqualTo(true);
    assertThat(facts.value(hour(AggregateFunction.ANY, "flag"), T + HOUR + 1)).isEqualTo(false);
    assertThat(facts.value(hour(AggregateFunction.ALL, "flag"), T + HOUR + 3)).isNull();
  }

  @Test
  void time_since_is_in_seconds_up_to_the_moment_asked_about() {
    Facts facts = new Facts().row(T, "whole", 1L).row(T + 500_000).row(T + 3_000_000, "whole", 1L);
    long q = T + 4_000_000;
    assertThat(facts.value(hour(AggregateFunction.TIME_SINCE_FIRST, "whole"), q)).isEqualTo(4.0);
    assertThat(facts.value(hour(AggregateFunction.TIME_SINCE_LAST, "whole"), q)).isEqualTo(1.0);
    Aggregate any = Aggregate.of(AggregateFunction.TIME_SINCE_LAST);
    assertThat(facts.value(view(any, HOUR), T + 1_000_000)).isEqualTo(0.5);
    assertThat(facts.value(view(any, HOUR), T + 2 * HOUR)).isNull();
  }

  @Test
  void time_since_the_beginning_of_time_is_an_error() {
    Facts facts = new Facts().late(Long.MIN_VALUE, T, "whole", 1L);
    Aggregate since = Aggregate.of(AggregateFunction.TIME_SINCE_FIRST);
    assertThat(facts.ask(view(since, Window.LIFETIME), T + 1).status())
        .isEqualTo(FeatureStatus.ERROR);
  }

  @Test
  void default_stands_where_the_value_would_be_null() {
    Facts facts = new Facts().row(T).row(T + 1, "whole", 1L);
    Aggregate sum = of(AggregateFunction.SUM, "whole").withDefault("0");
    Aggregate spread = of(AggregateFunction.VAR_SAMP, "whole").withDefault("-1");
    Aggregate text = of(AggregateFunction.LAST, "text").withDefault("'it''s'");
    assertThat(facts.ask(view(sum, HOUR), T + 1).status()).isEqualTo(FeatureStatus.PRESENT);
    assertThat(facts.value(view(sum, HOUR), T + 1)).isEqualTo(0L);
    assertThat(facts.value(view(sum, HOUR), T + 2)).isEqualTo(1L);
    assertThat(facts.value(view(spread, HOUR), T + 2)).isEqualTo(-1.0);
    assertThat(facts.value(view(text, HOUR), T + 2)).isEqualTo("it's");
  }

  @Test
  void default_of_an_unknown_key_is_not_found_with_a_value_as_a_count_is() {
    Aggregate any = of(AggregateFunction.ANY, "flag").withDefault("false");
    Facts facts = new Facts().row(T + 5, "flag", true);
    assertThat(facts.ask(view(any, HOUR), T + 1).status()).isEqualTo(FeatureStatus.NOT_FOUND);
    assertThat(facts.value(view(any, HOUR), T + 1)).isEqualTo(false);
  }

  @Test
  void extremes_come_back_when_a_better_row_leaves() {
    FeatureView view = hour(AggregateFunction.MAX, "whole");
    Facts facts = new Facts().row(T, "whole", 9L).row(T + 1, "whole", 3L).row(T + 2, "whole", 5L);
    assertThat(facts.value(view, T + HOUR)).isEqualTo(9L);
    assertThat(facts.value(view, T + HOUR + 1)).isEqualTo(5L);
    assertThat(facts.value(view, T + HOUR + 3)).isNull();
  }

  @Test
  void percentile_is_the_least_value_that_reaches_the_part_within_one_percent() {
    Facts facts = new Facts();
    for (long i = 1; i <= 10; i++) {
      facts.row(T, "whole", i * 100);
    }
    for (double q : new double[] {0, 0.1, 0.5, 0.9, 0.91, 1}) {
      double exact = 100 * Math.max(1, Math.ceil(q * 10));
      double value =
          (double)
              facts.value(view(Aggregate.percentile(InputRow.column("whole"), q), HOUR), T + 9);
      assertThat(value).isBetween(exact * 0.99, exact * 1.01);
    }
  }

  @Test
  void results_have_the_types_the_definition_says() {
    Facts facts =
        new Facts().row(T, "small", 3, "single", 1.5f, "day", 7, "moment", T, "flag", true);
    assertThat(facts.value(hour(AggregateFunction.SUM, "small"), T + 9)).isEqualTo(3L);
    assertThat(facts.value(hour(AggregateFunction.MAX, "small"), T + 9)).isEqualTo(3);
    assertThat(facts.value(hour(AggregateFunction.SUM, "single"), T + 9)).isEqualTo(1.5);
    assertThat(facts.value(hour(AggregateFunction.MIN, "single"), T + 9)).isEqualTo(1.5f);
    assertThat(facts.value(hour(AggregateFunction.MIN, "day"), T + 9)).isEqualTo(7);
    assertThat(facts.value(hour(AggregateFunction.MAX, "moment"), T + 9)).isEqualTo(T);
    assertThat(facts.value(hour(AggregateFunction.LAST, "flag"), T + 9)).isEqualTo(true);
  }
}
