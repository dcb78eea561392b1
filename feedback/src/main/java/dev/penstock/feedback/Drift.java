package dev.penstock.feedback;

import dev.penstock.data.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The drift of a model's features between two sets of rows.
 *
 * @param referenceRows how many rows the reference has
 * @param currentRows how many rows it is compared with
 */
public record Drift(long referenceRows, long currentRows, List<FeatureDrift> features) {
  public Drift {
    features = List.copyOf(features);
  }

  /**
   * Measures the named columns of two batches.
   *
   * @param importance shares of the model's gain by feature; may be empty
   */
  public static Drift between(
      Batch reference,
      Batch current,
      List<String> features,
      DriftMeasure measure,
      Map<String, Double> importance) {
    List<FeatureDrift> measured = new ArrayList<>();
    for (String feature : features) {
      measured.add(
          measure.measure(
              feature,
              reference.column(feature),
              current.column(feature),
              importance.get(feature)));
    }
    return new Drift(reference.rows(), current.rows(), measured);
  }

  /** The features by how far they moved, the furthest first; undefined ones last. */
  public List<FeatureDrift> ranked() {
    return features.stream()
        .sorted(
            Comparator.comparingDouble(
                    (FeatureDrift drift) ->
                        drift.value() == null ? Double.NEGATIVE_INFINITY : drift.value())
                .reversed()
                .thenComparing(FeatureDrift::feature))
        .toList();
  }

  public List<FeatureDrift> at(DriftLevel level) {
    return ranked().stream().filter(drift -> drift.level() == level).toList();
  }

  /** The share of the model's gain that rests on features which failed, from 0 to 1. */
  public double failedImportance() {
    return at(DriftLevel.FAILED).stream()
        .mapToDouble(drift -> drift.importance() == null ? 0 : drift.importance())
        .sum();
  }
}
