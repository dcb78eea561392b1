package dev.penstock.feedback;

import org.jspecify.annotations.Nullable;

/**
 * How far a feature's values, as served, have moved from those of training.
 *
 * @param measure what {@code value} is, such as {@code psi}
 * @param value null where it is undefined
 * @param warningAt from where on it is a warning
 * @param failedAt from where on it fails
 * @param referenceMissing the share of missing values in training
 * @param currentMissing the share of missing values as served
 * @param importance the feature's share of the model's gain; null when unknown
 */
public record FeatureDrift(
    String feature,
    String measure,
    @Nullable Double value,
    double warningAt,
    double failedAt,
    DriftLevel level,
    @Nullable Double referenceMissing,
    @Nullable Double currentMissing,
    @Nullable Double importance) {}
