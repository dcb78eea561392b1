package dev.penstock.training;

/** A split of a dataset that was built, with what became of its rows. */
public record SplitSummary(Split split, LabelCounts counts) {}
