package dev.penstock.feature.internal;

import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The part of {@link HostileCount} that is about windows. */
final class HostileWindows {
  private final HostileCount count;
  private final List<Window> windows;
  private final long retention;
  private final NaiveTwin twin;
  private final List<InputRow> inOrder;

  HostileWindows(HostileCount count, FeatureView view, List<InputRow> rows) {
    this.count = count;
    this.windows = view.features().stream().map(Feature::window).distinct().toList();
    this.retention = view.retention().micros();
    this.twin = new NaiveTwin(view);
    this.inOrder = rows.stream().sorted(NaiveTwin.TOTAL_ORDER).toList();
  }

  static void kind(HostileCount count, Window window) {
    count.met(Hostile.WINDOW_WITH_RESOLUTION, window instanceof Window.Stepped);
    count.met(Hostile.WINDOW_WITH_OFFSET, window instanceof Window.Offset);
    count.met(Hostile.CALENDAR_WINDOW, window instanceof Window.Calendar);
    count.met(Hostile.SESSION_WINDOW, window instanceof Window.Session);
    count.met(Hostile.LAST_ROWS_WINDOW, window instanceof Window.LastRows);
  }

  void rows() {
    for (Window window : windows) {
      for (InputRow row : inOrder) {
        if (window instanceof Window.Session session) {
          count.met(Hostile.SESSION_JOINED_BY_LATE_ROW, joins(row, session.gap().micros()));
        } else if (window instanceof Window.Calendar && row.eventTime() != Long.MIN_VALUE) {
          count.met(
              Hostile.ROW_AT_PERIOD_START,
              NaiveWindows.start(window, row.eventTime()).longValueExact() == row.eventTime());
        }
      }
    }
  }

  /** Whether a row is near the ones beside it, which are not near each other and seen before it. */
  private boolean joins(InputRow row, long gap) {
    List<InputRow> ofKey = ofKey(twin.keyOf(row));
    int at = ofKey.indexOf(row);
    if (at == 0 || at == ofKey.size() - 1) {
      return false;
    }
    InputRow before = ofKey.get(at - 1);
    InputRow after = ofKey.get(at + 1);
    return row.seenTime() > after.seenTime()
        && after.eventTime() - before.eventTime() >= gap
        && row.eventTime() - before.eventTime() < gap
        && after.eventTime() - row.eventTime() < gap;
  }

  private List<InputRow> ofKey(List<Object> key) {
    return inOrder.stream().filter(row -> key.equals(twin.keyOf(row))).toList();
  }

  void query(Simulation.Query query) {
    long q = query.q();
    List<InputRow> ofKey = ofKey(query.key()).stream().filter(row -> row.eventTime() < q).toList();
    for (Window window : windows) {
      if (window instanceof Window.Calendar calendar) {
        long start = NaiveWindows.start(window, q).longValueExact();
        count.met(Hostile.QUERY_AT_PERIOD_START, start == q);
        count.met(
            Hostile.CALENDAR_WINDOW_ACROSS_TIME_CHANGE,
            offset(calendar.zone(), start) != offset(calendar.zone(), q));
      } else if (window instanceof Window.Session) {
        List<InputRow> session = NaiveWindows.rows(window, q, ofKey);
        count.met(
            Hostile.SESSION_CUT_BY_RETENTION,
            !session.isEmpty()
                && !NaiveTwin.within(session.get(0), q, retention)
                && NaiveTwin.within(session.get(session.size() - 1), q, retention));
      } else if (window instanceof Window.LastRows last) {
        int first = ofKey.size() - last.rows();
        count.met(
            Hostile.LAST_ROWS_CUT_WITHIN_TIE,
            first > 0 && ofKey.get(first - 1).eventTime() == ofKey.get(first).eventTime());
      }
    }
  }

  private static int offset(ZoneId zone, long moment) {
    return zone.getRules()
        .getOffset(Instant.EPOCH.plus(moment, ChronoUnit.MICROS))
        .getTotalSeconds();
  }
}
