package dev.penstock.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well scores between 0 and 1 foretell a yes or no. What is undefined on the rows given, such
 * as the AUC of rows that are all negative, is null and never 0.
 *
 * @param n how many rows
 * @param positives how many of them are positive
 * @param auc area under the ROC curve, ties counting half; exact
 * @param logLoss mean negative log likelihood, natural logarithm, scores clipped to [1e-15,
 *     1-1e-15]
 * @param brier mean squared difference of score and outcome
 * @param accuracy share of rows where {@code score >= threshold} is the outcome
 * @param threshold the threshold of the accuracy
 * @param meanScore mean score
 * @param calibrationError expected calibration error over {@code calibration}
 * @param calibration bins of equal numbers of rows, from the lowest scores to the highest; rows of
 *     one score are never torn apart
 */
public record Evaluation(
    long n,
    long positives,
    @Nullable Double auc,
    @Nullable Double logLoss,
    @Nullable Double brier,
    @Nullable Double accuracy,
    double threshold,
    @Nullable Double meanScore,
    @Nullable Double calibrationError,
    List<CalibrationBin> calibration) {
  public static final double DEFAULT_THRESHOLD = 0.5;

  public Evaluation {
    calibration = List.copyOf(calibration);
  }

  public static Evaluation of(float[] scores, float[] labels) {
    return of(scores, labels, DEFAULT_THRESHOLD);
  }

  /**
   * Evaluates scores against outcomes.
   *
   * @param scores in [0, 1]
   * @param labels 0 or 1
   */
  public static Evaluation of(float[] scores, float[] labels, double threshold) {
    return Measures.evaluate(scores, labels, threshold);
  }

  /** The share of positives; null without rows. */
  public @Nullable Double baseRate() {
    return n == 0 ? null : (double) positives / n;
  }
}
