package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static dev.penstock.feature.internal.Facts.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureView;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts of values, lists and sets: each fact by replay and by live state. */
class ListFactsTest {
  private static final long T = RandomLog.DAY_OF_TIME_CHANGE;

  private static FeatureView hour(AggregateFunction function, String column, double... numbers) {
    List<Double> parameters = Arrays.stream(numbers).boxed().toList();
    return view(Aggregate.of(function, parameters, InputRow.column(column)), HOUR);
  }

  private static Facts texts(String... texts) {
    Facts facts = new Facts();
    for (int i = 0; i < texts.length; i++) {
      facts.row(T + i, "text", texts[i], "real", (double) i);
    }
    return facts;
  }

  @Test
  void distinct_values_beyond_the_limit_are_an_error_until_they_leave() {
    Facts facts = texts("a", "b", null, "a", "c");
    FeatureView two = hour(AggregateFunction.DISTINCT_COUNT, "text", 2);
    assertThat(facts.value(two, T + 4)).isEqualTo(2L);
    assertThat(facts.ask(two, T + 5).status()).isEqualTo(FeatureStatus.ERROR);
    assertThat(facts.value(two, T + HOUR + 2)).isEqualTo(2L);
    assertThat(facts.value(two, T + 2 * HOUR)).isNull();
    assertThat(facts.value(hour(AggregateFunction.DISTINCT_COUNT, "text"), T + 5)).isEqualTo(3L);
  }

  @Test
  void zeros_are_one_value_and_so_are_nans() {
    Facts facts =
        new Facts()
            .row(T, "real", 0.0)
            .row(T, "real", -0.0)
            .row(T, "real", Double.NaN)
            .row(T, "real", Double.longBitsToDouble(0xFFF0_0000_0000_0001L));
    assertThat(facts.value(hour(AggregateFunction.DISTINCT_COUNT, "real"), T + 9)).isEqualTo(2L);
    assertThat(facts.value(hour(AggregateFunction.APPROX_DISTINCT, "real"), T + 9)).isEqualTo(2L);
    assertThat(facts.value(hour(AggregateFunction.HISTOGRAM, "real"), T + 9))
        .isEqualTo("{\"0\":2,\"NaN\":2}");
  }

  @Test
  void top_k_breaks_ties_by_value_and_is_exact_or_an_error() {
    Facts facts = texts("b", "a", "c", "a", "b", null);
    assertThat(facts.value(hour(AggregateFunction.TOP_K, "text", 2), T + 9))
        .isEqualTo("[[\"a\",2],[\"b\",2]]");
    assertThat(facts.value(hour(AggregateFunction.TOP_K, "text", 5), T + 9))
        .isEqualTo("[[\"a\",2],[\"b\",2],[\"c\",1]]");
    assertThat(facts.value(hour(AggregateFunction.TOP_K, "text", 1), T + HOUR + 1))
        .isEqualTo("[[\"a\",2]]");
    assertThat(facts.ask(hour(AggregateFunction.TOP_K, "text", 1, 2), T + 9).status())
        .isEqualTo(FeatureStatus.ERROR);
    assertThat(new Facts().row(T).value(hour(AggregateFunction.TOP_K, "text", 1), T + 9)).isNull();
  }

  @Test
  void histogram_is_by_value_and_text_goes_by_code_points() {
    Facts facts = texts("\uFF5E", "\uD83D\uDE80", "a\"b", "a");
    assertThat(facts.value(hour(AggregateFunction.HISTOGRAM, "text"), T + 9))
        .isEqualTo("{\"a\":1,\"a\\\"b\":1,\"\uFF5E\":1,\"\uD83D\uDE80\":1}");
    assertThat(facts.ask(hour(AggregateFunction.HISTOGRAM, "text", 3), T + 9).status())
        .isEqualTo(FeatureStatus.ERROR);
  }

  @Test
  void collected_set_is_by_value_without_repeats() {
    Facts facts = new Facts().row(T, "day", 11_413).row(T, "day", -1).row(T, "day", -1).row(T);
    assertThat(facts.value(hour(AggregateFunction.COLLECT_SET, "day"), T + 9))
        .isEqualTo("[\"1969-12-31\",\"2001-04-01\"]");
    assertThat(facts.ask(hour(AggregateFunction.COLLECT_SET, "day", 1), T + 9).status())
        .isEqualTo(FeatureStatus.ERROR);
  }

