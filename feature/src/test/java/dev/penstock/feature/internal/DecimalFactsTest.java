package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static dev.penstock.feature.internal.Facts.of;
import static dev.penstock.feature.internal.Facts.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.EntityKey;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Span;
import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.ViewState;
import dev.penstock.feature.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decimals: each fact by replay and by live state. */
class DecimalFactsTest {
  private static final long T = RandomLog.DAY_OF_TIME_CHANGE;

  /** The greatest of 38 digits, and the next below, which is the same float64. */
  private static final BigDecimal MOST = new BigDecimal("99999999999999999999999999999999.999999");

  private static final BigDecimal LESS = MOST.subtract(new BigDecimal("0.000001"));

  private static FeatureView hour(AggregateFunction function, String column) {
    return view(of(function, column), HOUR);
  }

  private static Facts amounts(String... amounts) {
    Facts facts = new Facts();
    for (int i = 0; i < amounts.length; i++) {
      facts.row(T + i, "amount", amounts[i] == null ? null : new BigDecimal(amounts[i]));
    }
    return facts;
  }

  private static Facts wides(BigDecimal... wides) {
    Facts facts = new Facts();
    for (int i = 0; i < wides.length; i++) {
      facts.row(T + i, "wide", wides[i], "whole", (long) i);
    }
    return facts;
  }

  @Test
  void sum_of_decimals_is_exact_and_has_38_digits_and_their_scale() {
    Aggregate sum = of(AggregateFunction.SUM, "amount");
    assertThat(sum.resultType()).isEqualTo(new Type.Decimal(38, 2));
    Facts facts = amounts("0.10", "0.20", null, "9999999999.99", "-0.30");
    assertThat(facts.value(view(sum, HOUR), T + 9)).isEqualTo(new BigDecimal("9999999999.99"));
    assertThat(amounts("0.10", "-0.10").value(view(sum, HOUR), T + 9))
        .isEqualTo(new BigDecimal("0.00"));
    assertThat(new Facts().row(T).value(view(sum, HOUR), T + 9)).isNull();
  }

  @Test
  void sum_of_decimals_beyond_38_digits_is_an_error_until_rows_leave() {
    FeatureView view = hour(AggregateFunction.SUM, "wide");
    BigDecimal least = new BigDecimal("0.000001");
    Facts facts = wides(least, MOST, least.negate(), LESS.negate());
    assertThat(facts.value(view, T + 9)).isEqualTo(least);
    assertThat(facts.ask(view, T + 2).status()).isEqualTo(FeatureStatus.ERROR);
    assertThat(facts.value(view, T + 2)).isNull();
    assertThat(wides(least, MOST).value(view, T + HOUR + 1)).isEqualTo(MOST);
  }

  @Test
  void mean_of_decimals_is_their_sum_rounded_once_by_their_number() {
    FeatureView amount = hour(AggregateFunction.MEAN, "amount");
    assertThat(amounts("0.10", "0.20", null).value(amount, T + 9)).isEqualTo(0.30 / 2);
    FeatureView wide = hour(AggregateFunction.MEAN, "wide");
    assertThat(wides(MOST, MOST).value(wide, T + 9)).isEqualTo(2e32 / 2);
    assertThat(wides(MOST, LESS.negate()).value(wide, T + 9)).isEqualTo(0.000001 / 2);
  }

