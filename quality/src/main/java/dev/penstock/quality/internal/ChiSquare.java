package dev.penstock.quality.internal;

/**
 * The chi-square distribution with a whole number of degrees of freedom, by its closed forms
 * (Abramowitz and Stegun 26.4.4 and 26.4.5). StrictMath, so that a threshold is the same bits
 * everywhere.
 */
public final class ChiSquare {
  private ChiSquare() {}

  /** The value that is exceeded with the probability {@code tail}; 0 without degrees of freedom. */
  public static double exceededWith(double tail, int degrees) {
    if (!(tail > 0 && tail < 1) || degrees < 0) {
      throw new IllegalArgumentException(tail + ", " + degrees);
    }
    if (degrees == 0) {
      return 0;
    }
    double low = 0;
    double high = degrees;
    while (survival(high, degrees) > tail) {
      low = high;
      high *= 2;
    }
    // Halving ends when no double lies between.
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return high;
      }
      if (survival(middle, degrees) > tail) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  /** The probability of a value above {@code x}. */
  public static double survival(double x, int degrees) {
    double half = x / 2;
    if (degrees % 2 == 0) {
      // e^(-x/2) * sum of (x/2)^k / k! below degrees / 2.
      double term = StrictMath.exp(-half);
      double sum = term;
      for (int k = 1; k < degrees / 2; k++) {
        term *= half / k;
        sum += term;
      }
      return sum;
    }
    // erfc(sqrt(x/2)) + e^(-x/2) * sum of (x/2)^(k-1/2) / Gamma(k+1/2).
    double term = StrictMath.exp(-half) * StrictMath.sqrt(half) / (StrictMath.sqrt(Math.PI) / 2);
    double sum = 0;
    for (int k = 1; k <= (degrees - 1) / 2; k++) {
      sum += term;
      term *= half / (k + 0.5);
    }
    return complementaryError(half) + sum;
  }

  /**
   * erfc(sqrt(y)): the series of the lower part near 0, the continued fraction of the upper far.
   */
  private static double complementaryError(double y) {
    double scale = StrictMath.exp(-y) * StrictMath.sqrt(y) / StrictMath.sqrt(Math.PI);
    if (y < 1.5) {
      double term = 2;
      double sum = 2;
      for (int k = 1; term > 1e-18 * sum; k++) {
        term *= y / (k + 0.5);
        sum += term;
      }
      return 1 - scale * sum;
    }
    // Lentz's form of Gamma(1/2, y) (Numerical Recipes, 6.2.7).
    double b = y + 0.5;
    double c = 1e300;
    double d = 1 / b;
    double fraction = d;
    for (int i = 1; i <= 1000; i++) {
      double a = -i * (i - 0.5);
      b += 2;
      d = 1 / (a * d + b);
      c = b + a / c;
      double delta = c * d;
      fraction *= delta;
      if (Math.abs(delta - 1) < 1e-16) {
        break;
      }
    }
    return scale * fraction;
  }
}
