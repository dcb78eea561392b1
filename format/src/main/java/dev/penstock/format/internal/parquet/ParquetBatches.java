package dev.penstock.format.internal.parquet;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.data.SideBySide;
import dev.penstock.data.Type;
import dev.penstock.format.BadRow;
import dev.penstock.format.Condition;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.internal.NullColumns;
import dev.penstock.format.internal.Problems;
import dev.penstock.format.internal.Widening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.jspecify.annotations.Nullable;

/** Reads chosen columns of a Parquet file, row group by row group. */
public final class ParquetBatches implements FileBatchReader {
  /** Enough rows to make a loop worth it, few enough to stay in the processor's cache. */
  private static final int MOST_ROWS = 1 << 16;

  private final Path path;
  private final Schema schema;
  private final List<ParquetColumn.@Nullable Source> columns;
  private final ParquetFooter footer;
  private final List<Condition> conditions;
  private final Consumer<BadRow> badRows;
  private final FileChannel file;

  private int nextGroup;
  private long nextGroupRow = 1;
  private List<@Nullable ColumnDecoder> decoders = List.of();

  /** The rows of the group that are still to be read, the first ones perhaps in part. */
  private List<RowRange> wanted = List.of();

  /** How far the group was read. */
  private long groupRow;

  private long firstGroupRow = 1;
  private long firstRow = 1;

  /** The places in what was read of the rows returned; null when it was all of them. */
  private int @Nullable [] kept;

  /**
   * Opens the file, which stays open until {@link #close}.
   *
   * @param columns where each field of the schema comes from; null for one that the file lacks
   * @param conditions only on columns among these
   * @param badRows is told of rows with a list that is no vector; they are left out
   */
  public ParquetBatches(
      Path path,
      ParquetFooter footer,
      Schema schema,
      List<ParquetColumn.@Nullable Source> columns,
      List<Condition> conditions,
      Consumer<BadRow> badRows) {
    this.path = path;
    this.footer = footer;
    this.schema = schema;
    this.columns = columns;
    this.conditions = conditions;
    this.badRows = badRows;
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
    return firstRow + (kept == null ? row : kept[row]);
  }

  @Override
  public @Nullable Batch next() {
    try {
      while (true) {
        while (wanted.isEmpty()) {
          if (nextGroup == footer.rowGroups().size()) {
            return null;
          }
          openGroup(footer.rowGroups().get(nextGroup++));
        }
        RowRange range = wanted.get(0);
        int skipped = (int) (range.from() - groupRow);
        int rows = (int) Math.min(range.rows(), MOST_ROWS);
        Batch batch = new Batch(schema, columns(skipped, rows));
        firstRow = firstGroupRow + range.from();
        groupRow = range.from() + rows;
        if (rows == range.rows()) {
          wanted.remove(0);
        } else {
          wanted.set(0, new RowRange(groupRow, range.to()));
        }
        kept = leaveOutBadRows(batch);
        if (kept == null) {
          return batch;
        } else if (kept.length > 0) {
          return batch.gather(kept);
        }
      }
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

  /**
   * The rows of all columns after those that are skipped, as many columns at once as there are
   * cores.
   */
  private List<Column> columns(int skipped, int rows) throws IOException {
    Column[] read = new Column[decoders.size()];
    List<Runnable> reads = new ArrayList<>();
    for (int i = 0; i < read.length; i++) {
      int index = i;
      reads.add(
          () -> {
            try {
              read[index] = column(schema.field(index), decoders.get(index), skipped, rows);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    try {
      SideBySide.run(reads);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return List.of(read);
  }

  private int @Nullable [] leaveOutBadRows(Batch batch) {
    NavigableMap<Integer, String> bad = new TreeMap<>();
    for (ColumnDecoder decoder : decoders) {
      if (decoder != null) {
        decoder.badRows().forEach(bad::putIfAbsent);
      }
    }
    if (bad.isEmpty()) {
      return null;
    }
    bad.forEach(
        (row, reason) -> {
          long number = firstRow + row;
          badRows.accept(new BadRow(number, number, text(batch, row), reason));
        });
    return IntStream.range(0, batch.rows()).filter(row -> !bad.containsKey(row)).toArray();
  }

  private static String text(Batch batch, int row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < batch.schema().size() && text.length() <= BadRow.MOST_TEXT; i++) {
      if (!(batch.column(i).type() instanceof Type.Vector)) {
        text.append(text.isEmpty() ? "" : ", ").append(batch.schema().field(i).name());
        text.append('=').append(batch.column(i).value(row));
      }
    }
    return text.toString();
  }

  private static Column column(Field field, @Nullable ColumnDecoder decoder, int skipped, int rows)
      throws IOException {
    if (decoder == null) {
      return NullColumns.of(field.type(), rows);
    }
    decoder.skip(skipped);
    return Widening.widen(field.name(), decoder.read(rows), field.type());
  }

  private void openGroup(RowGroup group) throws IOException {
    firstGroupRow = nextGroupRow;
    nextGroupRow += group.getNum_rows();
    groupRow = 0;
    wanted = wanted(group);
    if (wanted.isEmpty()) {
      return;
    }
    List<@Nullable ColumnDecoder> opened = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ParquetColumn.Source source = columns.get(i);
      opened.add(source == null ? null : decoder(group, source, schema.field(i)));
    }
    decoders = opened;
  }

  /** The rows of a group that may meet all conditions. */
  private List<RowRange> wanted(RowGroup group) throws IOException {
    List<RowRange> found = new ArrayList<>();
    if (group.getNum_rows() > 0) {
      found.add(new RowRange(0, group.getNum_rows()));
    }
    for (Condition condition : conditions) {
      ParquetColumn.Source source = columns.get(schema.require(condition.column()));
      if (source == null
          || !RowGroupFilter.mayHold(chunk(group, source).getStatistics(), source, condition)) {
        return List.of();
      }
    }
    for (Condition condition : conditions) {
      ParquetColumn.Source source =
          Objects.requireNonNull(columns.get(schema.require(condition.column())));
      ColumnChunk chunk = group.getColumns().get(source.leaf().index());
      found =
          RowRange.both(
              found, PageIndex.mayHold(file, chunk, source, condition, group.getNum_rows()));
    }
    return found;
  }

  private ColumnDecoder decoder(RowGroup group, ParquetColumn.Source source, Field wanted)
      throws IOException {
    return new ColumnDecoder(
        source, wanted, ChunkPages.read(file, chunk(group, source), source.leaf()));
  }

  private static ColumnMetaData chunk(RowGroup group, ParquetColumn.Source source) {
    return group.getColumns().get(source.leaf().index()).getMeta_data();
  }
}
