package dev.penstock.format;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Schema;
import dev.penstock.format.internal.NullColumns;
import dev.penstock.format.internal.Problems;
import dev.penstock.format.internal.parquet.ParquetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes batches into one Parquet file: ZSTD, dictionaries, page statistics, field ids. {@link
 * #finish} completes the file; closed without it, the file is deleted. Not thread-safe.
 */
public final class ParquetWriter implements AutoCloseable {
  private final Path path;
  private final Schema schema;
  private final ParquetFile file;
  private boolean finished;

  private ParquetWriter(Path path, Schema schema, ParquetFile file) {
    this.path = path;
    this.schema = schema;
    this.file = file;
  }

  /** Begins a file that must not exist yet; its fields are numbered from 1. */
  public static ParquetWriter create(Path path, Schema schema) {
    List<Integer> elements =
        IntStream.range(0, schema.size()).map(i -> schema.size() + 1 + i).boxed().toList();
    List<Integer> columns = IntStream.rangeClosed(1, schema.size()).boxed().toList();
    return create(path, schema, new FieldIds(columns, elements));
  }

  /** Begins a file that must not exist yet. */
  public static ParquetWriter create(Path path, Schema schema, FieldIds ids) {
    try {
      return new ParquetWriter(path, schema, ParquetFile.create(path, schema, ids));
    } catch (IOException e) {
      throw Problems.failed(path, "the file cannot be written", e);
    }
  }

  /**
   * Adds rows: columns are found by name and must be of the field's type; one that is missing is
   * null, others are ignored.
   *
   * @throws dev.penstock.data.PenstockException {@code SCHEMA_INCOMPATIBLE} if a column has another
   *     type, or a null where none may be
   */
  public void write(Batch batch) {
    List<Column> columns = new ArrayList<>(schema.size());
    for (var field : schema.fields()) {
      int index = batch.schema().indexOf(field.name());
      Column column = index < 0 ? NullColumns.of(field.type(), batch.rows()) : batch.column(index);
      if (!column.type().equals(field.type())) {
        throw Problems.incompatible(
            path,
            "column '" + field.name() + "' is " + column.type() + ", not " + field.type(),
            "");
      }
      if (!field.nullable() && hasNull(column)) {
        throw Problems.incompatible(
            path, "column '" + field.name() + "' has a null", "it is declared not null");
      }
      columns.add(column);
    }
    try {
      file.write(columns, batch.rows());
    } catch (IOException e) {
      throw Problems.failed(path, "the file cannot be written", e);
    } catch (ArithmeticException e) {
      throw Problems.incompatible(
          path, "a decimal does not fit: " + e.getMessage(), "declare more digits");
    }
  }

  /** About how large the file will be with the rows written so far. */
  public long estimatedBytes() {
    return file.estimatedBytes();
  }

  /** Completes the file. It is durable when this returns, its entry in the folder is not. */
  public WrittenFile finish() {
    try {
      WrittenFile written = file.finish();
      finished = true;
      return written;
    } catch (IOException e) {
      throw Problems.failed(path, "the file cannot be written", e);
    }
  }

  @Override
  public void close() {
    if (!finished) {
      finished = true;
      file.abandon();
    }
  }

  private static boolean hasNull(Column column) {
    boolean[] nulls = column instanceof ObjectColumn ? null : column.nulls();
    for (int i = 0; i < column.size() && (nulls != null || column instanceof ObjectColumn); i++) {
      if (column.isNull(i)) {
        return true;
      }
    }
    return false;
  }
}
