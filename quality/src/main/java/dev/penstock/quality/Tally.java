package dev.penstock.quality;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.quality.internal.ExactSum;
import dev.penstock.quality.internal.NumberSink;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts one column. */
final class Tally implements NumberSink {
  private final Field field;
  private final boolean numeric;
  private final ExactSum sum = new ExactSum();
  private final ExactSum squares = new ExactSum();
  private BigDecimal decimalSum = BigDecimal.ZERO;
  private BigDecimal decimalSquares = BigDecimal.ZERO;
  private final QuantileSketch.Builder quantiles = new QuantileSketch.Builder();
  private @Nullable Map<Object, long[]> frequencies;
  private long rows;
  private long nulls;
  private long nans;
  private long positiveInfinities;
  private long negativeInfinities;
  private long zeros;
  private long empties;
  private long trues;
  private long falses;
  private long wholes;
  private long leastWhole = Long.MAX_VALUE;
  private long greatestWhole = Long.MIN_VALUE;
  private long reals;
  private double leastReal = Double.POSITIVE_INFINITY;
  private double greatestReal = Double.NEGATIVE_INFINITY;
  private long decimals;
  private @Nullable Object least;
  private @Nullable Object greatest;

  Tally(Field field) {
    this.field = field;
    this.numeric = field.type().isNumeric();
    this.frequencies = Values.comparable(field.type()) ? new HashMap<>() : null;
  }

  void add(Column column) {
    int size = column.size();
    boolean[] missing = column.nulls();
    for (int i = 0; missing != null && i < size; i++) {
      nulls += missing[i] ? 1 : 0;
    }
    rows += size;
    if (column instanceof BooleanColumn booleans) {
      boolean[] values = booleans.values();
      for (int i = 0; i < size; i++) {
        if (missing == null || !missing[i]) {
          trues += values[i] ? 1 : 0;
          falses += values[i] ? 0 : 1;
        }
      }
    } else if (column instanceof ObjectColumn objects && !(field.type() instanceof Type.Decimal)) {
      addObjects(objects);
    } else {
      takeAll(column);
    }
  }

  private void addObjects(ObjectColumn column) {
    for (Object value : column.values()) {
      if (value instanceof String text) {
        empties += text.isEmpty() ? 1 : 0;
        frequencies = text.length() > Frequencies.LONGEST_TEXT ? null : frequencies;
        if (count(text)) {
          order(text);
        }
      } else if (value instanceof byte[] bytes) {
        empties += bytes.length == 0 ? 1 : 0;
      } else if (value instanceof float[] vector) {
        empties += vector.length == 0 ? 1 : 0;
        nans += hasNaN(vector) ? 1 : 0;
      }
    }
  }

  private static boolean hasNaN(float[] vector) {
    for (float element : vector) {
      if (Float.isNaN(element)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void whole(long value) {
    wholes++;
    leastWhole = Math.min(leastWhole, value);
    greatestWhole = Math.max(greatestWhole, value);
    if (numeric) {
      zeros += value == 0 ? 1 : 0;
      sum.add(value);
      squares.addSquare(value);
      quantiles.add((double) value);
    }
    count(value);
  }

  @Override
  public void real(double value) {
    if (Double.isNaN(value)) {
      nans++;
    } else if (Double.isInfinite(value)) {
      positiveInfinities += value > 0 ? 1 : 0;
      negativeInfinities += value < 0 ? 1 : 0;
    } else {
      // -0.0 is 0.0.
      double number = value + 0.0;
      reals++;
      zeros += number == 0 ? 1 : 0;
      leastReal = Math.min(leastReal, number);
      greatestReal = Math.max(greatestReal, number);
      sum.add(number);
      squares.addSquare(number);
      quantiles.add(number);
      count(number);
    }
  }

  @Override
  public void decimal(BigDecimal value) {
    decimals++;
    zeros += value.signum() == 0 ? 1 : 0;
    decimalSum = decimalSum.add(value);
    decimalSquares = decimalSquares.add(value.multiply(value));
    quantiles.add(value.doubleValue());
    if (count(value)) {
      order(value);
    }
  }

  private void order(Object value) {
    if (least == null || Values.compare(value, least) < 0) {
      least = value;
    }
    if (greatest == null || Values.compare(value, greatest) > 0) {
      greatest = value;
    }
  }

  /** False if the value was counted before, and so can be no new extreme. */
  private boolean count(Object value) {
    if (frequencies == null) {
      return true;
    }
    long[] count = frequencies.get(value);
    if (count != null) {
      count[0]++;
      return false;
    } else if (frequencies.size() == Frequencies.MOST_VALUES) {
      frequencies = null;
    } else {
      frequencies.put(value, new long[] {1});
    }
    return true;
  }

  ColumnProfile build() {
    Counts counts =
        new Counts(
            rows, nulls, nans, positiveInfinities, negativeInfinities, zeros, empties, trues);
    return new ColumnProfile(
        field,
        counts,
        extreme(leastWhole, leastReal, falses > 0 ? Boolean.FALSE : Boolean.TRUE, least),
        extreme(greatestWhole, greatestReal, trues > 0 ? Boolean.TRUE : Boolean.FALSE, greatest),
        numeric ? moments() : null,
        Values.comparable(field.type()) ? frequencies() : null,
        numeric ? quantiles.build() : null);
  }

  private @Nullable Object extreme(long whole, double real, Boolean bool, @Nullable Object object) {
    if (wholes > 0) {
      return whole;
    } else if (reals > 0) {
      return real;
    } else if (trues + falses > 0) {
      return bool;
    }
    return object;
  }

  private Moments moments() {
    return field.type() instanceof Type.Decimal
        ? new Moments(decimals, decimalSum, decimalSquares)
        : new Moments(wholes + reals, sum.value(), squares.value());
  }

  private Frequencies frequencies() {
    if (frequencies == null) {
      return Frequencies.OVERFLOWED;
    }
    Map<Object, Long> counted = new HashMap<>();
    if (field.type() == Scalar.BOOLEAN) {
      if (trues > 0) {
        counted.put(true, trues);
      }
      if (falses > 0) {
        counted.put(false, falses);
      }
    }
    frequencies.forEach((value, count) -> counted.put(value, count[0]));
    return new Frequencies(counted, false);
  }
}
