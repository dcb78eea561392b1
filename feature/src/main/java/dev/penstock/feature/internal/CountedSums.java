package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;

/**
 * Exact sums with the count of the rows in them. Rows whose numbers are infinite or NaN, and rows
 * whose products would not be exact, are counted and not summed.
 */
final class CountedSums {
  private final ExactSum[] sums;
  private long count;
  private long specials;
  private long beyond;

  CountedSums(int sums) {
    this.sums = new ExactSum[sums];
    for (int sum = 0; sum < sums; sum++) {
      this.sums[sum] = new ExactSum();
    }
  }

  /** How many rows there are, the unsummed among them. */
  long count() {
    return count;
  }

  int size() {
    return sums.length;
  }

  ExactSum sum(int index) {
    return sums[index];
  }

  /** Counts rows; the caller sums them where this returns true. */
  boolean add(long rows, boolean finite, boolean within) {
    count += rows;
    if (!finite) {
      specials += rows;
    } else if (!within) {
      beyond += rows;
    }
    return finite && within;
  }

  void clear() {
    count = 0;
    specials = 0;
    beyond = 0;
    for (ExactSum sum : sums) {
      sum.clear();
    }
  }

  void write(ByteSink out) {
    out.count(count);
    out.count(specials);
    out.count(beyond);
    for (ExactSum sum : sums) {
      sum.write(out);
    }
  }

  void merge(ByteSource in) {
    count += in.count();
    specials += in.count();
    beyond += in.count();
    for (ExactSum sum : sums) {
      sum.merge(in);
    }
  }

  /**
   * Answers where no sum is asked: nothing of fewer rows than the least, NaN where there is one
   * among them or an infinity, an error where a product is not exact. False where the sums tell.
   */
  boolean answers(Aggregate aggregate, Answer answer) {
    boolean sample =
        switch (aggregate.function()) {
          case VAR_SAMP, STDDEV_SAMP, COVAR_SAMP -> true;
          default -> false;
        };
    if (count < (sample ? 2 : 1)) {
      answer.nothing();
    } else if (specials > 0) {
      answer.real(Double.NaN);
    } else if (beyond > 0) {
      answer.error();
    } else {
      return false;
    }
    return true;
  }
}
