package dev.penstock.format.internal.text;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Schema;
import dev.penstock.format.BadRow;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.internal.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes batches of the records of a text file; what the records are, a subclass knows. */
abstract class TextBatches implements FileBatchReader {
  private static final int MOST_ROWS = 1 << 16;

  private final Path path;
  private final Schema schema;
  private final Consumer<BadRow> badRows;
  final List<TextColumn> columns;

  private long records;
  private long[] rowNumbers = new long[0];
  private long[] filling = new long[1024];

  TextBatches(Path path, Schema schema, Consumer<BadRow> badRows) {
    this.path = path;
    this.schema = schema;
    this.badRows = badRows;
    this.columns = schema.fields().stream().map(TextColumn::new).toList();
  }

  /** Goes to the next record; false after the last. */
  abstract boolean nextRecord() throws IOException;

  /** Parses the record into all columns; returns what is wrong with it, or null. */
  abstract @Nullable String parseRecord() throws IOException;

  abstract long line();

  abstract String text();

  abstract void closeSource() throws IOException;

  @Override
  public final Schema schema() {
    return schema;
  }

  @Override
  public final @Nullable Batch next() {
    try {
      int rows = 0;
      while (rows < MOST_ROWS && nextRecord()) {
        records++;
        String problem = parseRecord();
        if (problem != null) {
          badRows.accept(new BadRow(records, line(), text(), problem));
          continue;
        }
        for (TextColumn column : columns) {
          column.append();
        }
        if (rows == filling.length) {
          filling = Arrays.copyOf(filling, rows * 2);
        }
        filling[rows++] = records;
      }
      if (rows == 0) {
        return null;
      }
      rowNumbers = Arrays.copyOf(filling, rows);
      List<Column> read = new ArrayList<>(columns.size());
      for (TextColumn column : columns) {
        read.add(column.take());
      }
      return new Batch(schema, read);
    } catch (IOException e) {
      throw Problems.reading(path, "the file cannot be read", e);
    }
  }

  @Override
  public final long rowNumber(int row) {
    return rowNumbers[row];
  }

  @Override
  public final void close() {
    try {
      closeSource();
    } catch (IOException e) {
      throw Problems.failed(path, "the file cannot be closed", e);
    }
  }
}
