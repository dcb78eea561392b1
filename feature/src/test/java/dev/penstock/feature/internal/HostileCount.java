package dev.penstock.feature.internal;

import dev.penstock.data.Scalar;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.AggregateParameter;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often each {@link Hostile} was met. */
final class HostileCount {
  private final Map<Hostile, Long> counts = new EnumMap<>(Hostile.class);

  HostileCount() {
    for (Hostile hostile : Hostile.values()) {
      counts.put(hostile, 0L);
    }
  }

  void met(Hostile hostile) {
    counts.merge(hostile, 1L, Long::sum);
  }

  void met(Hostile hostile, boolean really) {
    if (really) {
      met(hostile);
    }
  }

  Map<Hostile, Long> counts() {
    return counts;
  }

  void answer(Feature feature, FeatureValue value) {
    met(
        Hostile.DEFAULT_OF_NOT_FOUND,
        value.status() == FeatureStatus.NOT_FOUND && feature.aggregate().otherwise() != null);
    if (value.status() == FeatureStatus.ERROR) {
      AggregateFunction function = feature.aggregate().function();
      met(Hostile.BEYOND_A_LIMIT, function.parameters().contains(AggregateParameter.LIMIT));
      met(
          Hostile.PRODUCTS_NOT_EXACT,
          function.name().startsWith("VAR") || function.name().startsWith("COVAR"));
      met(Hostile.VECTORS_OF_TWO_LENGTHS, function.name().startsWith("VECTOR"));
    }
    met(
        switch (value.status()) {
          case PRESENT -> Hostile.ANSWER_PRESENT;
          case NULL_VALUE -> Hostile.ANSWER_NULL_VALUE;
          case NOT_FOUND -> Hostile.ANSWER_NOT_FOUND;
          case OUTSIDE_MAX_AGE -> Hostile.ANSWER_OUTSIDE_MAX_AGE;
          case UNCOVERED -> Hostile.ANSWER_UNCOVERED;
          case ERROR -> Hostile.ANSWER_ERROR;
        });
    boolean present = value.status() == FeatureStatus.PRESENT;
    met(
        Hostile.ANSWER_NOT_A_NUMBER,
        present && value.value() instanceof Double real && Double.isNaN(real));
    met(
        Hostile.ANSWER_SUM_CANCELLED,
        present && value.value() instanceof Double real && real != 0 && Math.abs(real) < 1e-300);
  }

  void trimmed(FeatureView view, List<InputRow> yetToCome, long q) {
    met(Hostile.TRIMMED);
    long horizon = ViewPlan.start(q, view.retention().micros());
    yetToCome.forEach(row -> met(Hostile.LATE_BELOW_THE_HORIZON, row.eventTime() < horizon));
  }

  void log(FeatureView view, List<InputRow> rows, List<Simulation.Query> queries) {
    met(Hostile.EMPTY_LOG, rows.isEmpty());
    long longest = 0;
    for (var feature : view.features()) {
      long reach = feature.window().reach().micros();
      met(Hostile.LIFETIME_WINDOW, reach == Long.MAX_VALUE);
      met(Hostile.WINDOW_OF_MICROSECONDS, reach < 1_000);
      HostileWindows.kind(this, feature.window());
      longest = Math.max(longest, reach);
    }
    met(Hostile.RETENTION_BEYOND_WINDOWS, view.retention().micros() > longest);
    Map<Long, Set<Integer>> partitionsByTime = new HashMap<>();
    Map<List<Object>, Integer> rowsByKey = new HashMap<>();
    NaiveTwin twin = new NaiveTwin(view);
    for (InputRow row : rows) {
      times(row, longest);
      values(row);
      met(Hostile.TIE_IN_TIME, partitionsByTime.containsKey(row.eventTime()));
      Set<Integer> partitions =
          partitionsByTime.computeIfAbsent(row.eventTime(), time -> new HashSet<>());
      partitions.add(row.partition());
      met(Hostile.TIE_ACROSS_PARTITIONS, partitions.size() > 1);
      met(Hostile.NULL_KEY, twin.keyOf(row).contains(null));
      met(
          Hostile.EXCLUDED_BY_VIEW,
          view.where() != null && !Boolean.TRUE.equals(NaiveTwin.evaluate(view.where(), row)));
      for (var feature : view.features()) {
        var where = feature.aggregate().where();
        met(
            Hostile.EXCLUDED_BY_AGGREGATE,
            where != null && !Boolean.TRUE.equals(NaiveTwin.evaluate(where, row)));
      }
      met(Hostile.HOT_KEY, rowsByKey.merge(twin.keyOf(row), 1, Integer::sum) > 100);
    }
    questions(view, rows, queries);
    HostileRetractions.log(this, rows, queries);
  }

