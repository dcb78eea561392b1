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
  private final ExactSum sumX = new ExactSum();
  private final ExactSum sumY = new ExactSum();
  private final ExactSum sumXx = new ExactSum();
  private final ExactSum sumYy = new ExactSum();
  private final ExactSum sumXy = new ExactSum();
  private final ExactSum[] sums = {sumX, sumY, sumXx, sumYy, sumXy};
  private long count;
  private long specials;
  private long beyond;

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
    count = 0;
    specials = 0;
    beyond = 0;
    for (ExactSum sum : sums) {
      sum.clear();
    }
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
    count += times;
    if (!x.isFinite(row) || !y.isFinite(row)) {
      specials += times;
    } else if (!x.isWithin(row, Expansion.LIMIT_OF_TWO)
        || !y.isWithin(row, Expansion.LIMIT_OF_TWO)) {
      beyond += times;
    } else {
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
    out.count(count);
    out.count(specials);
    out.count(beyond);
    for (ExactSum sum : sums) {
      sum.write(out);
    }
  }

  @Override
  public void merge(ByteSource in) {
    count += in.count();
    specials += in.count();
    beyond += in.count();
    for (ExactSum sum : sums) {
      sum.merge(in);
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    AggregateFunction function = aggregate.function();
    if (count == 0 || (function == AggregateFunction.COVAR_SAMP && count == 1)) {
      answer.nothing();
    } else if (specials > 0) {
      answer.real(Double.NaN);
    } else if (beyond > 0) {
      answer.error();
    } else {
      answerExact(function, answer);
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
