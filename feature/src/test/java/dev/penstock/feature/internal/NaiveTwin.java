package dev.penstock.feature.internal;

import dev.penstock.data.Expression;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the rules say, written down a second time and as plainly as possible: every answer from all
 * rows, in exact arithmetic. Shares no code with what it checks but the definitions.
 */
final class NaiveTwin {
  static final Comparator<InputRow> TOTAL_ORDER =
      Comparator.comparingLong(InputRow::eventTime)
          .thenComparingInt(InputRow::partition)
          .thenComparingLong(InputRow::offset);

  private final FeatureView view;

  NaiveTwin(FeatureView view) {
    this.view = view;
  }

  /** The answers for a key at q over the visible rows that no visible retraction takes back. */
  List<FeatureValue> answers(
      List<Object> key, long q, List<InputRow> rows, Predicate<InputRow> visible) {
    Set<InputRow.Position> gone =
        rows.stream()
            .filter(row -> row.retracts() != null && visible.test(row))
            .map(row -> row.retracts().position())
            .collect(Collectors.toSet());
    List<InputRow> seen = new ArrayList<>();
    for (InputRow row : rows) {
      if (row.retracts() == null
          && isOf(key, row)
          && visible.test(row)
          && !gone.contains(row.position())
          && holds(view.where(), row)
          && within(row, q, view.retention().micros())) {
        seen.add(row);
      }
    }
    seen.sort(TOTAL_ORDER);
    boolean young =
        view.maxAge() == null
            || seen.stream().anyMatch(row -> within(row, q, view.maxAge().micros()));
    Map<Window, List<InputRow>> windows = new HashMap<>();
    List<FeatureValue> answers = new ArrayList<>();
    for (Feature feature : view.features()) {
      List<InputRow> inWindow =
          windows.computeIfAbsent(feature.window(), window -> NaiveWindows.rows(window, q, seen));
      FeatureValue answer = answer(feature.aggregate(), q, inWindow);
      if (seen.isEmpty()) {
        answer = new FeatureValue(answer.value(), FeatureStatus.NOT_FOUND);
      } else if (!young) {
        answer = new FeatureValue(null, FeatureStatus.OUTSIDE_MAX_AGE);
      }
      answers.add(answer);
    }
    return answers;
  }

  List<Object> keyOf(InputRow row) {
    List<Object> key = new ArrayList<>();
    for (String column : view.keyColumns()) {
      key.add(row.value(column));
    }
    return key;
  }

  /** A row with a null in its key belongs to nobody. */
  private boolean isOf(List<Object> key, InputRow row) {
    for (int k = 0; k < key.size(); k++) {
      Object value = key.get(k);
      if (value == null || !value.equals(row.value(view.keyColumns().get(k)))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the event time is in [q - reach, q). */
  static boolean within(InputRow row, long q, long reach) {
    BigInteger start =
        reach == Long.MAX_VALUE
            ? BigInteger.valueOf(Long.MIN_VALUE)
            : BigInteger.valueOf(q).subtract(BigInteger.valueOf(reach));
    return BigInteger.valueOf(row.eventTime()).compareTo(start) >= 0 && row.eventTime() < q;
  }

  private static FeatureValue answer(Aggregate aggregate, long q, List<InputRow> inWindow) {
    List<InputRow> counted =
        inWindow.stream().filter(row -> holds(aggregate.where(), row)).toList();
    return aggregate.by() == null
        ? ofRows(aggregate, q, counted)
        : NaiveCategories.answer(aggregate, q, counted);
  }

  /** What an aggregate without categories makes of rows that meet its condition. */
  static FeatureValue ofRows(Aggregate aggregate, long q, List<InputRow> rows) {
    List<InputRow> counted = new ArrayList<>();
    for (InputRow row : rows) {
      boolean arguments =
          aggregate.arguments().stream().allMatch(argument -> evaluate(argument, row) != null);
      if (arguments) {
        counted.add(row);
      }
    }
    FeatureValue value = new NaiveAggregate(aggregate, q, counted).value();
    return value.status() == FeatureStatus.NULL_VALUE && aggregate.otherwise() != null
        ? new FeatureValue(aggregate.otherwise(), FeatureStatus.PRESENT)
        : value;
  }

  /** Whether a condition is true, or there is none. */
  static boolean holds(Expression where, InputRow row) {
    return where == null || Boolean.TRUE.equals(evaluate(where, row));
  }

  /** An expression of the tests on one row. */
  static Object evaluate(Expression expression, InputRow row) {
    if (expression instanceof InputColumn column) {
      return row.value(column.name());
    }
    AtLeast condition = (AtLeast) expression;
    Object value = row.value(condition.column());
    return value == null ? null : ((Number) value).longValue() >= condition.bound();
  }
}