  private void times(InputRow row, long longest) {
    long eventTime = row.eventTime();
    met(Hostile.FROM_THE_BEGINNING, eventTime == Long.MIN_VALUE);
    met(Hostile.BEFORE_1970, eventTime < 0);
    met(Hostile.EXACT_MIDNIGHT, eventTime % RandomView.DAY == 0);
    met(Hostile.WHOLE_MINUTE, eventTime % RandomView.MINUTE == 0);
    met(
        Hostile.DAY_OF_TIME_CHANGE,
        Math.floorDiv(eventTime - RandomLog.DAY_OF_TIME_CHANGE, RandomView.DAY) == 0);
    met(Hostile.LATE, row.seenTime() > eventTime);
    met(
        Hostile.LATER_THAN_EVERY_WINDOW,
        eventTime != Long.MIN_VALUE && row.seenTime() - eventTime > longest);
    met(Hostile.SEEN_BEFORE_IT_HAPPENED, row.seenTime() < eventTime);
  }

  private void values(InputRow row) {
    for (var field : InputRow.FIELDS) {
      Object value = row.value(field.name());
      met(Hostile.NULL_ARGUMENT, value == null);
      if (field.type() == Scalar.FLOAT64 && value != null) {
        double real = (double) value;
        met(Hostile.NOT_A_NUMBER, Double.isNaN(real));
        met(Hostile.POSITIVE_INFINITY, real == Double.POSITIVE_INFINITY);
        met(Hostile.NEGATIVE_INFINITY, real == Double.NEGATIVE_INFINITY);
        met(Hostile.NEGATIVE_ZERO, Double.doubleToRawLongBits(real) == Long.MIN_VALUE);
        met(Hostile.HUGE_REAL, Double.isFinite(real) && Math.abs(real) > 1e300);
        met(Hostile.TINY_REAL, real != 0 && Math.abs(real) < 1e-300);
        met(Hostile.SUBNORMAL_REAL, real != 0 && Math.abs(real) < Double.MIN_NORMAL);
      }
    }
  }

  private void questions(FeatureView view, List<InputRow> rows, List<Simulation.Query> queries) {
    Set<Simulation.Query> asked = new HashSet<>();
    HostileWindows windows = new HostileWindows(this, view, rows);
    windows.rows();
    for (Simulation.Query query : queries) {
      windows.query(query);
      met(Hostile.QUERIES_AT_ONE_MOMENT, !asked.add(query));
      for (InputRow row : rows) {
        met(Hostile.QUERY_AT_EVENT_TIME, row.eventTime() == query.q());
        met(Hostile.QUERY_AT_SEEN_TIME, row.seenTime() == query.q());
        met(Hostile.ROW_AFTER_QUERY, row.eventTime() > query.q());
        for (var feature : view.features()) {
          long reach = feature.window().reach().micros();
          met(
              Hostile.QUERY_AT_WINDOW_END,
              reach != Long.MAX_VALUE && row.eventTime() == query.q() - reach);
        }
      }
    }
  }
}
