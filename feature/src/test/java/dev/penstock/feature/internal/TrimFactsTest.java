package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static dev.penstock.feature.internal.Facts.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.EntityKey;
import dev.penstock.data.Span;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.StateCursor;
import dev.penstock.feature.Window;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of state that was trimmed, by kind of window. */
class TrimFactsTest {
  private static final long T = RandomLog.DAY_OF_TIME_CHANGE;
  private static final EntityKey KEY = EntityKey.of("a");

  private final MemoryStore store = new MemoryStore();

  private static FeatureView view(Window window, Span retention) {
    return new FeatureView(
        "view",
        Facts.THING,
        List.of("name"),
        null,
        List.of(new Feature("f", count(), window)),
        retention,
        null);
  }

  private LiveState hundredHours(Window window, Span retention) {
    return hundredHours(view(window, retention));
  }

  private LiveState hundredHours(FeatureView view) {
    LiveState state = new LiveState(view);
    Facts facts = new Facts();
    for (int minute = 0; minute < 100 * 60; minute++) {
      facts.row(T + minute * RandomView.MINUTE);
    }
    state.apply(InputRow.batch(facts.rows()), store);
    return state;
  }

  private int rows() {
    byte[] key = Addresses.ofKey(KEY.bytes());
    int rows = 0;
    try (StateCursor cursor =
        store.scan(Addresses.rows(key, Long.MIN_VALUE), Addresses.tile(key, 0, Long.MIN_VALUE))) {
      while (cursor.next()) {
        rows++;
      }
    }
    return rows;
  }

  private FeatureValue read(LiveState state, long q) {
    return state.at(q, store).read(KEY).get(0);
  }

  @Test
  void single_rows_below_a_resolution_go() {
    LiveState state =
        hundredHours(new Window.Stepped(Span.parse("24h"), Span.parse("1h")), Span.parse("50h"));
    long q = T + 100 * HOUR;
    state.trim(q - 1, store);
    // Only those of the finest tile that the moment lies in are left.
    assertThat(rows()).isEqualTo(60);
    assertThat(read(state, q).value()).isEqualTo(24 * 60L);
    assertThat(read(state, q + HOUR / 2).value()).isEqualTo(24 * 60L);
    assertThat(read(state, q - 2 * HOUR).status()).isEqualTo(FeatureStatus.PRESENT);
  }

  @Test
  void whether_a_key_is_known_needs_no_single_rows() {
    LiveState state =
        hundredHours(new Window.Stepped(Span.parse("24h"), Span.parse("1h")), Span.parse("50h"));
    long last = T + 100 * HOUR - RandomView.MINUTE;
    state.trim(last + 30 * HOUR, store);
    assertThat(read(state, last + 50 * HOUR))
        .isEqualTo(new FeatureValue(0L, FeatureStatus.PRESENT));
    assertThat(read(state, last + 50 * HOUR + 1).status()).isEqualTo(FeatureStatus.NOT_FOUND);
  }

  @Test
  void single_rows_of_past_periods_go_where_tiles_end_with_them() {
    LiveState state =
        hundredHours(
            new Window.Calendar(Window.Turn.LAST, Window.Period.DAY, ZoneId.of("America/New_York")),
            Span.parse("50h"));
    long q = T + 100 * HOUR;
    state.trim(q - 1, store);
    assertThat(rows()).isEqualTo(15);
    assertThat(read(state, q).value()).isEqualTo(24 * 60L);
  }

  @Test
  void single_rows_that_may_be_retracted_stay_as_long_as_tiles() {
    Window yesterday =
        new Window.Calendar(Window.Turn.LAST, Window.Period.DAY, ZoneId.of("America/New_York"));
    LiveState state = hundredHours(view(yesterday, Span.parse("50h")).over(ChangelogMode.RETRACT));
    state.trim(T + 100 * HOUR, store);
    assertThat(rows()).isEqualTo(50 * 60);
  }

  @Test
  void an_offset_window_keeps_what_it_will_come_to() {
    LiveState state =
        hundredHours(new Window.Offset(Span.parse("2h"), Span.parse("24h")), Span.parse("26h"));
    long q = T + 100 * HOUR;
    state.trim(q, store);
    assertThat(read(state, q + 23 * HOUR).value()).isEqualTo(120L);
    // Neither end is where tiles end.
    assertThat(read(state, q + 23 * HOUR + RandomView.SECOND).value()).isEqualTo(120L);
    assertThat(read(state, q - HOUR).status()).isEqualTo(FeatureStatus.UNCOVERED);
  }

  @Test
  void last_rows_are_uncovered_where_dropped_ones_may_be_among_them() {
    LiveState state = hundredHours(new Window.LastRows(100), Span.parse("10h"));
    long q = T + 100 * HOUR;
    state.trim(q, store);
    assertThat(read(state, q).value()).isEqualTo(100L);
    assertThat(read(state, q - 5 * HOUR).value()).isEqualTo(100L);
    assertThat(read(state, q - 9 * HOUR).status()).isEqualTo(FeatureStatus.UNCOVERED);
  }

  @Test
  void a_session_is_uncovered_where_it_goes_on_into_what_was_dropped() {
    LiveState state = hundredHours(new Window.Session(Span.parse("5m")), Span.parse("10h"));
    long q = T + 100 * HOUR;
    state.apply(InputRow.batch(new Facts().at(1, 0, q + HOUR, q).rows()), store);
    state.trim(q + HOUR + 1, store);
    assertThat(read(state, q + HOUR + 1).value()).isEqualTo(1L);
    assertThat(read(state, q).status()).isEqualTo(FeatureStatus.UNCOVERED);
  }

  @Test
  void last_rows_are_uncovered_where_a_late_row_was_not_stored() {
    LiveState state = hundredHours(new Window.LastRows(100), Span.parse("10h"));
    long q = T + 100 * HOUR;
    long horizon = q + RandomView.MINUTE - 10 * HOUR;
    state.trim(q + RandomView.MINUTE, store);
    state.apply(InputRow.batch(new Facts().at(1, 0, horizon - 1, q).rows()), store);
    // The tile that the horizon is in is still kept, but what came late into it is not.
    assertThat(read(state, horizon + 98 * RandomView.MINUTE + 1).status())
        .isEqualTo(FeatureStatus.UNCOVERED);
    assertThat(read(state, horizon + 99 * RandomView.MINUTE + 1).value()).isEqualTo(100L);
  }
}
