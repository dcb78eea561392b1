package dev.penstock.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The runs of one job, seconds. */
record Timing(String job, List<Double> seconds) {
  /** Work that is timed. */
  interface Work {
    void run() throws Exception;
  }

  private static final double LONG = 45;

  /** Runs it once to warm up, and then so many times; once if it takes longer than 45 s. */
  static Timing of(String job, int runs, Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    boolean isLong = (System.nanoTime() - start) / 1e9 > LONG;
    List<Double> seconds = new ArrayList<>();
    for (int run = 0; run < (isLong ? 1 : runs); run++) {
      System.gc();
      long began = System.nanoTime();
      work.run();
      seconds.add((System.nanoTime() - began) / 1e9);
    }
    Timing timing = new Timing(job, seconds);
    System.err.println("  " + timing);
    return timing;
  }

  double median() {
    return seconds.stream().sorted().toList().get(seconds.size() / 2);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-32s %8.3f s (%.3f to %.3f)",
        job,
        median(),
        Collections.min(seconds),
        Collections.max(seconds));
  }
}
