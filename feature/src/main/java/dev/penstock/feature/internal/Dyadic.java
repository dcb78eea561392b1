package dev.penstock.feature.internal;

import java.math.BigInteger;

/** The number {@code digits · 2^exponent}, exactly. */
record Dyadic(BigInteger digits, int exponent) {
  /** The exponent of zero: above that of every other number, so that it never decides a unit. */
  private static final int OF_ZERO = 1 << 20;

  static final Dyadic ZERO = new Dyadic(BigInteger.ZERO, OF_ZERO);

  /** The number in units of 2^unit, of which it must be a multiple. */
  BigInteger in(int unit) {
    return digits.signum() == 0 ? digits : digits.shiftLeft(exponent - unit);
  }

  /** A unit in whose n-th power this number is whole. */
  int root(int n) {
    return Math.floorDiv(exponent, n);
  }
}
