package dev.penstock.feature.internal;

/**
 * A product of numbers as a sum of doubles that is exact (J. R. Shewchuk, "Adaptive precision
 * floating-point arithmetic", 1997): a fused multiply-add gives what a product was rounded by. It
 * is exact as long as no term leaves the range of a double, which {@link #isWithin} sees to.
 */
final class Expansion {
  /** With factors from 2^-480 up to 2^480, or 0, products of two are exact. */
  static final double LIMIT_OF_TWO = 0x1p480;

  /** With factors from 2^-210 up to 2^210, or 0, products of four are exact. */
  static final double LIMIT_OF_FOUR = 0x1p210;

  private static final int MOST_TERMS = 128;
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private double[] terms = new double[MOST_TERMS];
  private double[] spare = new double[MOST_TERMS];
  private int size;

  /** The factor set last: high + low. */
  private double high;

  private double low;

  /** Whether a finite number is 0 or of a size from 1 / limit up to the limit. */
  static boolean isWithin(double value, double limit) {
    double size = Math.abs(value);
    return size == 0 || (size >= 1 / limit && size < limit);
  }

  /** The next factor. */
  void factor(double value) {
    high = value;
    low = 0;
  }

  /** The next factor; one of more than 53 bits is held in two parts. */
  void factor(long value) {
    if (-EXACT_IN_DOUBLE <= value && value <= EXACT_IN_DOUBLE) {
      factor((double) value);
    } else {
      high = (value >> 32) * 0x1p32;
      low = value & 0xFFFF_FFFFL;
    }
  }

  /** Starts a product with the factor. */
  void begin() {
    terms[0] = high;
    terms[1] = low;
    size = low == 0 ? 1 : 2;
  }

  /** Multiplies by the factor. */
  void multiply() {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count = put(terms[i], high, count);
      if (low != 0) {
        count = put(terms[i], low, count);
      }
    }
    double[] before = terms;
    terms = spare;
    spare = before;
    size = count;
  }

  private int put(double a, double b, int count) {
    double product = a * b;
    double error = Math.fma(a, b, -product);
    spare[count] = product;
    spare[count + 1] = error;
    return error == 0 ? count + 1 : count + 2;
  }

  /** Adds the product to a sum, or takes it out: times is 1 or -1. */
  void addTo(ExactSum sum, int times) {
    for (int i = 0; i < size; i++) {
      sum.change(terms[i], times);
    }
  }
}
