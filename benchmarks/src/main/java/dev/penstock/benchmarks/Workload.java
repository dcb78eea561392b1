package dev.penstock.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * A history, questions about it, and what is asked.
 *
 * @param events rows of the history, over {@link #DAYS} days
 * @param labels questions: a key and a moment each
 * @param numbers how many columns of numbers an event has: {@code v1}, {@code v2} …
 * @param exponent of the Zipf law that keys follow; 0 for keys that are equally frequent
 */
record Workload(String name, int events, int labels, int numbers, double exponent, Asked asked) {
  static final int KEYS = 100_000;
  static final int DAYS = 90;
  static final List<String> WINDOWS = List.of("1h", "1d", "7d", "30d");

  /** What is asked for each label. */
  enum Asked {
    /** Count, sum, mean, least and greatest over each of {@link #WINDOWS}. */
    ROLLING,
    /** The latest value of each column of numbers. */
    LATEST,
    /** Distinct values, a percentile and the most frequent values over 30 days; a session. */
    SKETCHES
  }

  static Workload of(String name) {
    return switch (name) {
      case "P1" -> new Workload(name, 5_000_000, 500_000, 1, 0, Asked.ROLLING);
      case "P2" -> new Workload(name, 5_000_000, 500_000, 5, 0, Asked.LATEST);
      case "P3" -> new Workload(name, 5_000_000, 500_000, 1, 0.9, Asked.ROLLING);
      case "P4" -> new Workload(name, 50_000_000, 5_000_000, 1, 0.9, Asked.ROLLING);
      case "P5" -> new Workload(name, 5_000_000, 500_000, 1, 0.9, Asked.SKETCHES);
      default -> throw new IllegalArgumentException(name + " is none of P1 to P5");
    };
  }

  /** Names the data: workloads of one history share it. */
  String history() {
    return String.format(Locale.ROOT, "%d-%d-%d-%.1f", events, labels, numbers, exponent);
  }
}
