package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static dev.penstock.feature.internal.Facts.count;
import static dev.penstock.feature.internal.Facts.of;
import static dev.penstock.feature.internal.Facts.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.PenstockException;
import dev.penstock.data.Span;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Visibility;
import dev.penstock.feature.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowKindsFactsTest {
  private static final long T = RandomLog.DAY_OF_TIME_CHANGE;
  private static final long MINUTE = RandomView.MINUTE;

  private static Span span(String written) {
    return Span.parse(written);
  }

  private static FeatureView kept(Aggregate aggregate, Window window, Span retention) {
    return new FeatureView(
        "facts",
        Facts.THING,
        List.of("name"),
        null,
        List.of(new Feature("f", aggregate, window)),
        retention,
        null);
  }

  @Test
  void resolution_floors_the_start_to_its_grid_and_leaves_the_end() {
    FeatureView view = view(count(), new Window.Stepped(span("3h"), span("1h")));
    Facts facts = new Facts().row(T).row(T - 1).row(T + 4 * HOUR - 1);
    // From three o'clock to just before four, the window starts at midnight.
    assertThat(facts.value(view, T + 3 * HOUR)).isEqualTo(1L);
    assertThat(facts.value(view, T + 3 * HOUR - 1)).isEqualTo(2L);
    assertThat(facts.value(view, T + 4 * HOUR - 1)).isEqualTo(1L);
    assertThat(facts.value(view, T + 4 * HOUR)).isEqualTo(1L);
    assertThat(facts.replay(view, T + 4 * HOUR, Visibility.AS_HAPPENED).value()).isEqualTo(1L);
  }

  @Test
  void resolution_counts_from_1970_also_before_it() {
    FeatureView view = view(count(), new Window.Stepped(span("3h"), span("2h")));
    Facts facts = new Facts().row(-6 * HOUR).row(-6 * HOUR - 1);
    assertThat(facts.value(view, -2 * HOUR - 1)).isEqualTo(1L);
  }

  @Test
  void offset_window_starts_and_ends_so_long_before_half_open_at_both() {
    FeatureView view = view(count(), new Window.Offset(span("7d"), span("1d")));
    long day = 24 * HOUR;
    Facts facts = new Facts().row(T);
    assertThat(facts.value(view, T + day)).isEqualTo(0L);
    assertThat(facts.value(view, T + day + 1)).isEqualTo(1L);
    assertThat(facts.value(view, T + 8 * day)).isEqualTo(1L);
    assertThat(facts.ask(view, T + 8 * day + 1).status()).isEqualTo(FeatureStatus.NOT_FOUND);
  }

  @Test
  void rows_after_an_offset_window_make_a_key_known() {
    FeatureView view =
        view(of(AggregateFunction.SUM, "whole"), new Window.Offset(span("1h"), span("1h")));
    Facts facts = new Facts().row(T, "whole", 1L);
    assertThat(facts.ask(view, T + HOUR))
        .isEqualTo(new FeatureValue(null, FeatureStatus.NULL_VALUE));
  }

  @Test
  void late_row_is_in_an_offset_window_from_its_seen_time_on() {
    FeatureView view = view(count(), new Window.Offset(span("2h"), span("1h")));
    Facts facts = new Facts().row(T + 1).late(T, T + 2 * HOUR);
    assertThat(facts.value(view, T + 2 * HOUR)).isEqualTo(1L);
    assertThat(facts.value(view, T + 2 * HOUR + 1)).isEqualTo(2L);
    assertThat(facts.value(view, T + 3 * HOUR + 1)).isEqualTo(1L);
  }

  @Test
  void session_is_the_run_of_gaps_below_the_declared_one() {
    FeatureView view = view(count(), new Window.Session(span("10m")));
    Facts facts =
        new Facts().row(T).row(T + 10 * MINUTE).row(T + 20 * MINUTE - 1).row(T + 30 * MINUTE - 2);
    // The gap after the first row is the declared one, so the first is not of the run.
    assertThat(facts.value(view, T + 31 * MINUTE)).isEqualTo(3L);
    assertThat(facts.value(view, T + 15 * MINUTE)).isEqualTo(1L);
  }

  @Test
  void session_is_over_when_the_last_row_is_the_gap_ago() {
    FeatureView view = view(of(AggregateFunction.SUM, "whole"), new Window.Session(span("10m")));
    Facts facts = new Facts().row(T, "whole", 5L);
    assertThat(facts.value(view, T + 10 * MINUTE - 1)).isEqualTo(5L);
    assertThat(facts.ask(view, T + 10 * MINUTE))
        .isEqualTo(new FeatureValue(null, FeatureStatus.NULL_VALUE));
  }

  @Test
  void late_row_joins_two_sessions_once_it_is_seen() {
    FeatureView view = view(count(), new Window.Session(span("10m")));
    Facts facts =
        new Facts()
            .row(T)
            .row(T + 16 * MINUTE)
            .late(T + 8 * MINUTE, T + 17 * MINUTE)
            .late(T + 25 * MINUTE, T + 40 * MINUTE);
    assertThat(facts.value(view, T + 17 * MINUTE)).isEqualTo(1L);
    assertThat(facts.value(view, T + 17 * MINUTE + 1)).isEqualTo(3L);
    assertThat(facts.value(view, T + 26 * MINUTE)).isEqualTo(0L);
    assertThat(facts.replay(view, T + 26 * MINUTE, Visibility.AS_HAPPENED).value()).isEqualTo(4L);
  }

  @Test
  void session_is_cut_by_retention() {
    FeatureView view = kept(count(), new Window.Session(span("10m")), span("12m"));
    Facts facts = new Facts().row(T).row(T + 9 * MINUTE).row(T + 18 * MINUTE);
    assertThat(facts.value(view, T + 21 * MINUTE)).isEqualTo(2L);
    assertThat(facts.value(view, T + 21 * MINUTE + 1)).isEqualTo(1L);
  }

  @Test
  void session_counts_rows_that_its_aggregate_leaves_out() {
    FeatureView view =
        view(count().where(new AtLeast("small", 1)), new Window.Session(span("10m")));
    Facts facts =
        new Facts()
            .row(T, "small", 1)
            .row(T + 9 * MINUTE, "small", 0)
            .row(T + 18 * MINUTE, "small", 1);
    assertThat(facts.value(view, T + 19 * MINUTE)).isEqualTo(2L);
  }

  @Test
  void last_rows_are_the_last_by_event_time_then_partition_then_offset() {
    FeatureView view = view(of(AggregateFunction.SUM, "whole"), new Window.LastRows(2));
    Facts facts =
        new Facts()
            .at(0, 0, T, T, "whole", 1L)
            .at(3, 0, T + 1, T, "whole", 10L)
            .at(0, 9, T + 1, T, "whole", 100L)
            .at(3, 1, T + 1, T, "whole", 1000L);
    assertThat(facts.value(view, T + 1)).isEqualTo(1L);
    assertThat(facts.value(view, T + 2)).isEqualTo(1010L);
  }

  @Test
  void last_rows_are_rows_of_the_view_whatever_the_aggregate_makes_of_them() {
    FeatureView view =
        view(
            of(AggregateFunction.SUM, "whole").where(new AtLeast("small", 1)),
            new Window.LastRows(2));
    Facts facts =
        new Facts()
            .row(T, "whole", 1L, "small", 1)
            .row(T + 1, "whole", 10L, "small", 0)
            .row(T + 2, "small", 1);
    assertThat(facts.ask(view, T + 3)).isEqualTo(new FeatureValue(null, FeatureStatus.NULL_VALUE));
    FeatureView excluding =
        new FeatureView(
            "facts",
            Facts.THING,
            List.of("name"),
            new AtLeast("small", 1),
            view.features(),
            FeatureView.UNBOUNDED,
            null);
    assertThat(facts.value(excluding, T + 3)).isEqualTo(1L);
  }

  @Test
  void last_rows_are_no_older_than_retention() {
    FeatureView view = kept(count(), new Window.LastRows(5), span("1h"));
    Facts facts = new Facts().row(T).row(T + 1);
    assertThat(facts.value(view, T + HOUR)).isEqualTo(2L);
    assertThat(facts.value(view, T + HOUR + 1)).isEqualTo(1L);
    assertThat(facts.ask(view, T + HOUR + 2).status()).isEqualTo(FeatureStatus.NOT_FOUND);
  }

  @Test
  void last_rows_see_as_far_as_an_unbounded_retention() {
    FeatureView view = view(of(AggregateFunction.LAST, "text"), new Window.LastRows(1));
    Facts facts = new Facts().late(Long.MIN_VALUE, 0, "text", "from the beginning");
    assertThat(facts.value(view, T)).isEqualTo("from the beginning");
  }

  @Test
  void retention_is_at_least_what_each_window_may_need() {
    refused(new Window.Offset(span("7d"), span("1d")), span("7d"));
    refused(new Window.Stepped(span("7d"), span("1h")), span("7d"));
    refused(new Window.Session(span("1h")), span("30m"));
    assertThat(kept(count(), new Window.LastRows(9), span("1m")).retention()).isEqualTo(span("1m"));
    assertThat(view(count(), new Window.LastRows(9)).retention()).isEqualTo(FeatureView.UNBOUNDED);
    assertThat(view(count(), new Window.Offset(span("7d"), span("1d"))).retention())
        .isEqualTo(span("8d"));
  }

  private static void refused(Window window, Span retention) {
    assertThatThrownBy(() -> kept(count(), window, retention))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("sees " + window.text());
  }

  @Test
  void windows_that_make_no_sense_are_refused() {
    List<Runnable> all =
        List.of(
            () -> new Window.Stepped(span("1h"), span("2h")),
            () -> new Window.Stepped(span("1h"), span("0s")),
            () -> new Window.Offset(span("1h"), span("0s")),
            () -> new Window.Session(span("0s")),
            () -> new Window.LastRows(0),
            () -> new Window.LastRows(Window.MOST_LAST_ROWS + 1));
    for (Runnable one : all) {
      assertThatThrownBy(one::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void texts_are_canonical() {
    assertThat(new Window.Stepped(span("168h"), span("60m")).text()).isEqualTo("1w resolution 1h");
    assertThat(new Window.Offset(span("7d"), span("24h")).text()).isEqualTo("1w before 1d");
    assertThat(new Window.Session(span("90s")).text()).isEqualTo("session 90s");
    assertThat(new Window.LastRows(10).text()).isEqualTo("last 10 rows");
  }
}
