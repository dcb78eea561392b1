package dev.penstock.offline;

import dev.penstock.feature.FeatureValue;
import dev.penstock.offline.Explanation.Cause;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many served answers history gives back to the bit.
 *
 * @param sample how many answers were replayed
 * @param equal how many of them came out the same in every feature, value and status
 * @param features how many values were compared in all
 * @param present how many of those values are present when replayed: the others are equal as
 *     nothing is equal to nothing
 * @param notReplayed answers that nothing was compared of, by the cause
 * @param mismatches the first of the others, each explained
 */
public record ParityReport(
    int sample,
    int equal,
    long features,
    long present,
    Map<Cause, Integer> notReplayed,
    List<Mismatch> mismatches) {
  /** The most mismatches that are explained and kept. */
  public static final int MOST_MISMATCHES = 20;

  public ParityReport {
    Map<Cause, Integer> ordered = new EnumMap<>(Cause.class);
    ordered.putAll(notReplayed);
    notReplayed = Collections.unmodifiableMap(ordered);
    mismatches = List.copyOf(mismatches);
  }

  /** The same, and so many answers that were left out. */
  public ParityReport leaving(Cause cause, int answers) {
    if (answers == 0) {
      return this;
    }
    Map<Cause, Integer> left = new EnumMap<>(Cause.class);
    left.putAll(notReplayed);
    left.merge(cause, answers, Integer::sum);
    return new ParityReport(sample, equal, features, present, left, mismatches);
  }

  /** Every answer equal, and at least one value in them: nothing compared proves nothing. */
  public boolean holds() {
    return sample > 0 && equal == sample && present > 0;
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
