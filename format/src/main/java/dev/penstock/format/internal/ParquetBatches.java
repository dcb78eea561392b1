package dev.penstock.format.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.format.Condition;
import dev.penstock.format.FileBatchReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/** Reads chosen columns of a Parquet file, row group by row group. */
public final class ParquetBatches implements FileBatchReader {
  /** Enough rows to make a loop worth it, few enough to stay in the processor's cache. */
  private static final int MOST_ROWS = 1 << 16;

  private final Path path;
  private final Schema schema;
  private final List<@Nullable ParquetColumn> columns;
  private final ParquetFooter footer;
  private final List<Condition> conditions;
  private final FileChannel file;

  private int nextGroup;
  private long nextGroupRow = 1;
  private List<@Nullable ColumnDecoder> decoders = List.of();
  private long rowsLeft;
  private long nextRow = 1;
  private long firstRow = 1;

  /**
   * Opens the file, which stays open until {@link #close}.
   *
   * @param columns where each field of the schema comes from; null for one that the file lacks
   * @param conditions only on columns among these
   */
  public ParquetBatches(
      Path path,
      ParquetFooter footer,
      Schema schema,
      List<@Nullable ParquetColumn> columns,
      List<Condition> conditions) {
    this.path = path;
    this.footer = footer;
    this.schema = schema;
    this.columns = columns;
    this.conditions = conditions;
    try {
      this.file = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException e) {
      throw Problems.reading(path, "the file cannot be opened", e);
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long rowNumber(int row) {
    return firstRow + row;
  }

  @Override
  public @Nullable Batch next() {
    try {
      while (rowsLeft == 0) {
        if (nextGroup == footer.rowGroups().size()) {
          return null;
        }
        openGroup(footer.rowGroups().get(nextGroup++));
      }
      int rows = (int) Math.min(rowsLeft, MOST_ROWS);
      List<Column> read = new ArrayList<>(decoders.size());
      for (int i = 0; i < decoders.size(); i++) {
        read.add(column(schema.field(i), decoders.get(i), rows));
      }
      firstRow = nextRow;
      nextRow += rows;
      rowsLeft -= rows;
      return new Batch(schema, read);
    } catch (PenstockException e) {
      throw e.at(Problems.place(path));
    } catch (IOException | RuntimeException e) {
      throw Problems.reading(path, "the file cannot be read", e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw Problems.failed(path, "the file cannot be closed", e);
    }
  }

  private static Column column(Field field, @Nullable ColumnDecoder decoder, int rows)
      throws IOException {
    return decoder == null
        ? NullColumns.of(field.type(), rows)
        : Widening.widen(field.name(), decoder.read(rows), field.type());
  }

  private void openGroup(BlockMetaData group) throws IOException {
    nextRow = nextGroupRow;
    nextGroupRow += group.getRowCount();
    if (!mayHold(group)) {
      return;
    }
    List<@Nullable ColumnDecoder> opened = new ArrayList<>();
    for (ParquetColumn column : columns) {
      opened.add(column == null ? null : decoder(group, column));
    }
    decoders = opened;
    rowsLeft = group.getRowCount();
  }

  private boolean mayHold(BlockMetaData group) {
    for (Condition condition : conditions) {
      int index = schema.require(condition.column());
      ParquetColumn column = columns.get(index);
      if (column == null || !RowGroupFilter.mayHold(group, column, condition)) {
        return false;
      }
    }
    return true;
  }

  private ColumnDecoder decoder(BlockMetaData group, ParquetColumn column) throws IOException {
    ColumnChunkMetaData chunk = RowGroupFilter.chunk(group, column);
    if (chunk == null
        || column.field() == null
        || column.decoding() == null
        || column.leaf() == null) {
      throw new IllegalStateException("a row group lacks column '" + column.name() + "'");
    }
    ChunkPages pages = ChunkPages.read(file, chunk, column.leaf());
    return new ColumnDecoder(column.field(), column.decoding(), column.leaf(), pages);
  }
}
