package dev.penstock.platform.feedback;

import dev.penstock.data.Column;
import dev.penstock.feedback.DriftLevel;
import dev.penstock.feedback.DriftMeasure;
import dev.penstock.feedback.FeatureDrift;
import dev.penstock.quality.Psi;
import dev.penstock.quality.PsiResult;
import dev.penstock.quality.ReferenceBins;
import org.jspecify.annotations.Nullable;

/** Drift by the population stability index on the reference's frozen bins. */
public final class PsiDrift implements DriftMeasure {
  @Override
  public FeatureDrift measure(
      String feature, Column reference, Column current, @Nullable Double importance) {
    PsiResult result = Psi.measure(ReferenceBins.of(reference), current);
    return new FeatureDrift(
        feature,
        "psi",
        result.value(),
        result.warningAt(),
        result.failedAt(),
        DriftLevel.valueOf(result.verdict().name()),
        missing(reference),
        missing(current),
        importance);
  }

  private static @Nullable Double missing(Column column) {
    if (column.size() == 0) {
      return null;
    }
    int nulls = 0;
    for (int row = 0; row < column.size(); row++) {
      nulls += column.isNull(row) ? 1 : 0;
    }
    return (double) nulls / column.size();
  }
}
