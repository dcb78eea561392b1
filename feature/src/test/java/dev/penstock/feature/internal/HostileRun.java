package dev.penstock.feature.internal;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.AggregateParameter;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which {@link Hostile} one run met. */
final class HostileRun {
  private final Set<Hostile> all = EnumSet.noneOf(Hostile.class);

  void met(Hostile hostile) {
    all.add(hostile);
  }

  void met(Hostile hostile, boolean really) {
    if (really) {
      met(hostile);
    }
  }

  Set<Hostile> all() {
    return all;
  }

  void answers(FeatureView view, List<FeatureValue> values) {
    for (int f = 0; f < values.size(); f++) {
      answer(view.features().get(f), values.get(f));
    }
  }

  private void answer(Feature feature, FeatureValue value) {
    met(
        Hostile.DEFAULT_OF_NOT_FOUND,
        value.status() == FeatureStatus.NOT_FOUND && feature.aggregate().otherwise() != null);
    if (value.status() == FeatureStatus.ERROR) {
      AggregateFunction function = feature.aggregate().function();
      met(Hostile.BEYOND_A_LIMIT, function.parameters().contains(AggregateParameter.LIMIT));
      met(
          Hostile.PRODUCTS_NOT_EXACT,
          function.name().startsWith("VAR") || function.name().startsWith("COVAR"));
      met(
          Hostile.DECIMAL_SUM_BEYOND_ITS_DIGITS,
          feature.aggregate().resultType() instanceof Type.Decimal);
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
        Hostile.ANSWER_WIDE_DECIMAL,
        present && value.value() instanceof BigDecimal decimal && decimal.precision() > 19);
    met(
        Hostile.ANSWER_SUM_CANCELLED,
        present && value.value() instanceof Double real && real != 0 && Math.abs(real) < 1e-300);
  }

  void tiles(List<Tiling> tilings, List<InputRow> rows) {
    for (Tiling tiling : tilings) {
      long width = tiling.width(0);
      for (InputRow row : rows) {
        met(Hostile.ROW_AT_TILE_EDGE, width > 1 && Math.floorMod(row.eventTime(), width) == 0);
      }
    }
  }

  void trimmed(FeatureView view, List<InputRow> yetToCome, long q) {
    met(Hostile.TRIMMED);
    long horizon = ViewPlan.start(q, view.retention().micros());
    yetToCome.forEach(row -> met(Hostile.LATE_BELOW_THE_HORIZON, row.eventTime() < horizon));
  }

  void log(Case of) {
    FeatureView view = of.view();
    List<InputRow> rows = of.rows();
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
    NaiveTwin twin = new NaiveTwin(view);
    for (InputRow row : rows) {
      times(row, longest);
      values(row);
      met(Hostile.EXCLUDED_BY_VIEW, !NaiveTwin.holds(view.where(), row));
      for (var feature : view.features()) {
        met(Hostile.EXCLUDED_BY_AGGREGATE, !NaiveTwin.holds(feature.aggregate().where(), row));
      }
    }
    ties(rows);
    keys(rows, twin);
    new HostileWindows(this, view, rows).queries(of.queries());
    questions(of);
    HostileRetractions.log(this, of);
  }

  private void ties(List<InputRow> rows) {
    Map<Long, Set<Integer>> partitionsByTime = new HashMap<>();
    Set<List<Object>> contents = new HashSet<>();
    for (InputRow row : rows) {
      met(Hostile.TIE_IN_TIME, partitionsByTime.containsKey(row.eventTime()));
      Set<Integer> partitions =
          partitionsByTime.computeIfAbsent(row.eventTime(), time -> new HashSet<>());
      partitions.add(row.partition());
      met(Hostile.TIE_ACROSS_PARTITIONS, partitions.size() > 1);
      met(
          Hostile.DUPLICATE,
          row.retracts() == null && !contents.add(List.of(row.eventTime(), row.values())));
    }
  }

  private void keys(List<InputRow> rows, NaiveTwin twin) {
    Map<List<Object>, Integer> rowsByKey = new HashMap<>();
    for (InputRow row : rows) {
      List<Object> key = twin.keyOf(row);
      met(Hostile.NULL_KEY, key.contains(null));
      met(Hostile.EMPTY_KEY, key.contains(""));
      met(Hostile.HOT_KEY, rowsByKey.merge(key, 1, Integer::sum) > 100);
    }
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
    for (int i = 0; i < InputRow.FIELDS.size(); i++) {
      Object value = row.values().get(i);
      met(Hostile.NULL_ARGUMENT, value == null);
      met(
          Hostile.WIDEST_DECIMAL,
          value instanceof BigDecimal decimal && decimal.precision() == Type.Decimal.MOST_DIGITS);
      if (InputRow.FIELDS.get(i).type() == Scalar.FLOAT64 && value != null) {
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

  private void questions(Case of) {
    NaiveTwin twin = new NaiveTwin(of.view());
    Set<List<Object>> keys = new HashSet<>();
    of.rows().forEach(row -> keys.add(twin.keyOf(row)));
    Set<Case.Query> asked = new HashSet<>();
    for (Case.Query query : of.queries()) {
      met(Hostile.QUERY_OF_NULL_KEY, query.key().contains(null));
      met(Hostile.QUERY_OF_UNKNOWN_KEY, !query.key().contains(null) && !keys.contains(query.key()));
      met(Hostile.QUERIES_AT_ONE_MOMENT, !asked.add(query));
      for (InputRow row : of.rows()) {
        met(Hostile.QUERY_AT_SEEN_TIME, row.seenTime() == query.q());
        met(Hostile.ROW_AFTER_QUERY, row.eventTime() > query.q());
      }
    }
  }
}
