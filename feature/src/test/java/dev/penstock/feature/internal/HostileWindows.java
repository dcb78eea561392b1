package dev.penstock.feature.internal;

import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of {@link HostileRun} that is about windows: rows of a key beside its questions. */
final class HostileWindows {
  private final HostileRun met;
  private final FeatureView view;
  private final List<Window> windows;
  private final long retention;
  private final Map<List<Object>, List<InputRow>> byKey;

  HostileWindows(HostileRun met, FeatureView view, List<InputRow> rows) {
    this.met = met;
    this.view = view;
    this.windows = view.features().stream().map(Feature::window).distinct().toList();
    this.retention = view.retention().micros();
    NaiveTwin twin = new NaiveTwin(view);
    this.byKey =
        rows.stream()
            .filter(row -> row.retracts() == null)
            .sorted(NaiveTwin.TOTAL_ORDER)
            .collect(Collectors.groupingBy(twin::keyOf));
  }

  static void kind(HostileRun met, Window window) {
    met.met(Hostile.WINDOW_WITH_RESOLUTION, window instanceof Window.Stepped);
    met.met(Hostile.WINDOW_WITH_OFFSET, window instanceof Window.Offset);
    met.met(Hostile.CALENDAR_WINDOW, window instanceof Window.Calendar);
    met.met(Hostile.SESSION_WINDOW, window instanceof Window.Session);
    met.met(Hostile.LAST_ROWS_WINDOW, window instanceof Window.LastRows);
  }

  void queries(List<Case.Query> queries) {
    for (Window window : windows) {
      if (window instanceof Window.Session session) {
        byKey.values().forEach(ofKey -> joins(ofKey, session.gap().micros()));
      }
    }
    for (Case.Query query : queries) {
      query(query, byKey.getOrDefault(query.key(), List.of()));
    }
  }

  /** Whether a row is near the ones beside it, which are not near each other and seen before it. */
  private void joins(List<InputRow> ofKey, long gap) {
    for (int at = 1; at < ofKey.size() - 1; at++) {
      InputRow before = ofKey.get(at - 1);
      InputRow row = ofKey.get(at);
      InputRow after = ofKey.get(at + 1);
      met.met(
          Hostile.SESSION_JOINED_BY_LATE_ROW,
          row.seenTime() > after.seenTime()
              && after.eventTime() - before.eventTime() >= gap
              && row.eventTime() - before.eventTime() < gap
              && after.eventTime() - row.eventTime() < gap);
    }
  }

  private void query(Case.Query query, List<InputRow> ofKey) {
    long q = query.q();
    List<InputRow> before = ofKey.stream().filter(row -> row.eventTime() < q).toList();
    met.met(Hostile.QUERY_AT_EVENT_TIME, at(BigInteger.valueOf(q), ofKey) > 0);
    met.met(Hostile.TIE_AT_THE_QUERY, at(BigInteger.valueOf(q), ofKey) > 1);
    met.met(Hostile.ROW_AT_RETENTION_START, at(ago(q, retention), ofKey) > 0);
    met.met(
        Hostile.ROW_AT_MAX_AGE,
        view.maxAge() != null && at(ago(q, view.maxAge().micros()), before) > 0);
    for (Window window : windows) {
      BigInteger start = NaiveWindows.start(window, q);
      met.met(Hostile.ROW_AT_WINDOW_START, at(start, before) > 0);
      met.met(Hostile.ROW_AT_WINDOW_END, at(NaiveWindows.end(window, q), ofKey) > 0);
      if (window instanceof Window.Calendar calendar) {
        met.met(Hostile.QUERY_AT_PERIOD_START, start.equals(BigInteger.valueOf(q)));
        met.met(Hostile.ROW_AT_PERIOD_START, at(start, ofKey) > 0);
        met.met(
            Hostile.CALENDAR_WINDOW_ACROSS_TIME_CHANGE,
            offset(calendar.zone(), start.longValueExact()) != offset(calendar.zone(), q));
      } else if (window instanceof Window.Session) {
        List<InputRow> session = NaiveWindows.rows(window, q, before);
        met.met(
            Hostile.SESSION_CUT_BY_RETENTION,
            !session.isEmpty()
                && !NaiveTwin.within(session.get(0), q, retention)
                && NaiveTwin.within(session.get(session.size() - 1), q, retention));
      } else if (window instanceof Window.LastRows last) {
        int first = before.size() - last.rows();
        met.met(
            Hostile.LAST_ROWS_CUT_WITHIN_TIE,
            first > 0 && before.get(first - 1).eventTime() == before.get(first).eventTime());
      }
    }
  }

  private static BigInteger ago(long q, long micros) {
    return BigInteger.valueOf(q).subtract(BigInteger.valueOf(micros));
  }

  /** How many rows there are at a moment, none where there is no moment. */
  private static long at(BigInteger moment, List<InputRow> rows) {
    return moment == null || moment.bitLength() > 63
        ? 0
        : rows.stream().filter(row -> row.eventTime() == moment.longValueExact()).count();
  }

  private static int offset(ZoneId zone, long moment) {
    return zone.getRules()
        .getOffset(Instant.EPOCH.plus(moment, ChronoUnit.MICROS))
        .getTotalSeconds();
  }
}
