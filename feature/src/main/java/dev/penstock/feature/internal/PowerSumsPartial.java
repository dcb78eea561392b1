package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import java.math.BigInteger;

/**
 * The count and the exact sums of the powers of a number: variances of two, skew and kurtosis of
 * four. Infinite numbers and NaN are only counted, as are those whose powers would not be exact.
 */
final class PowerSumsPartial implements Reversible {
  private final Numbers numbers;
  private final double limit;
  private final Expansion product = new Expansion();
  private final CountedSums sums;

  PowerSumsPartial(int slot, int powers) {
    numbers = new Numbers(slot);
    limit = powers == 2 ? Expansion.LIMIT_OF_TWO : Expansion.LIMIT_OF_FOUR;
    sums = new CountedSums(powers);
  }

  @Override
  public void bind(Rows rows) {
    numbers.bind(rows);
  }

  @Override
  public void clear() {
    sums.clear();
  }

  @Override
  public void add(int row) {
    change(row, 1);
  }

  @Override
  public void remove(int row) {
    change(row, -1);
  }

  private void change(int row, int times) {
    if (!numbers.isPresent(row)) {
      return;
    }
    if (sums.add(times, numbers.isFinite(row), numbers.isWithin(row, limit))) {
      numbers.factor(row, product);
      product.begin();
      product.addTo(sums.sum(0), times);
      for (int power = 1; power < sums.size(); power++) {
        product.multiply();
        product.addTo(sums.sum(power), times);
      }
    }
  }

  @Override
  public void write(ByteSink out) {
    sums.write(out);
  }

  @Override
  public void merge(ByteSource in) {
    sums.merge(in);
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (sums.answers(aggregate, answer)) {
      return;
    }
    switch (aggregate.function()) {
      case VAR_POP -> answer.real(variance(sums.count()));
      case VAR_SAMP -> answer.real(variance(sums.count() - 1));
      case STDDEV_POP -> answer.real(Math.sqrt(variance(sums.count())));
      case STDDEV_SAMP -> answer.real(Math.sqrt(variance(sums.count() - 1)));
      default -> answerShape(aggregate.function(), answer);
    }
  }

  /** (n Σx² − (Σx)²) / (n d), rounded once. */
  private double variance(long divisor) {
    Dyadic first = sums.sum(0).exact();
    Dyadic second = sums.sum(1).exact();
    int unit = Math.min(first.exponent(), second.root(2));
    BigInteger n = BigInteger.valueOf(sums.count());
    BigInteger spread = spread(n, first.in(unit), second.in(2 * unit));
    return Quotient.of(spread, n.multiply(BigInteger.valueOf(divisor)), 2 * unit);
  }

  /** n² times the second central moment: n Σx² − (Σx)². */
  static BigInteger spread(BigInteger n, BigInteger sum, BigInteger squares) {
    return n.multiply(squares).subtract(sum.multiply(sum));
  }

  /**
   * With M2, M3 and M4 the central moments times n², n³ and n⁴, all exact: skew is the square root
   * of M3² / M2³, rounded once before it is taken, and kurtosis (M4 − 3 M2²) / M2².
   */
  private void answerShape(AggregateFunction function, Answer answer) {
    Dyadic[] exact = new Dyadic[sums.size()];
    int unit = Integer.MAX_VALUE;
    for (int power = 0; power < exact.length; power++) {
      exact[power] = sums.sum(power).exact();
      unit = Math.min(unit, exact[power].root(power + 1));
    }
    BigInteger n = BigInteger.valueOf(sums.count());
    BigInteger s1 = exact[0].in(unit);
    BigInteger s2 = exact[1].in(2 * unit);
    BigInteger s3 = exact[2].in(3 * unit);
    BigInteger m2 = spread(n, s1, s2);
    BigInteger m2Squared = m2.multiply(m2);
    if (m2.signum() == 0) {
      answer.nothing();
    } else if (function == AggregateFunction.SKEW) {
      BigInteger m3 =
          n.multiply(n)
              .multiply(s3)
              .subtract(three(n.multiply(s1).multiply(s2)))
              .add(two(s1.pow(3)));
      double square = Quotient.of(m3.multiply(m3), m2Squared.multiply(m2), 0);
      answer.real(Canonical.of(m3.signum() * Math.sqrt(square)));
    } else {
      BigInteger s4 = exact[3].in(4 * unit);
      BigInteger m4 =
          n.pow(3)
              .multiply(s4)
              .subtract(two(two(n.multiply(n).multiply(s1).multiply(s3))))
              .add(two(three(n.multiply(s1.pow(2)).multiply(s2))))
              .subtract(three(s1.pow(4)));
      answer.real(Quotient.of(m4.subtract(three(m2Squared)), m2Squared, 0));
    }
  }

  private static BigInteger two(BigInteger value) {
    return value.shiftLeft(1);
  }

  private static BigInteger three(BigInteger value) {
    return value.add(value.shiftLeft(1));
  }
}
