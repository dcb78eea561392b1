package dev.penstock.training;

/**
 * What a dataset was computed from: a table at a snapshot, up to positions of its log.
 *
 * @param snapshot the table's snapshot, as text; empty where there is none
 * @param positions as {@link dev.penstock.data.Positions} writes them; empty where there are none
 */
public record DatasetInput(String table, String snapshot, String positions) {}
