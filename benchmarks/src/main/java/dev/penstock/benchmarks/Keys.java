package dev.penstock.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws keys from {@code [0, Workload.KEYS)} by Zipf's law; with exponent 0 all alike. */
final class Keys {
  /** How much of the draws the keys up to each have. */
  private final double[] upTo = new double[Workload.KEYS];

  Keys(double exponent) {
    double sum = 0;
    for (int key = 0; key < upTo.length; key++) {
      sum += 1 / Math.pow(key + 1, exponent);
      upTo[key] = sum;
    }
    for (int key = 0; key < upTo.length; key++) {
      upTo[key] /= sum;
    }
  }

  long draw(SplittableRandom random) {
    int found = Arrays.binarySearch(upTo, random.nextDouble());
    int rank = Math.min(upTo.length - 1, found < 0 ? -found - 1 : found);
    // Keys that are frequent do not stand side by side.
    return Math.floorMod(rank * 2_654_435_761L, (long) upTo.length);
  }
}
