package dev.penstock.feature.internal;

import static java.math.RoundingMode.FLOOR;

import dev.penstock.data.Expression;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import java.math.BigDecimal;
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

  /** The answers for a key at q over the visible rows. */
  List<FeatureValue> answers(
      List<Object> key, long q, List<InputRow> rows, Predicate<InputRow> visible) {
    List<InputRow> seen = new ArrayList<>();
    for (InputRow row : rows) {
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
    List<InputRow> inWindow = new ArrayList<>();
    for (InputRow row : NaiveWindows.rows(feature.window(), q, seen)) {
      boolean counts =
          aggregate.where() == null || Boolean.TRUE.equals(evaluate(aggregate.where(), row));
      boolean argument =
          aggregate.arguments().isEmpty() || evaluate(aggregate.arguments().get(0), row) != null;
      if (counts && argument) {
        inWindow.add(row);
      }
    }
    return value(aggregate, inWindow);
  }

  private static FeatureValue value(Aggregate aggregate, List<InputRow> rows) {
    List<Object> values = new ArrayList<>();
    if (!aggregate.arguments().isEmpty()) {
      rows.stream()
          .sorted(TOTAL_ORDER)
          .forEach(row -> values.add(canonical(evaluate(aggregate.arguments().get(0), row))));
    }
    switch (aggregate.function()) {
      case COUNT:
        return present((long) rows.size());
      default:
        if (values.isEmpty()) {
          return new FeatureValue(null, FeatureStatus.NULL_VALUE);
        }
    }
    Type type = aggregate.arguments().get(0).type();
    boolean whole = type == Scalar.INT32 || type == Scalar.INT64;
    return switch (aggregate.function()) {
      case COUNT -> throw new AssertionError();
      case SUM -> {
        if (!whole) {
          yield realSum(values);
        }
        BigInteger sum = wholeSum(values);
        yield sum.bitLength() < 64 ? present(sum.longValueExact()) : error();
      }
      case MEAN -> {
        FeatureValue sum = whole ? present(wholeSum(values).doubleValue()) : realSum(values);
        yield sum.value() == null
            ? sum
            : present(canonical((double) sum.value() / (double) values.size()));
      }
      case MIN -> present(values.stream().min(NaiveTwin::compare).orElseThrow());
      case MAX -> present(values.stream().max(NaiveTwin::compare).orElseThrow());
      case LAST -> present(values.get(values.size() - 1));
      case SHARE ->
          present((double) values.stream().filter(Boolean.TRUE::equals).count() / values.size());
      case PERCENTILE -> {
        double exact = percentile(values, aggregate.parameter());
        double middle = middleOfBucket(exact);
        if (Double.isFinite(exact) && Math.abs(middle - exact) > Math.abs(exact) * 0.01) {
          throw new AssertionError(middle + " is not within 1 % of " + exact);
        }
        yield present(middle);
      }
    };
  }

  private static BigInteger wholeSum(List<Object> values) {
    BigInteger sum = BigInteger.ZERO;
    for (Object value : values) {
      sum = sum.add(BigInteger.valueOf(((Number) value).longValue()));
    }
    return sum;
  }

  private static FeatureValue realSum(List<Object> values) {
    boolean nan = false;
    boolean up = false;
    boolean down = false;
    BigDecimal sum = BigDecimal.ZERO;
    for (Object value : values) {
      double real = ((Number) value).doubleValue();
      nan |= Double.isNaN(real);
      up |= real == Double.POSITIVE_INFINITY;
      down |= real == Double.NEGATIVE_INFINITY;
      if (Double.isFinite(real)) {
        sum = sum.add(new BigDecimal(real));
      }
    }
    if (nan || (up && down)) {
      return present(Double.NaN);
    } else if (up || down) {
      return present(up ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
    }
    double rounded = sum.doubleValue();
    return Double.isInfinite(rounded) ? error() : present(canonical(rounded));
  }

  /** The exact percentile: the least value such that at least q of all are no greater. */
  static double percentile(List<Object> values, double q) {
    List<Double> sorted =
        values.stream().map(value -> ((Number) value).doubleValue()).sorted().toList();
    for (int i = 1; i <= sorted.size(); i++) {
      // i of n are no greater; the comparison allows for q n being rounded up.
      if (sorted.size() - q * sorted.size() >= sorted.size() - i) {
        return sorted.get(i - 1);
      }
    }
    throw new AssertionError("q is above 1");
  }

  /**
   * The sketch's formula: an octave [2^e, 2^(e+1)) is cut into 64 buckets of equal width, and the
   * middle of one stands for its values, rounded down to what a double can hold.
   */
  static double middleOfBucket(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value;
    }
    BigDecimal absolute = new BigDecimal(Math.abs(value));
    int exponent = Math.getExponent(value);
    while (power(exponent).compareTo(absolute) > 0) {
      exponent--;
    }
    BigDecimal bucket =
        absolute.subtract(power(exponent)).multiply(power(6 - exponent)).setScale(0, FLOOR);
    BigDecimal middle =
        power(exponent).add(power(exponent - 6).multiply(bucket.add(new BigDecimal("0.5"))));
    BigDecimal steps = middle.multiply(power(1074)).setScale(0, FLOOR);
    return Math.signum(value) * steps.multiply(power(-1074)).doubleValue();
  }

  /** 2 to that power; 2^-n is 5^n / 10^n. */
  private static BigDecimal power(int exponent) {
    return exponent >= 0
        ? new BigDecimal(BigInteger.TWO.pow(exponent))
        : new BigDecimal(BigInteger.valueOf(5).pow(-exponent), -exponent);
  }

  private static int compare(Object a, Object b) {
    return a instanceof Double || a instanceof Float
        ? Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue())
        : Long.compare(((Number) a).longValue(), ((Number) b).longValue());
  }

  private static Object canonical(Object value) {
    if (value instanceof Double real) {
      return Double.isNaN(real) ? Double.NaN : real == 0 ? (Object) 0.0 : real;
    } else if (value instanceof Float single) {
      return Float.isNaN(single) ? Float.NaN : single == 0 ? (Object) 0.0f : single;
    } else if (value instanceof float[] vector) {
      float[] elements = vector.clone();
      for (int i = 0; i < elements.length; i++) {
        elements[i] = (Float) canonical(vector[i]);
      }
      return elements;
    }
    return value;
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

  private static FeatureValue present(Object value) {
    return new FeatureValue(value, FeatureStatus.PRESENT);
  }

  private static FeatureValue error() {
    return new FeatureValue(null, FeatureStatus.ERROR);
  }
}
