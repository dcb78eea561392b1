package dev.penstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import org.junit.jupiter.api.Test;

class LabelRuleTest {
  private static final Splits SPLITS =
      Splits.of(Split.of("train", 0, 100), new Split("test", 100, 200, 250));

  private final long[] eventTimes = {10, 20, 99, 100, 150, 160, 300, 30};
  private final boolean[] found = {true, true, true, true, true, false, true, true};
  private final long[] seenTimes = {50, 99, 100, 249, 250, 0, 310, 40};
  private final Column labels =
      new BooleanColumn(
          Scalar.BOOLEAN,
          new boolean[] {true, false, true, true, true, true, true, false},
          new boolean[] {false, false, false, false, false, false, false, true});

  private final LabelledRows judged =
      new LabelRule(SPLITS).judge(eventTimes, found, seenTimes, labels);

  @Test
  void a_label_seen_before_the_cut_counts() {
    assertThat(judged.state(0)).isEqualTo(LabelState.COUNTED);
    assertThat(judged.label(0)).isEqualTo(1);
    assertThat(judged.state(1)).isEqualTo(LabelState.COUNTED);
    assertThat(judged.label(1)).isEqualTo(0);
  }

  @Test
  void a_label_seen_at_the_cut_is_immature_and_no_negative() {
    assertThat(judged.state(2)).isEqualTo(LabelState.IMMATURE);
    assertThat(judged.label(2)).isNaN();
    assertThat(judged.state(4)).isEqualTo(LabelState.IMMATURE);
  }

  @Test
  void a_later_cut_lets_later_labels_count() {
    assertThat(judged.state(3)).isEqualTo(LabelState.COUNTED);
  }

  @Test
  void a_row_without_label_is_missing_and_a_null_is_a_null() {
    assertThat(judged.state(5)).isEqualTo(LabelState.MISSING);
    assertThat(judged.state(7)).isEqualTo(LabelState.NULL_VALUE);
  }

  @Test
  void every_row_of_a_split_is_counted_once() {
    assertThat(judged.counts(0)).isEqualTo(new LabelCounts(4, 2, 1, 1, 1, 0, 1));
    assertThat(judged.counts(1)).isEqualTo(new LabelCounts(3, 1, 1, 1, 1, 1, 0));
    assertThat(judged.state(6)).isEqualTo(LabelState.NO_SPLIT);
  }

  @Test
  void the_rows_that_count_are_named_in_order() {
    assertThat(judged.countedIn(0)).containsExactly(0, 1);
    assertThat(judged.labels(judged.countedIn(0))).containsExactly(1, 0);
  }

  @Test
  void counts_of_batches_add_up() {
    LabelCounts sum = judged.counts(0).plus(judged.counts(1));
    assertThat(sum.rows()).isEqualTo(7);
    assertThat(sum.excluded()).isEqualTo(4);
    assertThat(sum.mean()).isEqualTo(2.0 / 3);
  }

  @Test
  void the_mean_of_no_rows_is_undefined() {
    assertThat(LabelCounts.NONE.mean()).isNull();
  }

  @Test
  void numbers_are_labels_too() {
    LabelledRows numbers =
        new LabelRule(SPLITS)
            .judge(
                new long[] {1, 2},
                new boolean[] {true, true},
                new long[] {3, 3},
                new DoubleColumn(Scalar.FLOAT64, new double[] {2.5, 0}, null));
    assertThat(numbers.counts(0)).isEqualTo(new LabelCounts(2, 2, 1, 2.5, 0, 0, 0));
  }

  @Test
  void text_is_no_label() {
    assertThatThrownBy(
            () ->
                new LabelRule(SPLITS)
                    .judge(
                        new long[] {1},
                        new boolean[] {true},
                        new long[] {2},
                        new ObjectColumn(Scalar.STRING, new Object[] {"late"})))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("a label cannot be string");
  }
}
