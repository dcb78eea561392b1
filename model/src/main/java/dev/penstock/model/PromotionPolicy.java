package dev.penstock.model;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;

/**
 * When a challenger takes over, written down before it is looked at.
 *
 * @param minimumImprovement how much better in AUC it must be: the lower bound of the difference
 *     has to lie above it
 * @param confidence of that bound, one-sided; such as 0.95
 * @param logLossMargin how much worse its log loss may be, on the bound of that confidence
 * @param minimumRows how many rows the comparison needs
 * @param minimumPerClass how many positives, and how many negatives, it needs
 */
public record PromotionPolicy(
    double minimumImprovement,
    double confidence,
    double logLossMargin,
    long minimumRows,
    long minimumPerClass) {
  public static final PromotionPolicy DEFAULT = new PromotionPolicy(0, 0.95, 0.002, 1_000, 100);

  public PromotionPolicy {
    check(minimumImprovement >= 0, "min_improvement", minimumImprovement, "at least 0");
    check(confidence > 0.5 && confidence < 1, "confidence", confidence, "between 0.5 and 1");
    check(logLossMargin >= 0, "log_loss_margin", logLossMargin, "at least 0");
    check(minimumRows >= 4, "min_rows", (double) minimumRows, "at least 4");
    check(minimumPerClass >= 2, "min_per_class", (double) minimumPerClass, "at least 2");
  }

  private static void check(boolean holds, String name, double value, String hint) {
    if (!holds) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE,
          "promotion's " + name + " cannot be " + value,
          "it is " + hint);
    }
  }
}
