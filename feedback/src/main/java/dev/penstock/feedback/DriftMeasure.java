package dev.penstock.feedback;

import dev.penstock.data.Column;
import org.jspecify.annotations.Nullable;

/** Measures the drift of one feature: what the room {@code quality} is asked for. */
@FunctionalInterface
public interface DriftMeasure {
  /**
   * Compares two columns of one type.
   *
   * @param importance the feature's share of the model's gain; null when unknown
   */
  FeatureDrift measure(
      String feature, Column reference, Column current, @Nullable Double importance);
}
