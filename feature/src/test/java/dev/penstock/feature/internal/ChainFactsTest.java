package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Span;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.DerivedLog;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a derived log holds: of sums over an hour, by replay and row by row. */
class ChainFactsTest {
  private static final FeatureView SUMS =
      FeatureView.of(
          "sums",
          Facts.THING,
          List.of("name"),
          List.of(
              new Feature(
                  "sum",
                  Facts.of(AggregateFunction.SUM, "whole"),
                  Window.trailing(new Span(Facts.HOUR)))));

  @Test
  void derived_row_counts_its_own_row_and_those_before_it() {
    Facts facts = new Facts().row(10, "whole", 1L).row(20, "whole", 2L).row(30, "whole", 4L);
    assertThat(sums(facts, Positions.NONE)).containsExactly(1L, 3L, 7L);
  }

  @Test
  void row_of_the_same_moment_counts_only_when_it_was_applied_before() {
    Facts facts = new Facts().row(10, "whole", 1L).row(10, "whole", 2L);
    assertThat(sums(facts, Positions.NONE)).containsExactly(1L, 3L);
  }

  @Test
  void late_row_changes_no_derived_row_and_sees_nothing_after_its_event_time() {
    Facts facts = new Facts().row(10, "whole", 1L).row(30, "whole", 4L).late(20, 40, "whole", 2L);
    assertThat(sums(facts, Positions.NONE)).containsExactly(1L, 3L, 5L);
  }

  @Test
  void history_is_applied_by_seen_time_and_before_what_came_live() {
    Facts facts =
        new Facts().late(30, 90, "whole", 4L).late(10, 10, "whole", 1L).late(20, 50, "whole", 2L);
    // By seen time: 10, 20, 30.
    assertThat(sums(facts, Positions.of(0, 3))).containsExactly(1L, 3L, 7L);
    // The last one live: 10, 30, 20.
    assertThat(sums(facts, Positions.of(0, 2))).containsExactly(1L, 3L, 5L);
  }

  @Test
  void row_without_a_key_has_no_derived_row() {
    Facts facts = new Facts().row(10, "whole", 1L, "name", null).row(20, "whole", 2L);
    assertThat(sums(facts, Positions.NONE)).containsExactly(2L);
  }

  @Test
  void value_that_is_not_present_is_null_in_the_derived_row() {
    Facts facts =
        new Facts().row(10).row(20, "whole", Long.MAX_VALUE).row(30, "whole", Long.MAX_VALUE);
    assertThat(sums(facts, Positions.NONE)).containsExactly(null, Long.MAX_VALUE, null);
  }

  @Test
  void derived_log_of_nothing_has_the_columns() {
    Batch empty = DerivedLog.replay(SUMS, Positions.NONE, List.of());
    assertThat(empty.rows()).isZero();
    assertThat(empty.schema()).isEqualTo(DerivedLog.logSchema(SUMS));
  }

  @Test
  void view_may_be_chained_to_a_chained_view() {
    FeatureView second =
        FeatureView.of(
                "greatest",
                Facts.THING,
                List.of("name"),
                List.of(
                    new Feature(
                        "sum",
                        Aggregate.of(AggregateFunction.MAX, new InputColumn("sum", Scalar.INT64)),
                        Window.trailing(new Span(15)))))
            .chainedTo(SUMS);
    Facts facts = new Facts().row(10, "whole", 5L).row(20, "whole", -3L).row(30, "whole", -3L);
    Batch sums = DerivedLog.replay(SUMS, Positions.NONE, List.of(InputRow.batch(facts.rows())));
    Batch greatest = DerivedLog.replay(second, Positions.NONE, List.of(sums));
    assertThat(values(greatest)).containsExactly(5L, 5L, 2L);
    MemoryStore firstStore = new MemoryStore();
    MemoryStore secondStore = new MemoryStore();
    Batch first = new LiveState(SUMS).derive(InputRow.batch(facts.rows()), firstStore);
    assertThat(values(new LiveState(second).derive(first, secondStore)))
        .containsExactly(5L, 5L, 2L);
  }

  @Test
  void what_has_no_derived_log_is_refused_by_name() {
    FeatureView any = Facts.view(Facts.count(), Facts.HOUR);
    assertThatThrownBy(() -> any.chainedTo(SUMS.over(ChangelogMode.RETRACT)))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("reads the values of view 'sums', whose rows may be retracted");
    FeatureView twice =
        FeatureView.of(
            "twice",
            new Entity("thing", List.of(Field.of("sum", Scalar.STRING))),
            List.of("name"),
            SUMS.features());
    assertThatThrownBy(() -> any.chainedTo(twice))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("view 'twice' has a feature and a key 'sum'");
  }

  /** The derived values in the order of event time, then offset, replayed and row by row. */
  private static List<Object> sums(Facts facts, Positions history) {
    Batch replayed = DerivedLog.replay(SUMS, history, List.of(InputRow.batch(facts.rows())));
    MemoryStore store = new MemoryStore();
    Batch live =
        new LiveState(SUMS)
            .derive(InputRow.batch(NaiveDerivedLog.applied(history, facts.rows())), store);
    assertThat(values(live)).isEqualTo(values(replayed));
    return values(replayed);
  }

  private static List<Object> values(Batch derived) {
    long[] times = ((LongColumn) derived.column(SystemColumns.EVENT_TIME)).values();
    long[] offsets = ((LongColumn) derived.column(SystemColumns.OFFSET)).values();
    List<Integer> order = new ArrayList<>();
    for (int row = 0; row < times.length; row++) {
      order.add(row);
    }
    order.sort(
        (a, b) ->
            times[a] != times[b]
                ? Long.compare(times[a], times[b])
                : Long.compare(offsets[a], offsets[b]));
    List<Object> values = new ArrayList<>();
    order.forEach(row -> values.add(derived.column("sum").value(row)));
    return values;
  }
}
