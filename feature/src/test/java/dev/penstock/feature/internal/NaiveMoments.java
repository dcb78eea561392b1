package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.NaiveAggregate.error;
import static dev.penstock.feature.internal.NaiveAggregate.exact;
import static dev.penstock.feature.internal.NaiveAggregate.nothing;
import static dev.penstock.feature.internal.NaiveAggregate.present;

import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.FeatureValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Stream;

/**
 * Moments as the textbook has them, in decimal arithmetic with far more digits than any answer:
 * deviations from the mean, times the number of values so that they stay exact.
 */
final class NaiveMoments {
  private static final MathContext DIGITS = new MathContext(1_200);

  private final AggregateFunction function;
  private final List<Object> xs;
  private final List<Object> ys;

  NaiveMoments(AggregateFunction function, List<Object> xs) {
    this(function, xs, xs);
  }

  NaiveMoments(AggregateFunction function, List<Object> xs, List<Object> ys) {
    this.function = function;
    this.xs = xs;
    this.ys = ys;
  }

  FeatureValue value() {
    BigDecimal n = BigDecimal.valueOf(xs.size());
    boolean sample =
        switch (function) {
          case VAR_SAMP, STDDEV_SAMP, COVAR_SAMP -> true;
          default -> false;
        };
    if (sample && xs.size() == 1) {
      return nothing();
    } else if (all().anyMatch(value -> !Double.isFinite(((Number) value).doubleValue()))) {
      return present(Double.NaN);
    } else if (all().anyMatch(this::isBeyond)) {
      return error();
    }
    BigDecimal divisor = n.multiply(n).multiply(sample ? n.subtract(BigDecimal.ONE) : n);
    return switch (function) {
      case VAR_POP, VAR_SAMP, COVAR_POP, COVAR_SAMP -> present(rounded(central(1, 1), divisor));
      case STDDEV_POP, STDDEV_SAMP -> present(Math.sqrt(rounded(central(1, 1), divisor)));
      case SKEW -> {
        // sqrt(m3² / m2³), where each moment is its central sum by n.
        BigDecimal m3 = central(2, 1);
        BigDecimal m2 = central(1, 1);
        yield m2.signum() == 0
            ? nothing()
            : present(root(m3.signum(), m3.multiply(m3).multiply(n), m2.pow(3)));
      }
      case KURTOSIS -> {
        BigDecimal m4 = central(2, 2);
        BigDecimal squared = central(1, 1).pow(2);
        yield squared.signum() == 0
            ? nothing()
            : present(
                rounded(m4.multiply(n).subtract(squared.multiply(BigDecimal.valueOf(3))), squared));
      }
      case CORR -> {
        BigDecimal together = central(1, 1);
        BigDecimal apart = central(2, 0).multiply(central(0, 2));
        yield apart.signum() == 0
            ? nothing()
            : present(root(together.signum(), together.pow(2), apart));
      }
      case SLOPE ->
          central(2, 0).signum() == 0
              ? nothing()
              : present(rounded(central(1, 1).movePointRight(6), central(2, 0)));
      default -> throw new AssertionError(function);
    };
  }

  private Stream<Object> all() {
    return Stream.concat(xs.stream(), ys.stream());
  }

  /** Products of two, or of four, are exact from 2^-480 to 2^480, or from 2^-210 to 2^210. */
  private boolean isBeyond(Object value) {
    boolean four = function == AggregateFunction.SKEW || function == AggregateFunction.KURTOSIS;
    double least = four ? 0x1p-210 : 0x1p-480;
    double greatest = four ? 0x1p210 : 0x1p480;
    double size = Math.abs(((Number) value).doubleValue());
    return size != 0 && (size < least || size >= greatest);
  }

  /** The sum of (n x − Σx)^p (n y − Σy)^r: the central sum times n^(p + r). */
  private BigDecimal central(int p, int r) {
    BigDecimal n = BigDecimal.valueOf(xs.size());
    BigDecimal sumX = xs.stream().map(NaiveAggregate::exact).reduce(BigDecimal::add).orElseThrow();
    BigDecimal sumY = ys.stream().map(NaiveAggregate::exact).reduce(BigDecimal::add).orElseThrow();
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < xs.size(); i++) {
      BigDecimal x = exact(xs.get(i)).multiply(n).subtract(sumX);
      BigDecimal y = exact(ys.get(i)).multiply(n).subtract(sumY);
      sum = sum.add(x.pow(p).multiply(y.pow(r)));
    }
    return sum;
  }

  private static double root(int sign, BigDecimal numerator, BigDecimal denominator) {
    return sign == 0 ? 0 : sign * Math.sqrt(rounded(numerator, denominator));
  }

  private static double rounded(BigDecimal numerator, BigDecimal denominator) {
    double value = numerator.divide(denominator, DIGITS).doubleValue();
    return value == 0 ? 0 : value;
  }
}
