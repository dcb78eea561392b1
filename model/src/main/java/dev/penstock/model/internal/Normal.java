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
    3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
    45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727
  };
  private static final double[] CENTRE_BELOW = {
    1,
    42.313330701600911252,
    687.18700749205790830,
    5394.1960214247511077,
    21213.794301586595867,
    39307.895800092710610,
    28729.085735721942674,
    5226.4952788528545610
  };
  private static final double[] MIDDLE_ABOVE = {
    1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
    3.64784832476320460504, 1.27045825245236838258, 0.241780725177450611770,
    0.0227238449892691845833, 7.74545014278341407640e-4
  };
  private static final double[] MIDDLE_BELOW = {
    1,
    2.05319162663775882187,
    1.67638483018380384940,
    0.689767334985100004550,
    0.148103976427480074590,
    0.0151986665636164571966,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9
  };
  private static final double[] TAIL_ABOVE = {
    6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
    0.296560571828504891230, 0.0265321895265761230930, 0.00124266094738807843860,
    2.71155556874348757815e-5, 2.01033439929228813265e-7
  };
  private static final double[] TAIL_BELOW = {
    1,
    0.599832206555887937690,
    0.136929880922735805310,
    0.0148753612908506148525,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15
  };
}
