package dev.penstock.quality;

/** A confidence interval of a share, both ends in it. */
public record Interval(double low, double high) {
  /** The 97.5 % point of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * The 95 % interval of Wilson (1927) for {@code hits} of {@code n}: within [0, 1], and honest
   * where the share is 0 or 1.
   */
  public static Interval wilson(long hits, long n) {
    if (n <= 0 || hits < 0 || hits > n) {
      throw new IllegalArgumentException(hits + " of " + n);
    }
    double share = (double) hits / n;
    double z2 = Z * Z;
    double centre = share + z2 / (2 * n);
    double half = Z * Math.sqrt(share * (1 - share) / n + z2 / (4.0 * n * n));
    double scale = 1 + z2 / n;
    return new Interval(
        hits == 0 ? 0 : (centre - half) / scale, hits == n ? 1 : (centre + half) / scale);
  }
}
