package dev.penstock.format;

import dev.penstock.data.Batch;
import dev.penstock.data.Schema;
import java.nio.file.Path;

/**
 * Writes batches into one Parquet file: ZSTD, dictionaries, page statistics, field ids. {@link
 * #finish} completes the file; closed without it, the file is deleted. Not thread-safe.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable"}) // until filled
public final class ParquetWriter implements AutoCloseable {
  private ParquetWriter() {}

  /** Begins a file that must not exist yet; its fields are numbered from 1. */
  public static ParquetWriter create(Path path, Schema schema) {
    throw new UnsupportedOperationException();
  }

  /** Begins a file that must not exist yet. */
  public static ParquetWriter create(Path path, Schema schema, FieldIds ids) {
    throw new UnsupportedOperationException();
  }

  /** Adds rows: columns are found by name, one that is missing is null, others are ignored. */
  public void write(Batch batch) {
    throw new UnsupportedOperationException();
  }

  /** About how large the file will be with the rows written so far. */
  public long estimatedBytes() {
    throw new UnsupportedOperationException();
  }

  /** Completes the file. It is durable when this returns, its entry in the folder is not. */
  public WrittenFile finish() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
