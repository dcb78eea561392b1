package dev.penstock.format.internal.parquet;

import org.apache.parquet.format.SchemaElement;

/**
 * The part of a column that holds its values.
 *
 * @param index its place among the column chunks of a row group
 * @param maxRepetition 1 if the column is a list
 * @param maxDefinition the definition level of a value that is there
 */
public record Leaf(int index, SchemaElement element, int maxRepetition, int maxDefinition) {}
