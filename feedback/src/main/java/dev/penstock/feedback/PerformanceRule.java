package dev.penstock.feedback;

/**
 * When a period's figures say something.
 *
 * @param confidence of the AUC's two-sided interval, such as 0.95
 * @param minimumPerClass how many positives and how many negatives a verdict needs
 * @param tolerance how far below its reference the AUC may lie
 */
public record PerformanceRule(double confidence, long minimumPerClass, double tolerance) {
  public static final PerformanceRule DEFAULT = new PerformanceRule(0.95, 100, 0.01);

  public PerformanceRule {
    if (!(confidence > 0 && confidence < 1) || minimumPerClass < 2 || !(tolerance >= 0)) {
      throw new IllegalArgumentException("no rule: " + confidence + ", " + minimumPerClass);
    }
  }
}
