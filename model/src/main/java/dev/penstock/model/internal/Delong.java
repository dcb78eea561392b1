package dev.penstock.model.internal;

import java.util.Arrays;

/**
 * The nonparametric variance of the area under the ROC curve of DeLong, DeLong and Clarke-Pearson
 * (1988). Each row has a <em>placement</em>: for a positive, how many negatives score below it,
 * ties counting half; for a negative, how many positives score above it. The area is their mean,
 * and its variance follows from theirs. Placements come from two sorted arrays, so the cost is that
 * of sorting (Sun and Xu, 2014); they are kept doubled, as integers, so that models that rank alike
 * differ by exactly 0.
 */
public final class Delong {
  private Delong() {}

  /**
   * An area and the variance of its estimate; of two models, the areas' difference and the variance
   * of that.
   */
  public record Estimate(double value, double variance) {}

  /** The area of one model. Needs two positives and two negatives at least. */
  public static Estimate area(float[] scores, float[] labels) {
    return estimate(placements(scores, labels), labels);
  }

  /** The area of the second model less that of the first, on the same rows. */
  public static Estimate difference(float[] first, float[] second, float[] labels) {
    int[] placements = placements(second, labels);
    int[] others = placements(first, labels);
    for (int i = 0; i < placements.length; i++) {
      placements[i] -= others[i];
    }
    return estimate(placements, labels);
  }

  private static Estimate estimate(int[] doubled, float[] labels) {
    long positives = 0;
    long sumOfPositives = 0;
    long sumOfNegatives = 0;
    for (int i = 0; i < doubled.length; i++) {
      if (labels[i] != 0) {
        positives++;
        sumOfPositives += doubled[i];
      } else {
        sumOfNegatives += doubled[i];
      }
    }
    long negatives = doubled.length - positives;
    double meanOfPositives = (double) sumOfPositives / positives;
    double meanOfNegatives = (double) sumOfNegatives / negatives;
    double squaresOfPositives = 0;
    double squaresOfNegatives = 0;
    for (int i = 0; i < doubled.length; i++) {
      if (labels[i] != 0) {
        double off = doubled[i] - meanOfPositives;
        squaresOfPositives += off * off;
      } else {
        double off = doubled[i] - meanOfNegatives;
        squaresOfNegatives += off * off;
      }
    }
    double scaleOfPositives = 2.0 * negatives;
    double scaleOfNegatives = 2.0 * positives;
    double variance =
        squaresOfPositives / (positives - 1) / positives / (scaleOfPositives * scaleOfPositives)
            + squaresOfNegatives
                / (negatives - 1)
                / negatives
                / (scaleOfNegatives * scaleOfNegatives);
    return new Estimate(meanOfPositives / scaleOfPositives, variance);
  }

  private static int[] placements(float[] scores, float[] labels) {
    float[] positives = new float[scores.length];
    float[] negatives = new float[scores.length];
    int p = 0;
    int n = 0;
    for (int i = 0; i < scores.length; i++) {
      if (labels[i] != 0) {
        positives[p++] = scores[i] + 0.0f;
      } else {
        negatives[n++] = scores[i] + 0.0f;
      }
    }
    positives = Arrays.copyOf(positives, p);
    negatives = Arrays.copyOf(negatives, n);
    Arrays.sort(positives);
    Arrays.sort(negatives);
    int[] placements = new int[scores.length];
    for (int i = 0; i < scores.length; i++) {
      placements[i] =
          labels[i] != 0
              ? below(negatives, scores[i]) + upTo(negatives, scores[i])
              : 2 * p - below(positives, scores[i]) - upTo(positives, scores[i]);
    }
    return placements;
  }

  /** How many of the sorted values lie below {@code value}. */
  private static int below(float[] sorted, float value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many of the sorted values lie at or below {@code value}. */
  private static int upTo(float[] sorted, float value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
