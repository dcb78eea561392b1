package dev.penstock.feature.internal;

/**
 * The buckets of the percentile sketch: a DDSketch (Masson, Rim and Lee, "DDSketch: a fast and
 * fully-mergeable quantile sketch with relative-error guarantees", VLDB 2019) whose buckets cut
 * each octave into 64 of equal width, so that a value's bucket is a part of its bits: no logarithm,
 * the same on every machine, and a bucket's middle is within 1/128 of each of its values.
 *
 * <p>A bucket is an int; their order is that of the values: −∞, negative numbers, 0, positive
 * numbers, +∞, NaN.
 */
final class Buckets {
  /** Bits of the fraction that choose the bucket within an octave. */
  private static final int FRACTION_BITS = 6;

  private static final int CUT_BITS = 52 - FRACTION_BITS;

  /** Subnormals are scaled by 2^54 to find their bucket, which then lies so much lower. */
  private static final double SUBNORMAL_SCALE = 0x1p54;

  private static final int SUBNORMAL_BUCKETS = 54 << FRACTION_BITS;

  /** Added to a positive number's bucket so that the least is 1; negative numbers mirror it. */
  private static final int OFFSET = SUBNORMAL_BUCKETS + 1;

  private static final int ZERO = 0;
  private static final int INFINITY = (2047 << FRACTION_BITS) + OFFSET;
  private static final int NOT_A_NUMBER = INFINITY + 1;

  private Buckets() {}

  static int of(double value) {
    if (value > 0) {
      return ofPositive(value);
    } else if (value < 0) {
      return -ofPositive(-value);
    }
    return value == 0 ? ZERO : NOT_A_NUMBER;
  }

  private static int ofPositive(double value) {
    if (value < Double.MIN_NORMAL) {
      return bits(value * SUBNORMAL_SCALE) - SUBNORMAL_BUCKETS + OFFSET;
    }
    return bits(value) + OFFSET;
  }

  private static int bits(double value) {
    return (int) (Double.doubleToRawLongBits(value) >>> CUT_BITS);
  }

  /** The value that stands for all of a bucket. */
  static double value(int bucket) {
    if (bucket == ZERO) {
      return 0;
    } else if (bucket == NOT_A_NUMBER) {
      return Double.NaN;
    }
    double absolute = positiveValue(Math.abs(bucket));
    return bucket < 0 ? -absolute : absolute;
  }

  private static double positiveValue(int bucket) {
    if (bucket == INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    int bits = bucket - OFFSET;
    if (bits >= 1 << FRACTION_BITS) {
      return middle(bits);
    }
    // Rounded down to a multiple of 2^-1074, which is a bucket's only value when it has just one.
    double scaled = middle(bits + SUBNORMAL_BUCKETS);
    return Double.longBitsToDouble((long) (scaled * 0x1p1020));
  }

  private static double middle(int bits) {
    return Double.longBitsToDouble(((long) bits << CUT_BITS) | (1L << (CUT_BITS - 1)));
  }
}
