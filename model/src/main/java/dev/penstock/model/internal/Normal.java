package dev.penstock.model.internal;

/** The standard normal distribution. */
public final class Normal {
  private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);

  /** From here on the continued fraction converges faster than the series. */
  private static final double TAIL = 3;

  private static final int FRACTION_TERMS = 120;

  private Normal() {}

  /** The probability of more than {@code z}, to about 1e-15 relative to the tail. */
  public static double upperTail(double z) {
    if (z < 0) {
      return 1 - upperTail(-z);
    }
    double density = StrictMath.exp(-z * z / 2) / SQRT_2_PI;
    if (z > TAIL) {
      // Laplace: Q(z) = density / (z + 1/(z + 2/(z + 3/(z + ...
      double fraction = z;
      for (int k = FRACTION_TERMS; k >= 1; k--) {
        fraction = z + k / fraction;
      }
      return density / fraction;
    }
    // Marsaglia (2004): 1/2 + density * (z + z^3/3 + z^5/(3*5) + ...)
    double sum = 0;
    double term = z;
    for (int k = 3; term > 1e-18; k += 2) {
      sum += term;
      term *= z * z / k;
    }
    return 0.5 - density * sum;
  }

  /**
   * The value that a share {@code p} lies below, for {@code 0 < p < 1}: Wichura's AS 241 (1988),
   * about 16 digits.
   */
  public static double quantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("no quantile of " + p);
    }
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q * ratio(CENTRE_ABOVE, CENTRE_BELOW, r);
    }
    double r = Math.sqrt(-StrictMath.log(q < 0 ? p : 1 - p));
    double z =
        r <= 5 ? ratio(MIDDLE_ABOVE, MIDDLE_BELOW, r - 1.6) : ratio(TAIL_ABOVE, TAIL_BELOW, r - 5);
    return q < 0 ? -z : z;
  }

  private static double ratio(double[] above, double[] below, double r) {
    return polynomial(above, r) / polynomial(below, r);
  }

  private static double polynomial(double[] coefficients, double r) {
    double value = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      value = value * r + coefficients[i];
    }
    return value;
  }

  private static final double[] CENTRE_ABOVE = {
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227
  };
  private static final double[] CENTRE_BELOW = {
    1,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854
  };
  private static final double[] MIDDLE_ABOVE = {
    1.4234371107496835, 4.630337846156546, 5.769497221460691,
    3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
    0.022723844989269184, 0.0007745450142783414
  };
  private static final double[] MIDDLE_BELOW = {
    1,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-9
  };
  private static final double[] TAIL_ABOVE = {
    6.657904643501103, 5.463784911164114, 1.7848265399172913,
    0.29656057182850487, 0.026532189526576124, 0.0012426609473880784,
    2.7115555687434876e-5, 2.0103343992922881e-7
  };
  private static final double[] TAIL_BELOW = {
    1,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    1.8463183175100548e-5,
    1.421511758316446e-7,
    2.0442631033899397e-15
  };
}