  @Test
  void lists_go_by_event_time_then_partition_then_offset() {
    Facts facts =
        new Facts()
            .at(1, 5, T, T, "text", "third")
            .at(1, 4, T, T, "text", "second")
            .at(0, 9, T, T, "text", "first")
            .at(0, 10, T, T)
            .at(0, 0, T + 1, T, "text", "fourth");
    assertThat(facts.value(hour(AggregateFunction.FIRST_N, "text", 2), T + 9))
        .isEqualTo("[\"first\",\"second\"]");
    assertThat(facts.value(hour(AggregateFunction.LAST_N, "text", 2), T + 9))
        .isEqualTo("[\"third\",\"fourth\"]");
    assertThat(facts.value(hour(AggregateFunction.COLLECT_LIST, "text"), T + 9))
        .isEqualTo("[\"first\",\"second\",\"third\",\"fourth\"]");
    assertThat(facts.value(hour(AggregateFunction.FIRST_N, "text", 2), T + HOUR + 1))
        .isEqualTo("[\"fourth\"]");
    assertThat(facts.value(hour(AggregateFunction.LAST_N, "text", 2), T + 2 * HOUR)).isNull();
  }

  @Test
  void list_beyond_its_limit_is_an_error_until_rows_leave() {
    Facts facts = texts("a", "b", "c");
    FeatureView two = hour(AggregateFunction.COLLECT_LIST, "text", 2);
    assertThat(facts.ask(two, T + 9).status()).isEqualTo(FeatureStatus.ERROR);
    assertThat(facts.value(two, T + HOUR + 1)).isEqualTo("[\"b\",\"c\"]");
  }

  @Test
  void least_by_another_is_the_last_of_equal_rows_and_needs_both() {
    Facts facts =
        new Facts()
            .at(0, 0, T, T, "text", "tie", "whole", 1L)
            .at(1, 0, T, T, "text", "later tie", "whole", 1L)
            .at(1, 1, T - 1, T, "text", "earlier tie", "whole", 1L)
            .at(1, 2, T, T, "whole", 0L)
            .at(1, 3, T, T, "text", "no number")
            .at(1, 4, T + 1, T, "text", "greatest", "whole", 5L);
    InputColumn text = InputRow.column("text");
    Aggregate least = Aggregate.of(AggregateFunction.MIN_BY, text, InputRow.column("whole"));
    Aggregate greatest = Aggregate.of(AggregateFunction.MAX_BY, text, InputRow.column("whole"));
    assertThat(facts.value(view(least, HOUR), T + 9)).isEqualTo("later tie");
    assertThat(facts.value(view(greatest, HOUR), T + 9)).isEqualTo("greatest");
    assertThat(facts.value(view(least, HOUR), T + HOUR + 1)).isEqualTo("greatest");
    assertThat(facts.value(view(least, HOUR), T + 2 * HOUR)).isNull();
  }

  @Test
  void nan_is_the_greatest_to_go_by() {
    Facts facts =
        new Facts().row(T, "real", Double.NaN, "small", 1).row(T, "real", -0.0, "small", 2);
    InputColumn small = InputRow.column("small");
    InputColumn real = InputRow.column("real");
    assertThat(facts.value(view(Aggregate.of(AggregateFunction.MAX_BY, small, real), HOUR), T + 9))
        .isEqualTo(1);
    assertThat(facts.value(view(Aggregate.of(AggregateFunction.MIN_BY, small, real), HOUR), T + 9))
        .isEqualTo(2);
  }

  @Test
  void lists_of_floats_and_decimals_have_one_text() {
    Facts facts =
        new Facts()
            .row(T, "single", 0.1f, "real", 0.1, "amount", new BigDecimal("1.50"), "moment", T)
            .row(T, "single", 1e10f, "real", Double.POSITIVE_INFINITY)
            .row(T, "single", -2f, "real", 2e-44)
            .row(T, "single", Float.NaN, "real", 1e300);
    assertThat(facts.value(hour(AggregateFunction.COLLECT_LIST, "single"), T + 9))
        .isEqualTo("[0.1,10000000000,-2,\"NaN\"]");
    assertThat(facts.value(hour(AggregateFunction.COLLECT_LIST, "real"), T + 9))
        .isEqualTo("[0.1,\"Infinity\",2E-44,1E+300]");
    assertThat(facts.value(hour(AggregateFunction.COLLECT_LIST, "amount"), T + 9))
        .isEqualTo("[1.50]");
    assertThat(facts.value(hour(AggregateFunction.COLLECT_LIST, "moment"), T + 9))
        .isEqualTo("[\"2001-04-01T00:00:00Z\"]");
  }
}
