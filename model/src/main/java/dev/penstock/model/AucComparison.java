package dev.penstock.model;

import dev.penstock.model.internal.Delong;
import dev.penstock.model.internal.Normal;

/**
 * The paired test of DeLong, DeLong and Clarke-Pearson (1988): whether two models that scored the
 * same rows differ in AUC, in the fast form of Sun and Xu (2014).
 *
 * @param n how many rows
 * @param positives how many of them are positive
 * @param first the AUC of the first model
 * @param second the AUC of the second model
 * @param difference {@code second - first}
 * @param standardError of {@code second - first}; 0 when the two rank alike
 */
public record AucComparison(
    long n, long positives, double first, double second, double difference, double standardError) {

  /**
   * Compares two models on the same rows.
   *
   * @throws dev.penstock.data.PenstockException {@link
   *     dev.penstock.data.ErrorCode#EVALUATION_FAILED} unless there are two positives and two
   *     negatives at least
   */
  public static AucComparison of(float[] first, float[] second, float[] labels) {
    long positives = AucInterval.positives(labels);
    Delong.Estimate difference = Delong.difference(first, second, labels);
    return new AucComparison(
        labels.length,
        positives,
        Delong.area(first, labels).value(),
        Delong.area(second, labels).value(),
        difference.value(),
        Math.sqrt(difference.variance()));
  }

  /**
   * The one-sided lower bound of the difference: with this confidence the second model is better by
   * at least so much.
   */
  public double lowerBound(double confidence) {
    return difference - Normal.quantile(confidence) * standardError;
  }

  /** The one-sided p-value of "the second model is not better". */
  public double pValue() {
    if (standardError == 0) {
      return difference > 0 ? 0 : 1;
    }
    return Normal.upperTail(difference / standardError);
  }
}
