package dev.penstock.feature.internal;

/**
 * How many distinct values a HyperLogLog saw (P. Flajolet and others, 2007): a value's hash names
 * one of 4096 registers by its first 12 bits, and its rank is one more than the zeros that follow.
 * Asked is only how many registers hold which greatest rank, by O. Ertl's estimator ("New
 * cardinality estimation algorithms for HyperLogLog sketches", 2017, algorithm 6), which is free of
 * thresholds and of order. The standard error is 1.04 / √4096, 1.6 %.
 */
final class Registers {
  static final int COUNT = 4096;

  /** The greatest rank, of a hash that is zero after its first 12 bits. */
  static final int GREATEST_RANK = 53;

  private static final int INDEX_BITS = 12;

  /** 1 / (2 ln 2). */
  private static final double ALPHA = 0.7213475204444817;

  private Registers() {}

  static int index(long hash) {
    return (int) (hash >>> (64 - INDEX_BITS));
  }

  static int rank(long hash) {
    return Long.numberOfLeadingZeros((hash << INDEX_BITS) | (1L << (INDEX_BITS - 1))) + 1;
  }

  /**
   * @param registers how many registers have each greatest rank, from 0 on
   */
  static long estimate(int[] registers) {
    double m = COUNT;
    double z = m * tau(1 - registers[GREATEST_RANK] / m);
    for (int rank = GREATEST_RANK - 1; rank >= 1; rank--) {
      z = 0.5 * (z + registers[rank]);
    }
    z += m * sigma(registers[0] / m);
    return (long) Math.rint(ALPHA * m * m / z);
  }

  private static double sigma(double x) {
    if (x == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double power = x;
    double weight = 1;
    double sum = x;
    double before;
    do {
      power *= power;
      before = sum;
      sum += power * weight;
      weight += weight;
    } while (sum != before);
    return sum;
  }

  private static double tau(double x) {
    if (x == 0 || x == 1) {
      return 0;
    }
    double root = x;
    double weight = 1;
    double sum = 1 - x;
    double before;
    do {
      root = Math.sqrt(root);
      before = sum;
      weight *= 0.5;
      sum -= (1 - root) * (1 - root) * weight;
    } while (sum != before);
    return sum / 3;
  }
}
