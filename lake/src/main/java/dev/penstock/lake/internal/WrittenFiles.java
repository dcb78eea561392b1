package dev.penstock.lake.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.format.ColumnSummary;
import dev.penstock.format.FieldIds;
import dev.penstock.format.ParquetWriter;
import dev.penstock.format.WrittenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestWriter;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.UnicodeUtil;
import org.jspecify.annotations.Nullable;

/** Rows written as data files of a table, not yet part of it. */
public final class WrittenFiles {
  private static final int BOUND_CHARACTERS = 32;

  private final Table table;
  private final Schema schema;
  private final FieldIds ids;
  private final UUID unique = UUID.randomUUID();
  private final List<DataFile> files = new ArrayList<>();
  private long rows;
  private @Nullable ManifestFile manifest;
  private volatile boolean settled;

  public WrittenFiles(Table table) {
    this.table = table;
    this.schema = IcebergSchemas.of(table.schema());
    this.ids = IcebergSchemas.ids(table.schema(), schema.names());
  }

  public List<DataFile> files() {
    return files;
  }

  public long rows() {
    return rows;
  }

  /** Writes all rows; the files and their names are durable when this returns. */
  public WrittenFiles write(BatchReader reader, long targetBytes) {
    Path folder = LocalFileIo.path(table.location()).resolve("data");
    try {
      LocalFileIo.createFolders(folder);
      Batch next = reader.next();
      for (int part = 0; next != null; part++) {
        // Files sort by name in the order their rows came.
        Path path = folder.resolve(String.format("%s-%05d.parquet", unique, part));
        try (ParquetWriter writer = ParquetWriter.create(path, schema, ids)) {
          do {
            writer.write(next);
            next = reader.next();
          } while (next != null && writer.estimatedBytes() < targetBytes);
          add(writer.finish());
        }
      }
      LocalFileIo.sync(folder);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether a file is one of these, written or being written, and it is not yet known what of it.
   */
  public boolean include(Path file) {
    return !settled && String.valueOf(file.getFileName()).startsWith(unique.toString());
  }

  /** Says that they became part of the table: whether they still are, the table knows. */
  public void settle() {
    settled = true;
  }

  /**
   * Has an append add the files, by a manifest that is written once however often others commit
   * first. An append that is given files writes one in another thread, and waits for it in steps of
   * 10 ms.
   */
  public void addTo(AppendFiles append) {
    if (files.isEmpty()) {
      return;
    }
    if (manifest == null) {
      manifest = writeManifest();
    }
    long bytes = files.stream().mapToLong(DataFile::fileSizeInBytes).sum();
    append.appendManifest(manifest).set(SnapshotSummary.ADDED_FILE_SIZE_PROP, Long.toString(bytes));
  }

  private ManifestFile writeManifest() {
    TableOperations operations = ((HasTableOperations) table).operations();
    ManifestWriter<DataFile> writer =
        ManifestFiles.write(
            operations.current().formatVersion(),
            table.specs().get(files.get(0).specId()),
            table.io().newOutputFile(operations.metadataFileLocation(unique + "-m0.avro")),
            null);
    try (writer) {
      files.forEach(writer::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toManifestFile();
  }

  /** Deletes the files: they did not become part of the table. */
  public void discard() {
    files.forEach(file -> table.io().deleteFile(file.location()));
    if (manifest != null) {
      table.io().deleteFile(manifest.path());
    }
    settled = true;
  }

  private void add(WrittenFile file) {
    rows += file.rows();
    files.add(described(table, file));
  }

  /** A file with the columns that a table has now, as the table would know it. */
  public static DataFile described(Table table, WrittenFile file) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(LocalFileIo.location(file.path()))
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(file.bytes())
        .withSplitOffsets(file.rowGroupOffsets())
        .withMetrics(metrics(table, file))
        .build();
  }

  private static Metrics metrics(Table table, WrittenFile file) {
    Schema schema = IcebergSchemas.of(table.schema());
    FieldIds ids = IcebergSchemas.ids(table.schema(), schema.names());
    Map<Integer, Long> sizes = new HashMap<>();
    Map<Integer, Long> counts = new HashMap<>();
    Map<Integer, Long> nulls = new HashMap<>();
    Map<Integer, Long> nans = new HashMap<>();
    Map<Integer, ByteBuffer> least = new HashMap<>();
    Map<Integer, ByteBuffer> greatest = new HashMap<>();
    for (int c = 0; c < schema.size(); c++) {
      Types.NestedField field = table.schema().findField(ids.columns().get(c));
      ColumnSummary summary = file.columns().get(c);
      int id = field.fieldId();
      sizes.put(id, summary.bytes());
      if (!field.type().isPrimitiveType()) {
        continue;
      }
      counts.put(id, summary.rows());
      nulls.put(id, summary.nulls());
      if (field.type().typeId() == Type.TypeID.FLOAT
          || field.type().typeId() == Type.TypeID.DOUBLE) {
        nans.put(id, summary.nans());
      }
      put(least, id, field.type(), shortened(summary.least(), false));
      put(greatest, id, field.type(), shortened(summary.greatest(), true));
    }
    return new Metrics(file.rows(), sizes, counts, nulls, nans, least, greatest);
  }

  private static void put(
      Map<Integer, ByteBuffer> bounds, int id, Type type, @Nullable Object value) {
    if (value != null) {
      bounds.put(id, Conversions.toByteBuffer(type, value));
    }
  }

  /** A long text's bound is a shorter text below or above it; none where there is no such text. */
  private static @Nullable Object shortened(@Nullable Object value, boolean up) {
    if (!(value instanceof String text) || text.length() <= BOUND_CHARACTERS) {
      return value;
    }
    var literal = org.apache.iceberg.expressions.Literal.of((CharSequence) text);
    var bound =
        up
            ? UnicodeUtil.truncateStringMax(literal, BOUND_CHARACTERS)
            : UnicodeUtil.truncateStringMin(literal, BOUND_CHARACTERS);
    return bound == null ? null : bound.value().toString();
  }
}
