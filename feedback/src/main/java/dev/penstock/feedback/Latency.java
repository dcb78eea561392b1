package dev.penstock.feedback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long something took, in microseconds. Percentiles are of the values themselves (nearest
 * rank), null without any.
 *
 * @param name what was measured
 * @param buckets in order, ten to a decade, the empty ones between included
 */
public record Latency(
    String name,
    long count,
    @Nullable Long median,
    @Nullable Long p95,
    @Nullable Long p99,
    @Nullable Long slowest,
    List<Bucket> buckets) {
  private static final int BUCKETS_PER_DECADE = 10;

  /** How many took {@code [from, to)} microseconds. */
  public record Bucket(double from, double to, long count) {}

  public Latency {
    buckets = List.copyOf(buckets);
  }

  /** Sums up measurements, in microseconds. */
  public static Latency of(String name, long[] micros) {
    long[] sorted = micros.clone();
    Arrays.sort(sorted);
    return new Latency(
        name,
        sorted.length,
        percentile(sorted, 0.5),
        percentile(sorted, 0.95),
        percentile(sorted, 0.99),
        percentile(sorted, 1),
        buckets(sorted));
  }

  private static @Nullable Long percentile(long[] sorted, double share) {
    if (sorted.length == 0) {
      return null;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  private static List<Bucket> buckets(long[] sorted) {
    List<Bucket> buckets = new ArrayList<>();
    int at = 0;
    while (at < sorted.length) {
      int step = step(sorted[at]);
      double to = edge(step + 1);
      int end = at;
      while (end < sorted.length && step(sorted[end]) == step) {
        end++;
      }
      if (!buckets.isEmpty()) {
        for (int gap = step(sorted[at - 1]) + 1; gap < step; gap++) {
          buckets.add(new Bucket(edge(gap), edge(gap + 1), 0));
        }
      }
      buckets.add(new Bucket(edge(step), to, end - at));
      at = end;
    }
    return buckets;
  }

  private static int step(long micros) {
    return (int)
        Math.floor(StrictMath.log10((double) Math.max(1, micros)) * BUCKETS_PER_DECADE + 1e-9);
  }

  private static double edge(int step) {
    return StrictMath.pow(10, (double) step / BUCKETS_PER_DECADE);
  }
}
