package dev.penstock.model;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.model.internal.Delong;
import dev.penstock.model.internal.Normal;

/**
 * An AUC with DeLong's standard error.
 *
 * @param n how many rows
 * @param positives how many of them are positive
 */
public record AucInterval(long n, long positives, double auc, double standardError) {

  /**
   * Measures one model.
   *
   * @throws dev.penstock.data.PenstockException {@link
   *     dev.penstock.data.ErrorCode#EVALUATION_FAILED} unless there are two positives and two
   *     negatives at least
   */
  public static AucInterval of(float[] scores, float[] labels) {
    long positives = positives(labels);
    Delong.Estimate area = Delong.area(scores, labels);
    return new AucInterval(labels.length, positives, area.value(), Math.sqrt(area.variance()));
  }

  /** The lower end of the two-sided interval. */
  public double low(double confidence) {
    return Math.max(0, auc - Normal.quantile((1 + confidence) / 2) * standardError);
  }

  /** The upper end of the two-sided interval. */
  public double high(double confidence) {
    return Math.min(1, auc + Normal.quantile((1 + confidence) / 2) * standardError);
  }

  /** Counts the positives, and refuses rows that leave the variance undefined. */
  static long positives(float[] labels) {
    long positives = 0;
    for (float label : labels) {
      positives += label != 0 ? 1 : 0;
    }
    if (positives < 2 || labels.length - positives < 2) {
      throw new PenstockException(
          ErrorCode.EVALUATION_FAILED,
          positives + " positives of " + labels.length + " rows leave the AUC's error undefined",
          "give it two positives and two negatives at least");
    }
    return positives;
  }
}
