package dev.penstock.source;

/**
 * A row that was accepted before with the same id and content: acknowledged again with its first
 * position.
 *
 * @param row the row's index in the batch that repeats it
 */
public record Duplicate(int row, String id, int partition, long offset) {}
