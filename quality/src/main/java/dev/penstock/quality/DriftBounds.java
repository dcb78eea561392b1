package dev.penstock.quality;

/**
 * From where on a column has drifted.
 *
 * @param warning the population stability index that is a warning
 * @param failed the index that is a failure
 * @param leastRows the least rows of either side that a verdict rests on
 */
public record DriftBounds(double warning, double failed, long leastRows) {
  /** The usual ones. */
  public static final DriftBounds DEFAULT =
      new DriftBounds(Psi.WARNING, Psi.FAILED, Psi.LEAST_ROWS);
}
