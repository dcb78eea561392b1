package dev.penstock.feedback;

import dev.penstock.quality.DriftVerdict;
import dev.penstock.quality.PsiResult;
import org.jspecify.annotations.Nullable;

/**
 * How far a feature's values, as served, have moved from those of training.
 *
 * @param psi the population stability index with its verdict
 * @param importance the feature's share of the model's gain; null when unknown
 */
public record FeatureDrift(String feature, PsiResult psi, @Nullable Double importance) {
  public DriftVerdict verdict() {
    return psi.verdict();
  }
}
