package dev.penstock.format.internal;

import dev.penstock.data.Column;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.format.ColumnSummary;
import dev.penstock.format.FieldIds;
import dev.penstock.format.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** A Parquet file being written: column by column, slice by slice, row group by row group. */
public final class ParquetFile {
  private static final long ROW_GROUP_BYTES = 64L << 20;
  private static final long ROW_GROUP_ROWS = 1L << 20;
  private static final int PAGE_BYTES = 1 << 20;
  private static final int DICTIONARY_BYTES = 1 << 20;
  private static final int COLUMN_INDEX_BYTES = 64;

  /** Rows written of one column before the next: pages may grow beyond their size by so many. */
  private static final int SLICE_ROWS = 2048;

  /** The same for vectors, whose rows are large. */
  private static final int VECTOR_SLICE_ROWS = 64;

  private final Path path;
  private final MessageType schema;
  private final ParquetProperties properties;
  private final ParquetFileWriter writer;
  private final Compression.ZstdCompressor compressor = new Compression.ZstdCompressor();
  private final List<ColumnEncoder> encoders = new ArrayList<>();
  private final int sliceRows;

  private long rows;
  private long groupRows;
  private @Nullable ColumnChunkPageWriteStore pages;
  private @Nullable ColumnWriteStore columns;

  private ParquetFile(Path path, Schema schema, FieldIds ids) throws IOException {
    this.path = path;
    this.schema = ParquetSchemas.of(schema, ids);
    this.properties =
        ParquetProperties.builder()
            .withPageSize(PAGE_BYTES)
            .withDictionaryPageSize(DICTIONARY_BYTES)
            .withColumnIndexTruncateLength(COLUMN_INDEX_BYTES)
            .withSizeStatisticsEnabled(false)
            .build();
    schema.fields().forEach(field -> encoders.add(new ColumnEncoder(field)));
    boolean hasVector =
        schema.fields().stream().anyMatch(field -> field.type() instanceof Type.Vector);
    this.sliceRows = hasVector ? VECTOR_SLICE_ROWS : SLICE_ROWS;
    this.writer =
        new ParquetFileWriter(
            new LocalOutput(path),
            this.schema,
            ParquetFileWriter.Mode.CREATE,
            ROW_GROUP_BYTES,
            0,
            null,
            properties);
    writer.start();
  }

  public static ParquetFile create(Path path, Schema schema, FieldIds ids) throws IOException {
    return new ParquetFile(path, schema, ids);
  }

  /** Writes one column per field, each of its type and of {@code count} rows. */
  public void write(List<Column> batch, int count) throws IOException {
    for (int from = 0; from < count; from += sliceRows) {
      int to = Math.min(count, from + sliceRows);
      ColumnWriteStore store = openGroup();
      for (int i = 0; i < encoders.size(); i++) {
        ColumnDescriptor leaf = schema.getColumns().get(i);
        encoders.get(i).write(batch.get(i), from, to, store.getColumnWriter(leaf));
      }
      for (int row = from; row < to; row++) {
        store.endRecord();
      }
      groupRows += to - from;
      if (groupRows >= ROW_GROUP_ROWS || store.getBufferedSize() >= ROW_GROUP_BYTES) {
        closeGroup();
      }
    }
  }

  public long estimatedBytes() {
    try {
      return writer.getPos() + (columns == null ? 0 : columns.getBufferedSize());
    } catch (IOException e) {
      throw Problems.failed(path, "the file cannot be written", e);
    }
  }

  public WrittenFile finish() throws IOException {
    closeGroup();
    writer.end(Map.of());
    compressor.close();
    List<BlockMetaData> groups = writer.getFooter().getBlocks();
    Map<String, Long> bytes = new HashMap<>();
    List<Long> offsets = new ArrayList<>();
    for (BlockMetaData group : groups) {
      offsets.add(group.getStartingPos());
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        bytes.merge(chunk.getPath().toArray()[0], chunk.getTotalSize(), Long::sum);
      }
    }
    List<ColumnSummary> summaries = new ArrayList<>();
    for (int i = 0; i < encoders.size(); i++) {
      String name = schema.getFieldName(i);
      summaries.add(encoders.get(i).statistics().summary(bytes.getOrDefault(name, 0L)));
    }
    return new WrittenFile(path, rows, Files.size(path), summaries, offsets);
  }

  /** Leaves nothing behind. */
  public void abandon() {
    try (compressor;
        writer) {
      writer.abort();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw Problems.failed(path, "the unfinished file cannot be deleted", e);
    }
  }

  private ColumnWriteStore openGroup() {
    if (columns == null) {
      pages =
          new ColumnChunkPageWriteStore(
              compressor, schema, new HeapByteBufferAllocator(), COLUMN_INDEX_BYTES, true);
      columns = properties.newColumnWriteStore(schema, pages, pages);
    }
    return columns;
  }

  private void closeGroup() throws IOException {
    if (columns == null || pages == null) {
      return;
    }
    writer.startBlock(groupRows);
    columns.flush();
    pages.flushToFileWriter(writer);
    writer.endBlock();
    columns.close();
    pages.close();
    columns = null;
    pages = null;
    rows += groupRows;
    groupRows = 0;
  }
}
