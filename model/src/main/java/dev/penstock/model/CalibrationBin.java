package dev.penstock.model;

/**
 * Rows of similar score: how often they were positive against how often they should have been.
 *
 * @param from their lowest score
 * @param to their highest score
 * @param n how many they are, at least 1
 * @param meanScore their mean score
 * @param positiveShare the share of them that is positive
 */
public record CalibrationBin(
    double from, double to, long n, double meanScore, double positiveShare) {}
