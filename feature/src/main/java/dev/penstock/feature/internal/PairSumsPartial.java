package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import java.math.BigInteger;

/**
 * The count and the exact sums of x, y, x², y² and xy over the rows that have both numbers:
 * covariance, correlation, and the slope of y over x. Rows where one is infinite or NaN are only
 * counted, as are those whose products would not be exact.
 */
final class PairSumsPartial implements Reversible {
  private static final BigInteger MICROS_PER_SECOND = BigInteger.valueOf(1_000_000);

  private final Numbers x;
  private final Numbers y;
  private final Expansion product = new Expansion();
  private final CountedSums sums = new CountedSums(5);
  private final ExactSum sumX = sums.sum(0);
  private final ExactSum sumY = sums.sum(1);
  private final ExactSum sumXx = sums.sum(2);
  private final ExactSum sumYy = sums.sum(3);
  private final ExactSum sumXy = sums.sum(4);

  PairSumsPartial(int x, int y) {
    this.x = new Numbers(x);
    this.y = new Numbers(y);
  }

  @Override
  public void bind(Rows rows) {
    x.bind(rows);
    y.bind(rows);
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
    if (!x.isPresent(row) || !y.isPresent(row)) {
      return;
    }
    boolean finite = x.isFinite(row) && y.isFinite(row);
    boolean within =
        x.isWithin(row, Expansion.LIMIT_OF_TWO) && y.isWithin(row, Expansion.LIMIT_OF_TWO);
    if (sums.add(times, finite, within)) {
      x.factor(row, product);
      product.begin();
      product.addTo(sumX, times);
      product.multiply();
      product.addTo(sumXx, times);
      product.begin();
      y.factor(row, product);
      product.multiply();
      product.addTo(sumXy, times);
      product.begin();
      product.addTo(sumY, times);
      product.multiply();
      product.addTo(sumYy, times);
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
    if (!sums.answers(aggregate, answer)) {
      answerExact(aggregate.function(), answer);
    }
  }

  private void answerExact(AggregateFunction function, Answer answer) {
    Dyadic ex = sumX.exact();
    Dyadic ey = sumY.exact();
    Dyadic exx = sumXx.exact();
    Dyadic eyy = sumYy.exact();
    Dyadic exy = sumXy.exact();
    int unitY = Math.min(ey.exponent(), eyy.root(2));
    int unitX = Math.min(Math.min(ex.exponent(), exx.root(2)), exy.exponent() - unitY);
    long count = sums.count();
    BigInteger n = BigInteger.valueOf(count);
    BigInteger sx = ex.in(unitX);
    BigInteger sy = ey.in(unitY);
    BigInteger together = n.multiply(exy.in(unitX + unitY)).subtract(sx.multiply(sy));
    BigInteger spreadX = PowerSumsPartial.spread(n, sx, exx.in(2 * unitX));
    BigInteger spreadY = PowerSumsPartial.spread(n, sy, eyy.in(2 * unitY));
    BigInteger spreads = function == AggregateFunction.SLOPE ? spreadX : spreadX.multiply(spreadY);
    boolean covariance =
        function == AggregateFunction.COVAR_POP || function == AggregateFunction.COVAR_SAMP;
    if (covariance) {
      long divisor = function == AggregateFunction.COVAR_SAMP ? count - 1 : count;
      BigInteger denominator = n.multiply(BigInteger.valueOf(divisor));
      answer.real(Quotient.of(together, denominator, unitX + unitY));
    } else if (spreads.signum() == 0) {
      answer.nothing();
    } else if (function == AggregateFunction.SLOPE) {
      answer.real(Quotient.of(together.multiply(MICROS_PER_SECOND), spreadX, unitY - unitX));
    } else {
      double square = Quotient.of(together.multiply(together), spreads, 0);
      answer.real(Canonical.of(together.signum() * Math.sqrt(square)));
    }
  }
}
