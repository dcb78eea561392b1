package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.EntityKey;
import dev.penstock.data.Span;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.ViewState;
import dev.penstock.feature.Visibility;
import dev.penstock.feature.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetractionFactsTest {
  private static final long DAY = 24 * HOUR;

  private static FeatureView view(AggregateFunction function, Window window) {
    return retractable(Facts.view(Facts.of(function, "whole"), window));
  }

  private static FeatureView view(AggregateFunction function, long micros) {
    return view(function, Window.trailing(new Span(micros)));
  }

  private static FeatureView retractable(FeatureView view) {
    return view.over(ChangelogMode.RETRACT);
  }

  @Test
  void row_counts_until_its_retraction_is_seen() {
    FeatureView sum = view(AggregateFunction.SUM, DAY);
    Facts facts = new Facts().row(HOUR, "whole", 1L).row(2 * HOUR, "whole", 2L);
    facts.retract(1, 5 * HOUR);
    assertThat(facts.value(sum, 5 * HOUR)).isEqualTo(3L);
    assertThat(facts.value(sum, 5 * HOUR + 1)).isEqualTo(1L);
  }

  @Test
  void retraction_takes_its_row_out_at_the_rows_own_event_time() {
    FeatureView count = retractable(Facts.view(Aggregate.count(), HOUR));
    Facts facts = new Facts().row(HOUR).row(5 * HOUR);
    facts.retract(0, 5 * HOUR + 1);
    assertThat(facts.value(count, 5 * HOUR + 2)).isEqualTo(1L);
  }

  @Test
  void as_happened_a_retracted_row_never_existed() {
    FeatureView sum = view(AggregateFunction.SUM, DAY);
    Facts facts = new Facts().row(HOUR, "whole", 1L).row(2 * HOUR, "whole", 2L);
    facts.retract(1, 5 * HOUR);
    assertThat(facts.replay(sum, 3 * HOUR, Visibility.AS_SEEN).value()).isEqualTo(3L);
    assertThat(facts.replay(sum, 3 * HOUR, Visibility.AS_HAPPENED).value()).isEqualTo(1L);
  }

  @Test
  void greatest_value_that_is_retracted_gives_way_to_the_next() {
    // The day's tiles are hours or less, the month's are of two levels.
    for (long window : new long[] {DAY, 200 * DAY}) {
      FeatureView max = view(AggregateFunction.MAX, window);
      Facts facts = new Facts().row(1, "whole", 3L).row(2, "whole", 9L).row(3, "whole", 5L);
      facts.retract(1, 4);
      assertThat(facts.value(max, 6 * HOUR)).isEqualTo(5L);
    }
  }

  @Test
  void last_row_that_is_retracted_gives_way_to_the_one_before() {
    FeatureView last = view(AggregateFunction.LAST, DAY);
    Facts facts = new Facts().row(HOUR, "whole", 3L).row(HOUR, "whole", 9L);
    facts.retract(1, HOUR + 1);
    assertThat(facts.value(last, HOUR + 2)).isEqualTo(3L);
  }

  @Test
  void update_takes_the_old_row_out_and_puts_the_new_one_in() {
    FeatureView sum = view(AggregateFunction.SUM, DAY);
    Facts facts = new Facts().row(HOUR, "whole", 3L);
    facts.retract(0, 2 * HOUR).late(HOUR, 2 * HOUR, "whole", 4L);
    assertThat(facts.value(sum, 2 * HOUR)).isEqualTo(3L);
    assertThat(facts.value(sum, 2 * HOUR + 1)).isEqualTo(4L);
  }

  @Test
  void key_whose_rows_are_all_retracted_is_not_found() {
    FeatureView sum = view(AggregateFunction.SUM, DAY);
    Facts facts = new Facts().row(HOUR, "whole", 3L);
    facts.retract(0, 2 * HOUR);
    assertThat(facts.ask(sum, 2 * HOUR + 1).status()).isEqualTo(FeatureStatus.NOT_FOUND);
  }

  @Test
  void age_is_that_of_the_newest_row_left() {
    FeatureView day = Facts.view(Facts.of(AggregateFunction.SUM, "whole"), DAY);
    FeatureView young =
        new FeatureView(
                day.name(),
                day.entity(),
                day.keyColumns(),
                null,
                day.features(),
                day.retention(),
                new Span(HOUR))
            .over(ChangelogMode.RETRACT);
    Facts facts = new Facts().row(HOUR, "whole", 3L).row(3 * HOUR, "whole", 4L);
    facts.retract(1, 3 * HOUR + 1);
    assertThat(facts.ask(young, 3 * HOUR + 2).status()).isEqualTo(FeatureStatus.OUTSIDE_MAX_AGE);
  }

  @Test
  void session_falls_apart_where_a_row_between_is_retracted() {
    FeatureView session = view(AggregateFunction.SUM, new Window.Session(new Span(HOUR)));
    Facts facts = new Facts().row(0, "whole", 1L).row(HOUR - 1, "whole", 2L);
    facts.row(2 * HOUR - 2, "whole", 4L).retract(1, 2 * HOUR);
    assertThat(facts.value(session, 2 * HOUR)).isEqualTo(7L);
    assertThat(facts.value(session, 2 * HOUR + 1)).isEqualTo(4L);
  }

  @Test
  void earlier_row_comes_in_again_where_one_of_the_last_is_retracted() {
    FeatureView lastTwo = view(AggregateFunction.SUM, new Window.LastRows(2));
    Facts facts = new Facts().row(1, "whole", 1L).row(2, "whole", 2L).row(3, "whole", 4L);
    facts.retract(2, 5);
    assertThat(facts.value(lastTwo, 5)).isEqualTo(6L);
    assertThat(facts.value(lastTwo, 6)).isEqualTo(3L);
  }

  @Test
  void limit_that_was_exceeded_holds_again_after_a_retraction() {
    FeatureView distinct =
        retractable(
            Facts.view(
                Aggregate.of(
                    AggregateFunction.DISTINCT_COUNT, List.of(1.0), InputRow.column("whole")),
                DAY));
    Facts facts = new Facts().row(1, "whole", 1L).row(2, "whole", 2L);
    facts.retract(0, 4);
    assertThat(facts.ask(distinct, 4).status()).isEqualTo(FeatureStatus.ERROR);
    assertThat(facts.value(distinct, 5)).isEqualTo(1L);
  }

  @Test
  void state_keeps_nothing_of_a_key_whose_rows_are_retracted() {
    ViewState state = new ViewState(view(AggregateFunction.MAX, 200 * DAY));
    Facts facts = new Facts().row(1, "whole", 3L).row(2, "whole", 9L);
    facts.retract(1, 4).retract(0, 5);
    MemoryStore store = new MemoryStore();
    state.apply(InputRow.batch(List.of()), store);
    int empty = store.size();
    for (InputRow row : facts.rows()) {
      state.apply(InputRow.batch(List.of(row)), store);
    }
    assertThat(store.size()).isEqualTo(empty);
  }

  @Test
  void retraction_below_the_horizon_changes_no_answer() {
    ViewState state = new ViewState(view(AggregateFunction.SUM, DAY));
    Facts facts = new Facts().row(1, "whole", 3L).row(DAY, "whole", 9L);
    facts.retract(0, DAY + HOUR);
    MemoryStore store = new MemoryStore();
    state.apply(InputRow.batch(facts.rows().subList(0, 2)), store);
    state.trim(DAY + 2, store);
    state.apply(InputRow.batch(facts.rows().subList(2, 3)), store);
    assertThat(state.at(DAY + 2, store).read(EntityKey.of("a")).get(0).value()).isEqualTo(9L);
  }

  @Test
  void view_of_rows_that_stay_takes_no_retraction() {
    FeatureView stays = Facts.view(Aggregate.count(), DAY);
    Facts facts = new Facts().row(HOUR);
    facts.retract(0, 2 * HOUR);
    assertThatThrownBy(() -> ViewHistory.of(stays, List.of(InputRow.batch(facts.rows()))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
