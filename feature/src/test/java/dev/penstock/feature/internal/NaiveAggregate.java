package dev.penstock.feature.internal;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The naive twin's value of an aggregate over rows: all that have its arguments, in order. */
final class NaiveAggregate {
  private final Aggregate aggregate;
  private final long q;
  private final List<InputRow> rows;

  /** The values of the first argument, and of the second if there is one. */
  private final List<Object> values;

  private final List<Object> others;

  NaiveAggregate(Aggregate aggregate, long q, List<InputRow> rows) {
    this.aggregate = aggregate;
    this.q = q;
    this.rows = rows;
    this.values = argument(0);
    this.others = argument(1);
  }

  private List<Object> argument(int index) {
    return aggregate.arguments().size() <= index
        ? List.of()
        : rows.stream()
            .map(row -> canonical(NaiveTwin.evaluate(aggregate.arguments().get(index), row)))
            .map(this::taken)
            .toList();
  }

  /** Where the answer is a float, and not a mean, a decimal is one from the start. */
  private Object taken(Object value) {
    return value instanceof BigDecimal decimal
            && aggregate.ofOneCategory().resultType() == Scalar.FLOAT64
            && aggregate.function() != AggregateFunction.MEAN
        ? (Object) decimal.doubleValue()
        : value;
  }

  FeatureValue value() {
    return switch (aggregate.function()) {
      case COUNT -> present((long) rows.size());
      default -> rows.isEmpty() ? nothing() : valueOfSome();
    };
  }

  private FeatureValue valueOfSome() {
    return switch (aggregate.function()) {
      case COUNT -> throw new AssertionError();
      case SUM -> {
        if (values.get(0) instanceof BigDecimal) {
          BigDecimal sum = NaiveNumbers.decimalSum(values);
          yield sum.unscaledValue().abs().compareTo(BigInteger.TEN.pow(38)) < 0
              ? present(sum)
              : error();
        } else if (!isWhole()) {
          yield NaiveNumbers.realSum(values);
        }
        BigInteger sum = NaiveNumbers.wholeSum(values);
        yield sum.bitLength() < 64 ? present(sum.longValueExact()) : error();
      }
      case MEAN -> {
        FeatureValue sum = roundedSum(values);
        yield sum.value() == null
            ? sum
            : present(canonical((double) sum.value() / (double) values.size()));
      }
      case MIN -> present(values.stream().min(NaiveAggregate::compare).orElseThrow());
      case MAX -> present(values.stream().max(NaiveAggregate::compare).orElseThrow());
      case FIRST -> present(values.get(0));
      case LAST -> present(values.get(values.size() - 1));
      case TIME_SINCE_FIRST -> since(rows.get(0));
      case TIME_SINCE_LAST -> since(rows.get(rows.size() - 1));
      case SHARE ->
          present((double) values.stream().filter(Boolean.TRUE::equals).count() / values.size());
      case ANY -> present(values.contains(true));
      case ALL -> present(!values.contains(false));
      case PERCENTILE -> present(NaiveNumbers.sketched(values, aggregate.parameter()));
      case RATIO -> ratio();
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP, SKEW, KURTOSIS ->
          new NaiveMoments(aggregate.function(), values).value();
      case COVAR_POP, COVAR_SAMP, CORR ->
          new NaiveMoments(aggregate.function(), values, others).value();
      case SLOPE -> {
        List<Object> times = rows.stream().map(row -> (Object) row.eventTime()).toList();
        yield new NaiveMoments(aggregate.function(), times, values).value();
      }
      case DISTINCT_COUNT, TOP_K, HISTOGRAM, COLLECT_SET, COLLECT_LIST, FIRST_N, LAST_N ->
          new NaiveLists(aggregate, values).value();
      case APPROX_DISTINCT -> NaiveSketches.approximateDistinct(values);
      case MIN_BY -> present(values.get(lastOf(others.stream().min(NaiveAggregate::compare))));
      case MAX_BY -> present(values.get(lastOf(others.stream().max(NaiveAggregate::compare))));
      case DECAY_SUM, DECAY_MEAN -> NaiveSketches.decayed(aggregate, q, rows, values);
      case VECTOR_SUM, VECTOR_MEAN -> NaiveSketches.vector(aggregate.function(), values);
    };
  }

  /** Where the other argument has this value for the last time. */
  private int lastOf(Optional<Object> value) {
    int last = -1;
    for (int i = 0; i < others.size(); i++) {
      last = compare(others.get(i), value.orElseThrow()) == 0 ? i : last;
    }
    return last;
  }

  private FeatureValue since(InputRow row) {
    BigInteger micros = BigInteger.valueOf(q).subtract(BigInteger.valueOf(row.eventTime()));
    return micros.bitLength() < 64 ? present(micros.doubleValue() / 1e6) : error();
  }

  private FeatureValue ratio() {
    FeatureValue above = roundedSum(values);
    FeatureValue below = roundedSum(others);
    if (above.status() == FeatureStatus.ERROR || below.status() == FeatureStatus.ERROR) {
      return error();
    }
    double numerator = (double) above.value();
    double denominator = (double) below.value();
    if (denominator == 0) {
      return nothing();
    }
    double ratio = numerator / denominator;
    return Double.isInfinite(ratio) && !Double.isInfinite(numerator)
        ? error()
        : present(canonical(ratio));
  }

  static FeatureValue roundedSum(List<Object> values) {
    if (values.get(0) instanceof BigDecimal) {
      return present(NaiveNumbers.decimalSum(values).doubleValue());
    }
    return values.get(0) instanceof Long || values.get(0) instanceof Integer
        ? present(NaiveNumbers.wholeSum(values).doubleValue())
        : NaiveNumbers.realSum(values);
  }

  private boolean isWhole() {
    Type type = aggregate.arguments().get(0).type();
    return type == Scalar.INT32 || type == Scalar.INT64;
  }

  static int compare(Object a, Object b) {
    if (a instanceof BigDecimal decimal) {
      return decimal.compareTo((BigDecimal) b);
    }
    return a instanceof Double || a instanceof Float
        ? Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue())
        : Long.compare(((Number) a).longValue(), ((Number) b).longValue());
  }

  static Object canonical(Object value) {
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

  static FeatureValue present(Object value) {
    return new FeatureValue(value, FeatureStatus.PRESENT);
  }

  static FeatureValue nothing() {
    return new FeatureValue(null, FeatureStatus.NULL_VALUE);
  }

  static FeatureValue error() {
    return new FeatureValue(null, FeatureStatus.ERROR);
  }

  /** Numbers as they are, exactly. */
  static BigDecimal exact(Object value) {
    return value instanceof Double || value instanceof Float
        ? new BigDecimal(((Number) value).doubleValue())
        : BigDecimal.valueOf(((Number) value).longValue());
  }
}
