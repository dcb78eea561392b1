package dev.penstock.format;

import org.jspecify.annotations.Nullable;

/**
 * What a written file holds in one column.
 *
 * @param bytes the column's size in the file, compressed
 * @param rows how many rows there are
 * @param nulls how many of them are null
 * @param nans how many of them are NaN
 * @param least the least value as {@link dev.penstock.data.Column#value} gives it; null when there
 *     is none or none is kept (vectors, binary)
 * @param greatest the greatest value, likewise
 */
public record ColumnSummary(
    long bytes,
    long rows,
    long nulls,
    long nans,
    @Nullable Object least,
    @Nullable Object greatest) {}
