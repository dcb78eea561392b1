package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureView;
import org.junit.jupiter.api.Test;

/** One value for each category. */
class CategoryFactsTest {
  private static final long T = RandomLog.DAY_OF_TIME_CHANGE;

  private static FeatureView hour(Aggregate aggregate) {
    return Facts.view(aggregate, HOUR);
  }

  private static Aggregate by(AggregateFunction function, String column, String category) {
    return Facts.of(function, column).by(InputRow.column(category));
  }

  @Test
  void each_category_of_the_window_has_its_value_in_their_order() {
    Facts facts =
        new Facts()
            .row(T, "text", "b", "small", 1)
            .row(T + 1, "text", "a", "small", 2)
            .row(T + 2, "text", "b", "small", 4)
            .row(T + 3, "text", "c")
            .row(T + 4, "small", 8);
    FeatureView sums = hour(by(AggregateFunction.SUM, "small", "text"));
    assertThat(facts.value(sums, T + 9)).isEqualTo("{\"a\":2,\"b\":5,\"c\":null}");
    assertThat(facts.value(sums, T + HOUR + 1)).isEqualTo("{\"a\":2,\"b\":4,\"c\":null}");
    assertThat(facts.value(sums, T + HOUR + 3)).isEqualTo("{\"c\":null}");
    assertThat(facts.value(sums, T + HOUR + 4)).isNull();
    FeatureView counts = hour(Aggregate.count().by(InputRow.column("text")));
    assertThat(facts.value(counts, T + 9)).isEqualTo("{\"a\":1,\"b\":2,\"c\":1}");
  }

  @Test
  void a_default_is_that_of_a_category_and_a_condition_goes_before() {
    Facts facts =
        new Facts()
            .row(T, "text", "a", "flag", true)
            .row(T, "text", "b", "flag", false, "small", 1)
            .row(T, "text", "c", "flag", true, "small", 2);
    Aggregate sum =
        by(AggregateFunction.SUM, "small", "text").where(InputRow.column("flag")).withDefault("0");
    assertThat(facts.value(hour(sum), T + 9)).isEqualTo("{\"a\":0,\"c\":2}");
    assertThat(facts.value(hour(sum), T + 2 * HOUR)).isNull();
  }

  @Test
  void a_category_that_is_an_error_or_too_many_of_them_are_an_error() {
    Facts overflow =
        new Facts()
            .row(T, "text", "a", "whole", Long.MAX_VALUE)
            .row(T + 1, "text", "a", "whole", Long.MAX_VALUE)
            .row(T + 2, "text", "b", "whole", 1L);
    FeatureView sums = hour(by(AggregateFunction.SUM, "whole", "text"));
    assertThat(overflow.ask(sums, T + 9).status()).isEqualTo(FeatureStatus.ERROR);
    assertThat(overflow.value(sums, T + HOUR + 1)).isEqualTo("{\"a\":9223372036854775807,\"b\":1}");

    Facts many = new Facts();
    for (long category = 0; category <= Aggregate.MOST_CATEGORIES; category++) {
      many.row(T + category, "whole", category);
    }
    FeatureView counts = hour(Aggregate.count().by(InputRow.column("whole")));
    assertThat(many.ask(counts, T + 5_000).status()).isEqualTo(FeatureStatus.ERROR);
    assertThat(many.ask(counts, T + HOUR + 1).status()).isEqualTo(FeatureStatus.PRESENT);
  }

  @Test
  void functions_that_give_lists_cannot_be_divided() {
    assertThatThrownBy(() -> by(AggregateFunction.VECTOR_SUM, "vector", "text"))
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    assertThatThrownBy(() -> by(AggregateFunction.SUM, "small", "vector"))
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_MISMATCH));
  }
}
