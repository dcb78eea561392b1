package dev.penstock.quality;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * The finite numbers of a column, summed. Both sums are exact, so that neither the order of the
 * rows nor how they were split and merged can show; what is derived from them is rounded once, at
 * its end.
 *
 * @param count how many finite numbers there are
 */
public record Moments(long count, BigDecimal sum, BigDecimal sumOfSquares) {
  private static final MathContext DIGITS = new MathContext(40);

  public static final Moments NONE = new Moments(0, BigDecimal.ZERO, BigDecimal.ZERO);

  public Moments {
    sum = sum.stripTrailingZeros();
    sumOfSquares = sumOfSquares.stripTrailingZeros();
  }

  public Moments merge(Moments other) {
    return new Moments(
        Math.addExact(count, other.count),
        sum.add(other.sum),
        sumOfSquares.add(other.sumOfSquares));
  }

  /** Null without numbers. */
  public @Nullable Double mean() {
    return count == 0 ? null : sum.divide(BigDecimal.valueOf(count), DIGITS).doubleValue();
  }

  /** The sample's standard deviation, with {@code count - 1} below; null under two numbers. */
  public @Nullable Double standardDeviation() {
    if (count < 2) {
      return null;
    }
    BigDecimal n = BigDecimal.valueOf(count);
    BigDecimal squares = n.multiply(sumOfSquares).subtract(sum.multiply(sum));
    return squares
        .divide(n.multiply(BigDecimal.valueOf(count - 1)), DIGITS)
        .sqrt(DIGITS)
        .doubleValue();
  }
}