  @Test
  void decimals_that_are_one_float_are_still_told_apart() {
    assertThat(MOST.doubleValue()).isEqualTo(LESS.doubleValue());
    Facts facts = wides(LESS, MOST, LESS);
    assertThat(facts.value(hour(AggregateFunction.MIN, "wide"), T + 9)).isEqualTo(LESS);
    assertThat(facts.value(hour(AggregateFunction.MAX, "wide"), T + 9)).isEqualTo(MOST);
    assertThat(facts.value(hour(AggregateFunction.FIRST, "wide"), T + 2)).isEqualTo(LESS);
    assertThat(facts.value(hour(AggregateFunction.LAST, "wide"), T + 2)).isEqualTo(MOST);
    Aggregate least =
        Aggregate.of(AggregateFunction.MIN_BY, InputRow.column("whole"), InputRow.column("wide"));
    Aggregate greatest =
        Aggregate.of(AggregateFunction.MAX_BY, InputRow.column("whole"), InputRow.column("wide"));
    assertThat(facts.value(view(least, HOUR), T + 9)).isEqualTo(2L);
    assertThat(facts.value(view(greatest, HOUR), T + 9)).isEqualTo(1L);
    FeatureView distinct =
        view(
            Aggregate.of(AggregateFunction.DISTINCT_COUNT, List.of(9.0), InputRow.column("wide")),
            HOUR);
    assertThat(facts.value(distinct, T + 9)).isEqualTo(2L);
    FeatureView top =
        view(Aggregate.of(AggregateFunction.TOP_K, List.of(1.0), InputRow.column("wide")), HOUR);
    assertThat(facts.value(top, T + 9)).isEqualTo("[[" + LESS + ",2]]");
  }

  @Test
  void where_a_float_is_made_decimals_are_the_nearest_floats() {
    Facts facts = new Facts().row(T, "amount", new BigDecimal("0.10"), "wide", LESS);
    Aggregate ratio =
        Aggregate.of(AggregateFunction.RATIO, InputRow.column("amount"), InputRow.column("wide"));
    assertThat(facts.value(view(ratio, HOUR), T + 9)).isEqualTo(0.1 / 1e32);
    // 3 Σx² − (Σx)² of the floats; of the decimals themselves it would be 0.02 / 3.
    FeatureView variance = hour(AggregateFunction.VAR_POP, "amount");
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : new double[] {0.1, 0.2, 0.3}) {
      BigDecimal exact = new BigDecimal(value);
      sum = sum.add(exact);
      squares = squares.add(exact.multiply(exact));
    }
    BigDecimal ninefold = squares.multiply(BigDecimal.valueOf(3)).subtract(sum.multiply(sum));
    double expected = ninefold.divide(BigDecimal.valueOf(9), MathContext.DECIMAL128).doubleValue();
    assertThat(amounts("0.10", "0.20", "0.30").value(variance, T + 9)).isEqualTo(expected);
    Aggregate median = Aggregate.percentile(InputRow.column("amount"), 0.5);
    assertThat(median.resultType()).isEqualTo(Scalar.FLOAT64);
    assertThat(amounts("1.00", "8.00").value(view(median, HOUR), T + 9))
        .isEqualTo(NaiveNumbers.middleOfBucket(1));
  }

  @Test
  void one_column_is_a_float_for_one_aggregate_and_exact_for_another() {
    Facts facts = wides(LESS, MOST);
    FeatureView both =
        FeatureView.of(
            "both",
            Facts.THING,
            List.of("name"),
            List.of(
                feature("count", of(AggregateFunction.COUNT, "wide")),
                feature("variance", of(AggregateFunction.VAR_POP, "wide")),
                feature("greatest", of(AggregateFunction.MAX, "wide"))));
    ViewState state = new ViewState(both);
    MemoryStore store = new MemoryStore();
    state.apply(InputRow.batch(facts.rows()), store);
    List<FeatureValue> live = state.at(T + 9, store).read(EntityKey.of("a"));
    assertThat(live.stream().map(FeatureValue::value)).containsExactly(2L, 0.0, MOST);
  }

  private static Feature feature(String name, Aggregate aggregate) {
    return new Feature(name, aggregate, Window.trailing(new Span(HOUR)));
  }

  @Test
  void default_of_a_decimal_has_its_scale_and_loses_nothing() {
    Aggregate sum = of(AggregateFunction.SUM, "amount").withDefault("1.5");
    assertThat(sum.text()).endsWith(" default 1.50");
    assertThat(new Facts().row(T).value(view(sum, HOUR), T + 9)).isEqualTo(new BigDecimal("1.50"));
    for (String wrong : new String[] {"0.005", "1e999999999", "'1'", "NaN"}) {
      assertThatThrownBy(() -> of(AggregateFunction.SUM, "amount").withDefault(wrong))
          .isInstanceOfSatisfying(
              PenstockException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION_VALUE));
    }
  }
}
