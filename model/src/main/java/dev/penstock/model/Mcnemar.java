package dev.penstock.model;

import dev.penstock.model.internal.Binomial;

/**
 * McNemar's exact test: whether of two models that decided the same rows one is right more often.
 *
 * @param firstOnly rows that only the first got right
 * @param secondOnly rows that only the second got right
 */
public record Mcnemar(long n, long firstOnly, long secondOnly) {

  /** Compares decisions, true or false, with what came. */
  public static Mcnemar of(boolean[] first, boolean[] second, boolean[] outcome) {
    if (first.length != outcome.length || second.length != outcome.length) {
      throw new IllegalArgumentException("the two models decided different rows");
    }
    long firstOnly = 0;
    long secondOnly = 0;
    for (int i = 0; i < outcome.length; i++) {
      if (first[i] != second[i]) {
        firstOnly += first[i] == outcome[i] ? 1 : 0;
        secondOnly += second[i] == outcome[i] ? 1 : 0;
      }
    }
    return new Mcnemar(outcome.length, firstOnly, secondOnly);
  }

  /** The one-sided p-value of "the second is not better"; 1 when they never disagree. */
  public double pValue() {
    return Binomial.upperTailOfHalf(firstOnly + secondOnly, secondOnly);
  }
}
