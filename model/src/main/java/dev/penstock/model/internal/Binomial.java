package dev.penstock.model.internal;

/** The binomial distribution of fair coins. */
public final class Binomial {
  private static final int EXACT_FACTORIALS = 256;

  private Binomial() {}

  /** The probability of {@code k} heads or more in {@code n} throws; 1 without throws. */
  public static double upperTailOfHalf(long n, long k) {
    if (k <= 0) {
      return 1;
    } else if (k > n) {
      return 0;
    } else if (2 * k <= n) {
      return 1 - upperTailOfHalf(n, n - k + 1);
    }
    double term =
        StrictMath.exp(
            logFactorial(n) - logFactorial(k) - logFactorial(n - k) - n * StrictMath.log(2));
    double sum = 0;
    for (long heads = k; heads <= n && term > sum * 1e-17; heads++) {
      sum += term;
      term *= (double) (n - heads) / (heads + 1);
    }
    return Math.min(1, sum);
  }

  private static double logFactorial(long n) {
    if (n < EXACT_FACTORIALS) {
      double sum = 0;
      for (long i = 2; i <= n; i++) {
        sum += StrictMath.log((double) i);
      }
      return sum;
    }
    double x = n;
    return x * StrictMath.log(x)
        - x
        + 0.5 * StrictMath.log(2 * Math.PI * x)
        + 1 / (12 * x)
        - 1 / (360 * x * x * x);
  }
}
