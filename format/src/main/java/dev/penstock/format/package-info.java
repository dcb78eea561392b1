/**
 * File formats to batches and back: Parquet, CSV and NDJSON. No catalog and no tables: those are
 * the room {@code lake}'s.
 */
@NullMarked
package dev.penstock.format;

import org.jspecify.annotations.NullMarked;
