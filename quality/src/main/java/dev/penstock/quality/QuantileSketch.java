package dev.penstock.quality;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles of finite numbers within 0.8 % of the value, from counts in buckets: each power of two
 * is split into 64 equal parts. The bucket is read off the number's leading bits, so it is the same
 * everywhere, and merging adds counts. Ranks are exact. (The relative guarantee does not hold for
 * numbers nearer to zero than 2.3e-308.) Immutable.
 */
public final class QuantileSketch {
  /** Sign, exponent and six bits of the fraction stay. */
  private static final int DROPPED_BITS = 46;

  /** A half bucket, by the value: what an answer may be off. */
  public static final double RELATIVE_ERROR = 1.0 / 128;

  private final int[] buckets;
  private final long[] counts;
  private final long count;

  private QuantileSketch(int[] buckets, long[] counts) {
    this.buckets = buckets;
    this.counts = counts;
    this.count = Arrays.stream(counts).sum();
  }

  /** Of buckets in ascending order, each with a count above 0. */
  static QuantileSketch of(int[] buckets, long[] counts) {
    for (int i = 0; i < buckets.length; i++) {
      if (counts[i] <= 0 || (i > 0 && buckets[i] <= buckets[i - 1])) {
        throw new IllegalArgumentException("bucket " + buckets[i] + " out of order or empty");
      }
    }
    return new QuantileSketch(buckets.clone(), counts.clone());
  }

  public static QuantileSketch empty() {
    return new QuantileSketch(new int[0], new long[0]);
  }

  public long count() {
    return count;
  }

  /**
   * The smallest number that at least the share {@code q} of all is not above (nearest rank),
   * within {@link #RELATIVE_ERROR}; null without numbers.
   *
   * @param q from 0 to 1
   */
  public @Nullable Double quantile(double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("no quantile: " + q);
    }
    if (count == 0) {
      return null;
    }
    long rank = Math.max(1, (long) Math.ceil(q * count));
    long seen = 0;
    int i = 0;
    while (seen + counts[i] < rank) {
      seen += counts[i++];
    }
    return middle(buckets[i]);
  }

  public QuantileSketch merge(QuantileSketch other) {
    TreeMap<Integer, Long> all = new TreeMap<>();
    for (int i = 0; i < buckets.length; i++) {
      all.put(buckets[i], counts[i]);
    }
    for (int i = 0; i < other.buckets.length; i++) {
      all.merge(other.buckets[i], other.counts[i], Long::sum);
    }
    int[] ids = new int[all.size()];
    long[] sums = new long[all.size()];
    int next = 0;
    for (Map.Entry<Integer, Long> entry : all.entrySet()) {
      ids[next] = entry.getKey();
      sums[next++] = entry.getValue();
    }
    return new QuantileSketch(ids, sums);
  }

  int[] buckets() {
    return buckets.clone();
  }

  long[] counts() {
    return counts.clone();
  }

  /** 0 for zero, then upwards for what is above, downwards for what is below. */
  private static int bucket(double value) {
    if (value == 0) {
      return 0;
    }
    int magnitude = (int) (Double.doubleToRawLongBits(Math.abs(value)) >>> DROPPED_BITS) + 1;
    return value > 0 ? magnitude : -magnitude;
  }

  private static double middle(int bucket) {
    if (bucket == 0) {
      return 0;
    }
    long bits = (long) (Math.abs(bucket) - 1) << DROPPED_BITS;
    double low = Double.longBitsToDouble(bits);
    double width = Double.longBitsToDouble(bits + (1L << DROPPED_BITS)) - low;
    double middle = Double.isInfinite(width) ? low : low + width / 2;
    return bucket > 0 ? middle : -middle;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof QuantileSketch sketch
        && Arrays.equals(sketch.buckets, buckets)
        && Arrays.equals(sketch.counts, counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(buckets) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return count + " numbers in " + buckets.length + " buckets";
  }

  /** Counts into a dense range of buckets that grows. Not thread-safe. */
  static final class Builder {
    private long[] counts = new long[0];
    private int first;

    /** Adds a finite number. */
    void add(double value) {
      int bucket = bucket(value);
      int at = bucket - first;
      if (at < 0 || at >= counts.length) {
        grow(bucket);
        at = bucket - first;
      }
      counts[at]++;
    }

    QuantileSketch build() {
      int[] ids = new int[counts.length];
      long[] kept = new long[counts.length];
      int size = 0;
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0) {
          ids[size] = first + i;
          kept[size++] = counts[i];
        }
      }
      return new QuantileSketch(Arrays.copyOf(ids, size), Arrays.copyOf(kept, size));
    }

    private void grow(int bucket) {
      int spare = 64;
      int low = counts.length == 0 ? bucket - spare : Math.min(first, bucket - spare);
      int high =
          counts.length == 0 ? bucket + spare : Math.max(first + counts.length, bucket + spare);
      long[] grown = new long[high - low];
      System.arraycopy(counts, 0, grown, counts.length == 0 ? 0 : first - low, counts.length);
      counts = grown;
      first = low;
    }
  }
}
