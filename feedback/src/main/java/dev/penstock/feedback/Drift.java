package dev.penstock.feedback;

import dev.penstock.data.Batch;
import dev.penstock.quality.DriftBounds;
import dev.penstock.quality.DriftVerdict;
import dev.penstock.quality.Psi;
import dev.penstock.quality.ReferenceBins;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The drift of a model's features: what was served against the frozen distribution of training.
 *
 * @param referenceRows how many rows of training the reference was taken from
 * @param currentRows how many served rows it is compared with
 */
public record Drift(long referenceRows, long currentRows, List<FeatureDrift> features) {
  public Drift {
    features = List.copyOf(features);
  }

  /**
   * Measures features.
   *
   * @param references by feature, frozen when the model was trained
   * @param current the served rows, with a column for each of these features
   * @param bounds from where on a feature has drifted
   * @param importance shares of the model's gain by feature; may be empty
   */
  public static Drift of(
      SortedMap<String, ReferenceBins> references,
      Batch current,
      DriftBounds bounds,
      Map<String, Double> importance) {
    List<FeatureDrift> measured = new ArrayList<>();
    long referenceRows = 0;
    for (Map.Entry<String, ReferenceBins> reference : references.entrySet()) {
      String feature = reference.getKey();
      measured.add(
          new FeatureDrift(
              feature,
              Psi.measure(reference.getValue(), current.column(feature), bounds),
              importance.get(feature)));
      referenceRows = Math.max(referenceRows, reference.getValue().rows());
    }
    return new Drift(referenceRows, current.rows(), measured);
  }

  /** The features by how far they moved, the furthest first; undefined ones last. */
  public List<FeatureDrift> ranked() {
    return features.stream()
        .sorted(
            Comparator.comparingDouble(Drift::value)
                .reversed()
                .thenComparing(FeatureDrift::feature))
        .toList();
  }

  public List<FeatureDrift> with(DriftVerdict verdict) {
    return ranked().stream().filter(drift -> drift.verdict() == verdict).toList();
  }

  /** The share of the model's gain that rests on features which failed, from 0 to 1. */
  public double failedImportance() {
    return with(DriftVerdict.FAILED).stream()
        .mapToDouble(drift -> drift.importance() == null ? 0 : drift.importance())
        .sum();
  }

  private static double value(FeatureDrift drift) {
    Double value = drift.psi().value();
    return value == null ? Double.NEGATIVE_INFINITY : value;
  }
}
