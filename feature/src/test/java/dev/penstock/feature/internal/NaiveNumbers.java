package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.NaiveAggregate.canonical;
import static dev.penstock.feature.internal.NaiveAggregate.error;
import static dev.penstock.feature.internal.NaiveAggregate.present;
import static java.math.RoundingMode.FLOOR;

import dev.penstock.feature.FeatureValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** The naive twin's sums and percentiles, in exact arithmetic. */
final class NaiveNumbers {
  private NaiveNumbers() {}

  static BigInteger wholeSum(List<Object> values) {
    BigInteger sum = BigInteger.ZERO;
    for (Object value : values) {
      sum = sum.add(BigInteger.valueOf(((Number) value).longValue()));
    }
    return sum;
  }

  static BigDecimal decimalSum(List<Object> values) {
    return values.stream().map(BigDecimal.class::cast).reduce(BigDecimal::add).orElseThrow();
  }

  static FeatureValue realSum(List<Object> values) {
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

  /** What the sketch has to say of a percentile, which must be near the exact one. */
  static double sketched(List<Object> values, double q) {
    double exact = percentile(values, q);
    double middle = middleOfBucket(exact);
    if (Double.isFinite(exact) && Math.abs(middle - exact) > Math.abs(exact) * 0.01) {
      throw new AssertionError(middle + " is not within 1 % of " + exact);
    }
    return middle;
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
}
