package dev.penstock.feature.internal;

import java.math.BigInteger;

/** Exact fractions, rounded once. */
final class Quotient {
  /** Bits of the quotient to begin with: those of a double, and some to round by. */
  private static final int BITS = 56;

  private static final int LEAST_EXPONENT = -1074;

  private Quotient() {}

  /**
   * The double nearest to {@code numerator / denominator · 2^exponent}, half to even.
   *
   * @param denominator above 0
   */
  static double of(BigInteger numerator, BigInteger denominator, int exponent) {
    if (numerator.signum() == 0) {
      return 0;
    }
    BigInteger magnitude = numerator.abs();
    int wanted = BITS - (magnitude.bitLength() - denominator.bitLength());
    // A subnormal has fewer bits: none below two under its last is looked at, but for the rest.
    int shift = Math.min(wanted, exponent - LEAST_EXPONENT + 2);
    BigInteger[] divided =
        magnitude
            .shiftLeft(Math.max(shift, 0))
            .divideAndRemainder(denominator.shiftLeft(Math.max(-shift, 0)));
    long quotient = divided[0].longValueExact();
    int unit = exponent - shift;
    int dropped = Math.max(64 - Long.numberOfLeadingZeros(quotient) - 53, LEAST_EXPONENT - unit);
    long significand = quotient >>> dropped;
    long cut = quotient - (significand << dropped);
    long half = 1L << (dropped - 1);
    boolean rest = divided[1].signum() != 0;
    if (cut > half || (cut == half && (rest || (significand & 1) != 0))) {
      significand++;
    }
    double value = Math.scalb((double) significand, unit + dropped);
    return numerator.signum() < 0 ? -value : value;
  }
}
