package dev.penstock.quality;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * What one column is like. Values are given as {@link Long} for integers, dates (days) and times
 * (microseconds), {@link Double} for floats, {@link java.math.BigDecimal} for decimals, {@link
 * String} and {@link Boolean}. Which parts there are depends on the type: moments and quantiles for
 * numbers only; least, greatest and frequent values for all but binary columns and vectors.
 *
 * @param min the least value, finite where it is a number; null without one
 * @param max the greatest value, finite where it is a number; null without one
 * @param moments of the finite numbers; null where the type is not numeric
 * @param frequencies of the values that are neither null nor NaN nor infinite; null where the type
 *     has none
 * @param quantiles of the finite numbers; null where the type is not numeric
 */
public record ColumnProfile(
    Field field,
    Counts counts,
    @Nullable Object min,
    @Nullable Object max,
    @Nullable Moments moments,
    @Nullable Frequencies frequencies,
    @Nullable QuantileSketch quantiles) {

  /**
   * The value at the share {@code q} of the finite numbers (nearest rank), within {@link
   * QuantileSketch#RELATIVE_ERROR} of it; integers up to 127 are exact. Null where there are none.
   */
  public @Nullable Double quantile(double q) {
    Double value = quantiles == null ? null : quantiles.quantile(q);
    if (value == null || min == null || max == null) {
      return null;
    }
    boolean whole = field.type() == Scalar.INT32 || field.type() == Scalar.INT64;
    double near = whole ? Math.rint(value < 0 ? Math.ceil(value) : Math.floor(value)) : value;
    double low = ((Number) min).doubleValue();
    double high = ((Number) max).doubleValue();
    return Math.min(Math.max(near, low), high);
  }

  /** Nulls by rows; null without rows. */
  public @Nullable Double nullShare() {
    return counts.rows() == 0 ? null : (double) counts.nulls() / counts.rows();
  }

  /**
   * What one pass over the rows of both would have found.
   *
   * @throws IllegalArgumentException unless both are of one name and type
   */
  public ColumnProfile merge(ColumnProfile other) {
    if (!field.name().equals(other.field.name()) || !field.type().equals(other.field.type())) {
      throw new IllegalArgumentException(field + " and " + other.field);
    }
    return new ColumnProfile(
        field,
        counts.merge(other.counts),
        lesser(min, other.min),
        greater(max, other.max),
        moments == null || other.moments == null ? null : moments.merge(other.moments),
        frequencies == null || other.frequencies == null
            ? null
            : frequencies.merge(other.frequencies),
        quantiles == null || other.quantiles == null ? null : quantiles.merge(other.quantiles));
  }

  private static @Nullable Object lesser(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Values.compare(a, b) <= 0 ? a : b;
  }

  private static @Nullable Object greater(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Values.compare(a, b) >= 0 ? a : b;
  }
}
