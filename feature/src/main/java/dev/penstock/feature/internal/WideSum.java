package dev.penstock.feature.internal;

/** A sum of longs in 128 bits: exact for any 2^63 of them, in any order. */
final class WideSum {
  private long high;
  private long low;

  void clear() {
    high = 0;
    low = 0;
  }

  void add(long value) {
    addWide(value >> 63, value);
  }

  void remove(long value) {
    long before = low;
    low -= value;
    high -= (value >> 63) + (Long.compareUnsigned(before, value) < 0 ? 1 : 0);
  }

  private void addWide(long otherHigh, long otherLow) {
    low += otherLow;
    high += otherHigh + (Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0);
  }

  boolean fitsLong() {
    return high == low >> 63;
  }

  /** The sum, if it {@link #fitsLong}. */
  long low() {
    return low;
  }

  /** The nearest double, half to even. */
  double rounded() {
    if (fitsLong()) {
      return (double) low;
    }
    boolean negative = high < 0;
    long h = negative ? ~high + (low == 0 ? 1 : 0) : high;
    long l = negative ? -low : low;
    // At least 64 bits now. All but the head of 64 go into its last bit, far below where a double
    // rounds, so that nothing is rounded twice.
    int shift = 64 - Long.numberOfLeadingZeros(h);
    long head = shift == 0 ? l : shift == 64 ? h : (h << (64 - shift)) | (l >>> shift);
    long cut = shift == 0 ? 0 : shift == 64 ? l : l << (64 - shift);
    if (cut != 0) {
      head |= 1;
    }
    // Unsigned to double: halved with the lost bit kept, converted, doubled.
    double value = (double) ((head >>> 1) | (head & 1)) * 2 * Math.scalb(1.0, shift);
    return negative ? -value : value;
  }

  /** Sign and size of the number, not of its parts, decide how many bytes it takes. */
  void write(ByteSink out) {
    out.oneByte(fitsLong() ? 0 : 1);
    if (fitsLong()) {
      out.signed(low);
    } else {
      out.eightBytes(low);
      out.signed(high);
    }
  }

  void merge(ByteSource in) {
    if (in.oneByte() == 0) {
      add(in.signed());
    } else {
      long otherLow = in.eightBytes();
      addWide(in.signed(), otherLow);
    }
  }
}
