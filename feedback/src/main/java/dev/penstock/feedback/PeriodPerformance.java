package dev.penstock.feedback;

import org.jspecify.annotations.Nullable;

/**
 * How a model did in one period {@code [from, to)}, by the time it was asked. What is undefined is
 * null.
 *
 * @param name the period, as a reader names it
 * @param from its start, in microseconds UTC
 * @param to its end, exclusive
 * @param predictions how many predictions were made in it
 * @param n how many of them have an outcome by now
 * @param positives how many of those are positive
 * @param aucLow the lower end of the AUC's interval
 * @param aucHigh its upper end
 */
public record PeriodPerformance(
    String name,
    long from,
    long to,
    long predictions,
    long n,
    long positives,
    @Nullable Double auc,
    @Nullable Double aucLow,
    @Nullable Double aucHigh,
    @Nullable Double logLoss,
    @Nullable Double brier,
    @Nullable Double calibrationError,
    @Nullable Double meanScore,
    @Nullable Double baseRate,
    Verdict verdict) {

  /** What the period says against the reference. */
  public enum Verdict {
    /** The reference, less the tolerance, lies within the interval or below it. */
    AS_EXPECTED,
    /** The whole interval lies below the reference less the tolerance. */
    WORSE,
    /** There are too few outcomes to tell. */
    INCONCLUSIVE
  }
}
