package dev.penstock.feature.internal;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The exact sum of any doubles: additions, removals and merges in any order leave the same sum, and
 * it is rounded once, half to even, when asked for.
 *
 * <p>A superaccumulator (R. M. Neal, "Fast exact summation using small and large
 * superaccumulators", 2015). Every finite double is a whole multiple of 2^-1074, so the sum is one
 * wide integer, kept in chunks of weight 2^(32 i). A chunk is a signed long, so carries can wait
 * for 2^30 additions. NaN and the infinities are counted beside it. A zero of either sign adds
 * nothing: an empty sum is +0.
 */
final class ExactSum {
  /** Doubles reach chunk 65; two more hold the carries of 2^63 additions. */
  private static final int CHUNKS = 68;

  private static final long DIGIT = 0xFFFF_FFFFL;
  private static final int ADDITIONS_BEFORE_CARRY = 1 << 30;
  private static final long FRACTION = (1L << 52) - 1;
  private static final int GREATEST_EXPONENT = 2046;

  private final long[] chunks = new long[CHUNKS];

  /** The chunks that may not be zero: [low, high). */
  private int low = CHUNKS;

  private int high;
  private int pending;
  private long nans;
  private long positiveInfinities;
  private long negativeInfinities;

  /** The digits of the sum's magnitude, made anew by {@link #magnitude}. */
  private final long[] digits = new long[CHUNKS + 2];

  private int digitsEnd;

  /** The value as it was made last, and whether nothing has changed since. */
  private double known;

  private boolean isKnown;

  void clear() {
    isKnown = false;
    if (low < high) {
      Arrays.fill(chunks, low, high, 0);
    }
    low = CHUNKS;
    high = 0;
    pending = 0;
    nans = 0;
    positiveInfinities = 0;
    negativeInfinities = 0;
  }

  void add(double value) {
    changeBits(Double.doubleToRawLongBits(value), 1);
  }

  /** Takes one equal value out that was added. */
  void remove(double value) {
    changeBits(Double.doubleToRawLongBits(value), -1);
  }

  /** Adds a value, or takes it out: times is 1 or -1. */
  void change(double value, int times) {
    changeBits(Double.doubleToRawLongBits(value), times);
  }

  /** Adds a whole number, or takes it out: times is 1 or -1. */
  void change(long value, int times) {
    change((value >> 32) * 0x1p32, times);
    change((double) (value & DIGIT), times);
  }

  private void changeBits(long bits, int times) {
    isKnown = false;
    int exponent = (int) (bits >>> 52) & 0x7FF;
    long significand = bits & FRACTION;
    if (exponent > GREATEST_EXPONENT) {
      changeSpecial(bits, significand, times);
      return;
    }
    int shift = 0;
    if (exponent != 0) {
      significand |= 1L << 52;
      shift = exponent - 1;
    }
    int first = shift >>> 5;
    int within = shift & 31;
    long sign = bits < 0 ? -times : times;
    chunks[first] += sign * ((significand << within) & DIGIT);
    chunks[first + 1] += sign * ((significand >>> (32 - within)) & DIGIT);
    chunks[first + 2] += sign * ((significand >>> 1) >>> (63 - within));
    if (first < low) {
      low = first;
    }
    if (first + 3 > high) {
      high = first + 3;
    }
    if (++pending == ADDITIONS_BEFORE_CARRY) {
      carry();
    }
  }

  private void changeSpecial(long bits, long significand, int times) {
    if (significand != 0) {
      nans += times;
    } else if (bits < 0) {
      negativeInfinities += times;
    } else {
      positiveInfinities += times;
    }
  }

  /** Moves what a chunk has beyond 32 bits into the next, so that more can be added. */
  void carry() {
    for (int i = low; i < CHUNKS - 1; i++) {
      long carried = chunks[i] >> 32;
      chunks[i] &= DIGIT;
      chunks[i + 1] += carried;
    }
    high = CHUNKS;
    pending = 0;
  }

  /**
   * The sum as a double. Infinite only if an infinity was added, else {@link #overflows} is true.
   */
  double value() {
    if (!isKnown) {
      known = made();
      isKnown = true;
    }
    return known;
  }

  private double made() {
    if (nans > 0 || (positiveInfinities > 0 && negativeInfinities > 0)) {
      return Double.NaN;
    }
    if (positiveInfinities > 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (negativeInfinities > 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return finiteValue();
  }

  /** Whether a value was infinite by rounding: finite numbers whose sum is no finite double. */
  boolean overflows(double value) {
    return Double.isInfinite(value) && positiveInfinities == 0 && negativeInfinities == 0;
  }

  /** The sum of the finite values, not rounded. */
  Dyadic exact() {
    boolean negative = magnitude();
    int top = top();
    if (top < 0) {
      return Dyadic.ZERO;
    }
    int bottom = low;
    while (digits[bottom] == 0) {
      bottom++;
    }
    byte[] bytes = new byte[4 * (top - bottom + 1)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (digits[top - i / 4] >>> (24 - 8 * (i % 4)));
    }
    return new Dyadic(new BigInteger(negative ? -1 : 1, bytes), 32 * bottom - 1074);
  }

  private double finiteValue() {
    boolean negative = magnitude();
    int top = top();
    if (top < 0) {
      return 0;
    }
    int headBits = 64 - Long.numberOfLeadingZeros(digits[top]);
    int bitLength = 32 * top + headBits;
    double absolute;
    if (bitLength <= 53) {
      // Up to here the integer, in units of 2^-1074, is the bit pattern of the double.
      absolute = Double.longBitsToDouble((top == 1 ? digits[1] << 32 : 0) | digits[0]);
    } else {
      absolute = rounded(top, headBits, bitLength);
    }
    return negative ? -absolute : absolute;
  }

  /** Rounds the digits half to even; they have more than 53 bits, so top is 1 at least. */
  private double rounded(int top, int headBits, int bitLength) {
    long third = top >= 2 ? digits[top - 2] : 0;
    long head =
        (digits[top] << (64 - headBits))
            | (digits[top - 1] << (32 - headBits))
            | third >>> headBits;
    boolean rest = (third & ((1L << headBits) - 1)) != 0;
    for (int i = top - 3; i >= low && !rest; i--) {
      rest = digits[i] != 0;
    }
    long significand = head >>> 11;
    long cut = head & 0x7FF;
    if (cut > 0x400 || (cut == 0x400 && (rest || (significand & 1) != 0))) {
      significand++;
    }
    // A significand that was rounded up to 2^53 carries into the exponent by itself.
    long bits = ((long) (bitLength - 53) << 52) + significand;
    return bits >>> 52 > GREATEST_EXPONENT
        ? Double.POSITIVE_INFINITY
        : Double.longBitsToDouble(bits);
  }

  /**
   * Writes the sum's magnitude into {@link #digits}, from two below {@link #low} to {@link
   * #digitsEnd}; true if the sum is negative.
   */
  private boolean magnitude() {
    for (int i = Math.max(0, low - 2); i < low; i++) {
      digits[i] = 0;
    }
    long carried = 0;
    for (int i = low; i < high; i++) {
      long sum = chunks[i] + carried;
      digits[i] = sum & DIGIT;
      carried = sum >> 32;
    }
    digitsEnd = Math.max(low, high);
    while (carried != 0 && carried != -1) {
      digits[digitsEnd++] = carried & DIGIT;
      carried >>= 32;
    }
    if (carried == 0) {
      return false;
    }
    long borrow = 1;
    for (int i = low; i < digitsEnd; i++) {
      long digit = (~digits[i] & DIGIT) + borrow;
      digits[i] = digit & DIGIT;
      borrow = digit >>> 32;
    }
    if (borrow != 0) {
      digits[digitsEnd++] = borrow;
    }
    return true;
  }

  /** The highest digit that is not zero, or -1. */
  private int top() {
    int top = digitsEnd - 1;
    while (top >= low && digits[top] == 0) {
      top--;
    }
    return top < low ? -1 : top;
  }

  /** Equal sums write equal bytes, however they came about. */
  void write(ByteSink out) {
    boolean special = (nans | positiveInfinities | negativeInfinities) != 0;
    boolean negative = magnitude();
    int top = top();
    int bottom = low;
    while (bottom < top && digits[bottom] == 0) {
      bottom++;
    }
    out.oneByte((special ? 1 : 0) | (negative ? 2 : 0));
    if (special) {
      out.count(nans);
      out.count(positiveInfinities);
      out.count(negativeInfinities);
    }
    out.count(top < 0 ? 0 : top - bottom + 1);
    if (top >= 0) {
      out.count(bottom);
      for (int i = bottom; i <= top; i++) {
        out.fourBytes((int) digits[i]);
      }
    }
  }

  /** Adds a written sum to this one. */
  void merge(ByteSource in) {
    isKnown = false;
    int flags = in.oneByte();
    if ((flags & 1) != 0) {
      nans += in.count();
      positiveInfinities += in.count();
      negativeInfinities += in.count();
    }
    int size = in.length();
    if (size == 0) {
      return;
    }
    long from = in.count();
    if (from < 0 || from + size > CHUNKS) {
      throw ByteSource.corrupt("a sum of " + size + " digits from " + from);
    }
    int bottom = (int) from;
    for (int i = bottom; i < bottom + size; i++) {
      long digit = in.fourBytes() & DIGIT;
      chunks[i] += (flags & 2) != 0 ? -digit : digit;
    }
    low = Math.min(low, bottom);
    high = Math.max(high, bottom + size);
    if (++pending == ADDITIONS_BEFORE_CARRY) {
      carry();
    }
  }
}
