package dev.penstock.quality.internal;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The exact sum of numbers and of squares, whatever their order: a fixed-point number wide enough
 * for the square of every finite double, in limbs of 32 bits that carry rarely. (A small
 * superaccumulator after Neal, "Fast exact summation using small and large superaccumulators",
 * 2015.) Not thread-safe.
 */
public final class ExactSum {
  /** The lowest bit is worth 2^-POINT; the square of the smallest double is 2^-2148. */
  private static final int POINT = 2176;

  private static final int LIMBS = 140;
  private static final long MASK = 0xFFFF_FFFFL;

  /** One addition puts less than 2^34 into a limb, so that a limb holds this many. */
  private static final int ADDITIONS_BETWEEN_CARRIES = 1 << 28;

  private final long[] limbs = new long[LIMBS];
  private int additions;

  public void add(long value) {
    add(Math.abs(value), 0, value < 0);
  }

  public void addSquare(long value) {
    addSquare(Math.abs(value), 0);
  }

  /** Adds a finite number. */
  public void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    add(significand(bits), exponent(bits), bits < 0);
  }

  public void addSquare(double value) {
    long bits = Double.doubleToRawLongBits(value);
    addSquare(significand(bits), exponent(bits));
  }

  /** The sum, without trailing zeros. */
  public BigDecimal value() {
    carry();
    BigInteger whole = BigInteger.ZERO;
    for (int i = LIMBS - 1; i >= 0; i--) {
      whole = whole.shiftLeft(32).add(BigInteger.valueOf(limbs[i]));
    }
    if (whole.signum() == 0) {
      return BigDecimal.ZERO;
    }
    int zeros = Math.min(whole.getLowestSetBit(), POINT);
    int fractionBits = POINT - zeros;
    // m / 2^k is m * 5^k / 10^k.
    return new BigDecimal(
            whole.shiftRight(zeros).multiply(BigInteger.valueOf(5).pow(fractionBits)), fractionBits)
        .stripTrailingZeros();
  }

  private void addSquare(long magnitude, int exponent) {
    long low = magnitude & MASK;
    long high = magnitude >>> 32;
    add(low * low, 2 * exponent, false);
    if (high != 0) {
      add(low * high, 2 * exponent + 33, false);
      add(high * high, 2 * exponent + 64, false);
    }
  }

  /** Adds {@code magnitude * 2^exponent}, the magnitude being unsigned. */
  private void add(long magnitude, int exponent, boolean negative) {
    int position = exponent + POINT;
    int limb = position >>> 5;
    int shift = position & 31;
    long low = (magnitude & MASK) << shift;
    long high = (magnitude >>> 32) << shift;
    long first = low & MASK;
    long second = (low >>> 32) + (high & MASK);
    long third = high >>> 32;
    if (negative) {
      limbs[limb] -= first;
      limbs[limb + 1] -= second;
      limbs[limb + 2] -= third;
    } else {
      limbs[limb] += first;
      limbs[limb + 1] += second;
      limbs[limb + 2] += third;
    }
    if (++additions == ADDITIONS_BETWEEN_CARRIES) {
      carry();
    }
  }

  private void carry() {
    for (int i = 0; i < LIMBS - 1; i++) {
      limbs[i + 1] += limbs[i] >> 32;
      limbs[i] &= MASK;
    }
    additions = 0;
  }

  private static long significand(long bits) {
    long fraction = bits & 0xF_FFFF_FFFF_FFFFL;
    return biasedExponent(bits) == 0 ? fraction : fraction | 0x10_0000_0000_0000L;
  }

  private static int exponent(long bits) {
    return Math.max(biasedExponent(bits), 1) - 1075;
  }

  private static int biasedExponent(long bits) {
    return (int) (bits >>> 52) & 0x7FF;
  }
}
