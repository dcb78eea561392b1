package dev.penstock.quality;

import java.math.BigDecimal;

/**
 * The range a measured value must be in. Numbers are compared exactly, a bound being the shortest
 * decimal that is written so: {@code 10.1} as a bound equals the decimal 10.1.
 *
 * @param low negative infinity when unbounded
 * @param high infinity when unbounded
 */
public record Bound(double low, boolean lowIncluded, double high, boolean highIncluded) {
  public Bound {
    if (Double.isNaN(low) || Double.isNaN(high)) {
      throw new IllegalArgumentException("NaN bounds nothing");
    }
  }

  public static Bound atLeast(double low) {
    return new Bound(low, true, Double.POSITIVE_INFINITY, true);
  }

  public static Bound above(double low) {
    return new Bound(low, false, Double.POSITIVE_INFINITY, true);
  }

  public static Bound atMost(double high) {
    return new Bound(Double.NEGATIVE_INFINITY, true, high, true);
  }

  public static Bound below(double high) {
    return new Bound(Double.NEGATIVE_INFINITY, true, high, false);
  }

  public static Bound equalTo(double value) {
    return new Bound(value, true, value, true);
  }

  /** Both ends included, as SQL's BETWEEN. */
  public static Bound between(double low, double high) {
    return new Bound(low, true, high, true);
  }

  /** Whether the value is in the range; NaN is in none. */
  public boolean holds(double value) {
    return (lowIncluded ? value >= low : value > low)
        && (highIncluded ? value <= high : value < high);
  }

  public boolean holds(BigDecimal value) {
    int toLow = compare(value, low);
    int toHigh = compare(value, high);
    return (lowIncluded ? toLow >= 0 : toLow > 0) && (highIncluded ? toHigh <= 0 : toHigh < 0);
  }

  private static int compare(BigDecimal value, double bound) {
    if (Double.isInfinite(bound)) {
      return bound > 0 ? -1 : 1;
    }
    return value.compareTo(BigDecimal.valueOf(bound));
  }

  /** As it is written in a definition: {@code >= 1000}, {@code BETWEEN -30 AND 60}. */
  @Override
  public String toString() {
    if (low == high) {
      return "= " + Numbers.text(low);
    } else if (high == Double.POSITIVE_INFINITY) {
      return (lowIncluded ? ">= " : "> ") + Numbers.text(low);
    } else if (low == Double.NEGATIVE_INFINITY) {
      return (highIncluded ? "<= " : "< ") + Numbers.text(high);
    } else if (lowIncluded && highIncluded) {
      return "BETWEEN " + Numbers.text(low) + " AND " + Numbers.text(high);
    }
    return "in "
        + (lowIncluded ? "[" : "(")
        + Numbers.text(low)
        + ", "
        + Numbers.text(high)
        + (highIncluded ? "]" : ")");
  }
}
