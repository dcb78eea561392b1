package dev.penstock.model;

/**
 * Watches a metric that is better the smaller, or the larger, and says when it stopped improving.
 */
final class EarlyStopping {
  private final boolean largerIsBetter;
  private final int patience;
  private double best;
  private int bestRound;
  private int lastRound;

  EarlyStopping(XgboostParameters parameters) {
    this.largerIsBetter = parameters.metric().equals("auc");
    this.patience = parameters.stoppingRounds();
    this.best = largerIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  void add(int round, double metric) {
    if (largerIsBetter ? metric > best : metric < best) {
      best = metric;
      bestRound = round;
    }
    lastRound = round;
  }

  boolean isOver() {
    return patience > 0 && lastRound - bestRound >= patience;
  }

  /** The round after which the metric was best; all rounds when it never was a number. */
  int bestRound() {
    return bestRound == 0 ? lastRound : bestRound;
  }

  double best() {
    return best;
  }
}
