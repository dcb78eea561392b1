package dev.penstock.offline;

import dev.penstock.feature.FeatureValue;
import java.util.List;

/**
 * How many served answers history gives back to the bit.
 *
 * @param sample how many answers were replayed
 * @param equal how many of them came out the same in every feature, value and status
 * @param features how many values were compared in all
 * @param mismatches the first of the others, each explained
 */
public record ParityReport(int sample, int equal, long features, List<Mismatch> mismatches) {
  /** The most mismatches that are explained and kept. */
  public static final int MOST_MISMATCHES = 20;

  public ParityReport {
    mismatches = List.copyOf(mismatches);
  }

  /** Every answer equal, and at least one: nothing compared proves nothing. */
  public boolean holds() {
    return sample > 0 && equal == sample;
  }

  /** The share of equal answers; NaN of an empty sample. */
  public double share() {
    return sample == 0 ? Double.NaN : (double) equal / sample;
  }

  /**
   * One answer that history does not give back, through one of the service's views.
   *
   * @param differences the features that differ
   */
  public record Mismatch(
      String id,
      String view,
      String key,
      long time,
      List<Difference> differences,
      Explanation explanation) {
    public Mismatch {
      differences = List.copyOf(differences);
    }
  }

  public record Difference(String feature, FeatureValue served, FeatureValue replayed) {}
}
