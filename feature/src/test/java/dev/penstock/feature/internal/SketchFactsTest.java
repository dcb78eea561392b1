package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static dev.penstock.feature.internal.Facts.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Approximate distinct counts, decaying weights, and vectors. */
class SketchFactsTest {
  private static final long T = RandomLog.DAY_OF_TIME_CHANGE;
  private static final long MINUTE = RandomView.MINUTE;

  private static FeatureView decay(AggregateFunction function, long halfLife, long cell) {
    List<Double> parameters = List.of((double) halfLife, (double) cell);
    return view(Aggregate.of(function, parameters, InputRow.column("real")), HOUR);
  }

  private static FeatureView hour(AggregateFunction function, String column) {
    return view(Facts.of(function, column), HOUR);
  }

  @Test
  void approximate_distinct_count_is_near_and_small_ones_are_right() {
    FeatureView view = hour(AggregateFunction.APPROX_DISTINCT, "whole");
    Facts facts = new Facts();
    for (long i = 0; i < 20_000; i++) {
      facts.row(T + i, "whole", i % 10_000);
    }
    assertThat((double) (long) facts.value(view, T + 10_000)).isCloseTo(10_000, within(500.0));
    assertThat(facts.value(view, T + 10)).isEqualTo(10L);
    assertThat(facts.value(view, T + 20_000)).isEqualTo(facts.value(view, T + 10_000));
    assertThat(facts.value(view, T + HOUR + 19_999)).isEqualTo(1L);
    assertThat(facts.value(view, T + 2 * HOUR)).isNull();
  }

  @Test
  void hash_is_the_same_for_all_time() {
    SlotColumn text = new SlotColumn(SlotKind.OBJECT, 1);
    text.objects[0] = "penstock";
    assertThat(Hashing.of(text, 0)).isEqualTo(0xEC8B507A3E6EC595L);
    SlotColumn whole = new SlotColumn(SlotKind.WHOLE, 1);
    whole.wholes[0] = -2;
    assertThat(Hashing.of(whole, 0)).isEqualTo(0x9729F5179431DDA9L);
  }

  @Test
  void weights_halve_with_the_age_of_the_cells_end() {
    FeatureView sum = decay(AggregateFunction.DECAY_SUM, 10 * MINUTE, MINUTE);
    FeatureView mean = decay(AggregateFunction.DECAY_MEAN, 10 * MINUTE, MINUTE);
    Facts facts = new Facts().row(T, "real", 8.0).row(T + 10 * MINUTE, "real", 2.0).row(T + 1);
    assertThat(facts.value(sum, T + 1)).isEqualTo(8.0);
    assertThat(facts.value(sum, T + MINUTE)).isEqualTo(8.0);
    assertThat(facts.value(sum, T + 11 * MINUTE)).isEqualTo(4.0 + 2.0);
    assertThat(facts.value(mean, T + 11 * MINUTE)).isEqualTo(6.0 / 1.5);
    assertThat(facts.value(sum, T + HOUR + 11 * MINUTE)).isNull();
  }

  @Test
  void decay_does_not_see_the_order_within_a_cell() {
    FeatureView sum = decay(AggregateFunction.DECAY_SUM, 7 * MINUTE, 3 * MINUTE);
    long q = T + 8 * MINUTE;
    Object value = new Facts().row(T, "real", 0.1).row(T + MINUTE, "real", 0.7).value(sum, q);
    assertThat(new Facts().row(T, "real", 0.7).row(T + MINUTE, "real", 0.1).value(sum, q))
        .isEqualTo(value);
  }

  @Test
  void decay_of_nan_and_infinities_is_that_of_a_sum() {
    FeatureView sum = decay(AggregateFunction.DECAY_SUM, 1, 1);
    FeatureView mean = decay(AggregateFunction.DECAY_MEAN, 1, 1);
    Facts facts = new Facts().row(T, "real", Double.POSITIVE_INFINITY).row(T, "real", -1.0);
    assertThat(facts.value(sum, T + 9)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(facts.row(T + 1, "real", Double.NaN).value(sum, T + 9)).isEqualTo(Double.NaN);
    Facts huge = new Facts().row(T, "real", Double.MAX_VALUE).row(T, "real", Double.MAX_VALUE);
    assertThat(huge.ask(sum, T + 9).status()).isEqualTo(FeatureStatus.ERROR);
    Facts faded = new Facts().row(T, "real", 5.0);
    assertThat(faded.value(sum, T + MINUTE)).isEqualTo(0.0);
    assertThat(faded.value(mean, T + MINUTE)).isNull();
  }

  @Test
  void vectors_are_added_by_element_exactly() {
    Facts facts =
        new Facts()
            .row(T, "vector", new float[] {1e30f, 0.5f})
            .row(T + 1, "vector", new float[] {1f, -0.0f})
            .row(T + 2)
            .row(T + 3, "vector", new float[] {-1e30f, Float.NaN});
    float[] sum = (float[]) facts.value(hour(AggregateFunction.VECTOR_SUM, "vector"), T + 9);
    assertThat(sum).containsExactly(1f, Float.NaN);
    float[] mean = (float[]) facts.value(hour(AggregateFunction.VECTOR_MEAN, "vector"), T + 2);
    assertThat(mean).containsExactly((float) ((1e30f + 1.0) / 2), 0.25f);
    assertThat(facts.value(hour(AggregateFunction.VECTOR_SUM, "vector"), T + 2 * HOUR)).isNull();
  }

  @Test
  void vectors_of_two_lengths_or_beyond_the_range_are_an_error_until_they_leave() {
    FeatureView view = hour(AggregateFunction.VECTOR_SUM, "vector");
    Facts facts =
        new Facts().row(T, "vector", new float[] {}).row(T + 1, "vector", new float[] {2f});
    assertThat(facts.ask(view, T + 9).status()).isEqualTo(FeatureStatus.ERROR);
    assertThat((float[]) facts.value(view, T + HOUR + 1)).containsExactly(2f);
    float[] huge = {Float.MAX_VALUE};
    Facts beyond = new Facts().row(T, "vector", huge).row(T, "vector", huge);
    assertThat(beyond.ask(view, T + 9).status()).isEqualTo(FeatureStatus.ERROR);
    assertThat((float[]) beyond.value(hour(AggregateFunction.VECTOR_MEAN, "vector"), T + 9))
        .containsExactly(huge);
  }
}
