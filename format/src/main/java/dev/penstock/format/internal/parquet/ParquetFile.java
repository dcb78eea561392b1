package dev.penstock.format.internal.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.Schema;
import dev.penstock.data.SideBySide;
import dev.penstock.data.Type;
import dev.penstock.format.ColumnSummary;
import dev.penstock.format.FieldIds;
import dev.penstock.format.WrittenFile;
import dev.penstock.format.internal.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/**
 * A Parquet file being written. Rows wait until there are enough of them for good pages, then each
 * column encodes its own in one go.
 */
public final class ParquetFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final String CREATED_BY = "penstock version 0.1.0 (build 0)";
  private static final long ROW_GROUP_BYTES = 64L << 20;
  private static final long ROW_GROUP_ROWS = 1L << 18;

  /** Rows encoded at a time: four full pages. */
  private static final int SLICE_ROWS = 4 * ValueEncoder.MOST_PAGE_ROWS;

  /** The same for vectors, whose rows are large. */
  private static final int VECTOR_SLICE_ROWS = 1 << 12;

  private final Path path;
  private final FileChannel file;
  private final List<SchemaElement> elements;
  private final Compressors compressors = new Compressors();
  private final List<ChunkWriter> chunks = new ArrayList<>();
  private final List<ColumnStatistics> statistics = new ArrayList<>();
  private final int sliceRows;

  private final List<List<Column>> waiting = new ArrayList<>();
  private int waitingRows;
  private long position;
  private long rows;
  private long groupRows;
  private final List<RowGroup> groups = new ArrayList<>();
  private final List<List<FinishedChunk>> finished = new ArrayList<>();
  private final long[] columnBytes;

  private ParquetFile(Path path, Schema schema, FieldIds ids) throws IOException {
    this.path = path;
    this.elements = ParquetSchemas.of(schema, ids);
    boolean hasVector = false;
    for (Field field : schema.fields()) {
      chunks.add(new ChunkWriter(field, compressors));
      statistics.add(new ColumnStatistics(field.type()));
      hasVector |= field.type() instanceof Type.Vector;
    }
    this.columnBytes = new long[schema.size()];
    this.sliceRows = hasVector ? VECTOR_SLICE_ROWS : SLICE_ROWS;
    this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    append(ByteBuffer.wrap(MAGIC));
  }

  public static ParquetFile create(Path path, Schema schema, FieldIds ids) throws IOException {
    return new ParquetFile(path, schema, ids);
  }

  /** Adds one column per field, each of its type and of {@code count} rows. */
  public void write(List<Column> columns, int count) throws IOException {
    if (count == 0) {
      return;
    }
    waiting.add(columns);
    waitingRows += count;
    if (waitingRows >= sliceRows) {
      encode();
    }
  }

  /** About how large the file will be with the rows written so far. */
  public long estimatedBytes() {
    long encoded = position;
    for (ChunkWriter chunk : chunks) {
      encoded += chunk.bytes();
    }
    long encodedRows = rows + groupRows;
    return encodedRows == 0 ? encoded : encoded + encoded * waitingRows / encodedRows;
  }

  /** Completes the file and forces it to the disk. */
  public WrittenFile finish() throws IOException {
    encode();
    closeGroup();
    writeIndexes();
    writeFooter();
    compressors.close();
    try (file) {
      file.force(true);
    }
    List<ColumnSummary> summaries = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      summaries.add(statistics.get(i).summary(columnBytes[i]));
    }
    List<Long> offsets = groups.stream().map(RowGroup::getFile_offset).toList();
    return new WrittenFile(path, rows, position, summaries, offsets);
  }

  /** Leaves nothing behind. */
  public void abandon() {
    try (compressors) {
      file.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw Problems.failed(path, "the unfinished file cannot be deleted", e);
    }
  }

  private void encode() throws IOException {
    if (waitingRows == 0) {
      return;
    }
    List<Column> columns = IntStream.range(0, chunks.size()).mapToObj(this::joined).toList();
    int count = waitingRows;
    waiting.clear();
    waitingRows = 0;
    for (int from = 0; from < count; from += sliceRows) {
      int to = Math.min(count, from + sliceRows);
      writeSlice(columns, from, to);
      groupRows += to - from;
      long groupBytes = chunks.stream().mapToLong(ChunkWriter::bytes).sum();
      if (groupRows >= ROW_GROUP_ROWS || groupBytes >= ROW_GROUP_BYTES) {
        closeGroup();
      }
    }
  }

  /**
   * Each column encodes its rows {@code [from, to)}, as many columns at once as there are cores.
   */
  private void writeSlice(List<Column> columns, int from, int to) throws IOException {
    List<Runnable> writes = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      ChunkWriter chunk = chunks.get(i);
      Column column = columns.get(i);
      writes.add(
          () -> {
            try {
              chunk.write(column, from, to);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    try {
      SideBySide.run(writes);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Column joined(int index) {
    if (waiting.size() == 1) {
      return waiting.get(0).get(index);
    }
    ColumnBuilder builder = ColumnBuilder.of(chunks.get(index).field().type(), waitingRows);
    for (List<Column> columns : waiting) {
      builder.appendAll(columns.get(index));
    }
    return builder.build();
  }

  private void closeGroup() throws IOException {
    if (groupRows == 0) {
      return;
    }
    long start = position;
    long uncompressed = 0;
    List<ColumnChunk> written = new ArrayList<>();
    List<FinishedChunk> done = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      FinishedChunk chunk = chunks.get(i).finish();
      ColumnChunk column = new ColumnChunk(position);
      column.setMeta_data(chunk.metadata(position));
      append(chunks.get(i).dictionary());
      append(chunks.get(i).pages());
      written.add(column);
      done.add(chunk);
      uncompressed += chunk.uncompressedBytes();
      columnBytes[i] += chunk.bytes();
      statistics.get(i).merge(chunk.statistics());
      chunks.get(i).restart();
    }
    RowGroup group = new RowGroup(written, uncompressed, groupRows);
    group.setFile_offset(start);
    group.setTotal_compressed_size(position - start);
    group.setOrdinal((short) groups.size());
    groups.add(group);
    finished.add(done);
    rows += groupRows;
    groupRows = 0;
  }

  private void writeIndexes() throws IOException {
    for (int g = 0; g < groups.size(); g++) {
      for (int c = 0; c < chunks.size(); c++) {
        ColumnChunk column = groups.get(g).getColumns().get(c);
        FinishedChunk chunk = finished.get(g).get(c);
        Bytes bytes = new Bytes();
        ColumnIndex bounds = chunk.columnIndex().orElse(null);
        if (bounds != null) {
          Util.writeColumnIndex(bounds, bytes);
          column.setColumn_index_offset(position);
          column.setColumn_index_length(bytes.size());
          append(bytes);
          bytes.clear();
        }
        OffsetIndex places = chunk.offsetIndex(column.getFile_offset());
        Util.writeOffsetIndex(places, bytes);
        column.setOffset_index_offset(position);
        column.setOffset_index_length(bytes.size());
        append(bytes);
      }
    }
  }

  private void writeFooter() throws IOException {
    FileMetaData metadata = new FileMetaData(1, elements, rows, groups);
    metadata.setCreated_by(CREATED_BY);
    List<ColumnOrder> orders = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      orders.add(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
    }
    metadata.setColumn_orders(orders);
    Bytes bytes = new Bytes();
    Util.writeFileMetaData(metadata, bytes);
    bytes.writeInt(bytes.size());
    bytes.write(MAGIC, 0, MAGIC.length);
    append(bytes);
  }

  private void append(Bytes bytes) throws IOException {
    append(ByteBuffer.wrap(bytes.array(), 0, bytes.size()));
  }

  private void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      position += file.write(bytes);
    }
  }
}
