package dev.penstock.quality;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a column has moved from its reference: the population stability index and its verdict.
 *
 * @param value the index; null when one of the two has no rows
 * @param warningAt from where on it is a warning
 * @param failedAt from where on it fails
 * @param referenceMissing the share of null and NaN in the reference; null without rows
 * @param currentMissing the share of null and NaN now; null without rows
 * @param bins where the index comes from, in the order of the reference's bins
 * @param sentence the finding, for a person
 */
public record PsiResult(
    @Nullable Double value,
    double warningAt,
    double failedAt,
    DriftVerdict verdict,
    long referenceRows,
    long currentRows,
    @Nullable Double referenceMissing,
    @Nullable Double currentMissing,
    List<Bin> bins,
    String sentence) {
  public PsiResult {
    bins = List.copyOf(bins);
  }

  /**
   * One bin of the comparison.
   *
   * @param contribution its part of the index, never negative
   */
  public record Bin(String label, long reference, long current, double contribution) {}

  /** By how much the share of missing values has grown; null without rows. */
  public @Nullable Double missingChange() {
    return referenceMissing == null || currentMissing == null
        ? null
        : currentMissing - referenceMissing;
  }
}
