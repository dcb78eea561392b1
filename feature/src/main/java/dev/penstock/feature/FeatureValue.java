package dev.penstock.feature;

import org.jspecify.annotations.Nullable;

/**
 * One feature's answer.
 *
 * @param value as {@link dev.penstock.data.Column#value} gives it; null unless {@link
 *     FeatureStatus#PRESENT}, or the 0 of a count over nothing
 */
public record FeatureValue(@Nullable Object value, FeatureStatus status) {}
