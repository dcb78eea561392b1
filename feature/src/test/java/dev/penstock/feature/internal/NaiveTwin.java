package dev.penstock.feature.internal;

import dev.penstock.data.Expression;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

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
    List<InputRow> seen = new ArrayList<>();
    List<InputRow> retractions =
        rows.stream().filter(row -> row.retracts() != null && visible.test(row)).toList();
    for (InputRow row : rows) {
      if (row.retracts() != null || retractions.stream().anyMatch(by -> by.isRetractionOf(row))) {
        continue;
      }
      boolean ofKey = !key.contains(null) && key.equals(keyOf(row));
      boolean ofView = view.where() == null || Boolean.TRUE.equals(evaluate(view.where(), row));
      if (ofKey && ofView && visible.test(row) && within(row, q, view.retention().micros())) {
        seen.add(row);
      }
    }
    boolean young =
        view.maxAge() == null
            || seen.stream().anyMatch(row -> within(row, q, view.maxAge().micros()));
    List<FeatureValue> answers = new ArrayList<>();
    for (Feature feature : view.features()) {
      FeatureValue answer = answer(feature, q, seen);
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

  /** Whether the event time is in [q - reach, q). */
  static boolean within(InputRow row, long q, long reach) {
    BigInteger start =
        reach == Long.MAX_VALUE
            ? BigInteger.valueOf(Long.MIN_VALUE)
            : BigInteger.valueOf(q).subtract(BigInteger.valueOf(reach));
    return BigInteger.valueOf(row.eventTime()).compareTo(start) >= 0 && row.eventTime() < q;
  }

  private static FeatureValue answer(Feature feature, long q, List<InputRow> seen) {
    Aggregate aggregate = feature.aggregate();
    List<InputRow> counted =
        NaiveWindows.rows(feature.window(), q, seen).stream()
            .filter(
                row ->
                    aggregate.where() == null
                        || Boolean.TRUE.equals(evaluate(aggregate.where(), row)))
            .toList();
    return aggregate.by() == null
        ? answer(aggregate, q, counted)
        : NaiveCategories.answer(aggregate, q, counted);
  }

  /** What an aggregate without categories makes of rows that meet its condition. */
  static FeatureValue answer(Aggregate aggregate, long q, List<InputRow> counted) {
    List<InputRow> inWindow = new ArrayList<>();
    for (InputRow row : counted) {
      boolean arguments =
          aggregate.arguments().stream().allMatch(argument -> evaluate(argument, row) != null);
      if (arguments) {
        inWindow.add(row);
      }
    }
    inWindow.sort(TOTAL_ORDER);
    FeatureValue value = new NaiveAggregate(aggregate, q, inWindow).value();
    return value.status() == FeatureStatus.NULL_VALUE && aggregate.otherwise() != null
        ? new FeatureValue(aggregate.otherwise(), FeatureStatus.PRESENT)
        : value;
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
