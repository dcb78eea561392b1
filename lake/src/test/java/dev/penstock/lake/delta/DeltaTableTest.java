package dev.penstock.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.PenstockException;
import dev.penstock.format.ExtraColumns;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.Input;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** Delta tables whose log is written by hand after the protocol, and whose files are DuckDB's. */
class DeltaTableTest {
  private static final String PLAIN =
      field("id", "long", "{}") + "," + field("tap", "string", "{}");

  @TempDir Path folder;

  private static String field(String name, String type, String metadata) {
    return "{\"name\":\"%s\",\"type\":\"%s\",\"nullable\":true,\"metadata\":%s}"
        .formatted(name, type, metadata);
  }

  private static String mapped(String name, String type, int id, String physical) {
    return field(
        name,
        type,
        "{\"delta.columnMapping.id\":%d,\"delta.columnMapping.physicalName\":\"%s\"}"
            .formatted(id, physical));
  }

  private static String protocol(String features) {
    return "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[%s],\"writerFeatures\":[%s]}}"
        .formatted(features, features);
  }

  private static String metadata(String fields, String partitions, String configuration) {
    return "{\"metaData\":{\"id\":\"t-1\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":\"%s\",\"partitionColumns\":[%s],\"configuration\":{%s},\"createdTime\":1}}"
        .formatted(
            "{\"type\":\"struct\",\"fields\":[%s]}".formatted(fields).replace("\"", "\\\""),
            partitions,
            configuration);
  }

  private static String add(String file, String partition, String more) {
    return "{\"add\":{\"path\":\"%s\",\"partitionValues\":{%s},\"size\":1,\"modificationTime\":1,\"dataChange\":true%s}}"
        .formatted(file, partition, more);
  }

  private static String remove(String file) {
    return "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true}}"
        .formatted(file);
  }

  private void commit(int version, String... entries) throws IOException {
    Path log = Files.createDirectories(folder.resolve("t/_delta_log"));
    Files.write(log.resolve("%020d.json".formatted(version)), List.of(entries));
  }

  private void parquet(String file, String query) throws Exception {
    Path path = folder.resolve("t").resolve(file);
    Files.createDirectories(path.getParent());
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("COPY (" + query + ") TO '" + path + "' (FORMAT parquet)");
    }
  }

  private List<String> rows(String name) {
    List<String> rows = new ArrayList<>();
    DeltaTable table = DeltaTable.at(folder.resolve(name));
    for (Input file : table.files()) {
      try (FileBatchReader reader =
          file.read(table.schema(), ExtraColumns.REFUSE, bad -> rows.add("bad"))) {
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
          for (int row = 0; row < batch.rows(); row++) {
            int at = row;
            rows.add(
                reader.rowNumber(row)
                    + ":"
                    + batch.columns().stream().map(c -> String.valueOf(c.value(at))).toList());
          }
        }
      }
    }
    return rows;
  }

  @Test
  void a_version_has_the_files_that_were_added_and_not_removed() throws Exception {
    parquet("a.parquet", "SELECT 1::BIGINT AS id, 'x' AS tap");
    parquet("b.parquet", "SELECT 2::BIGINT AS id, 'y' AS tap");
    commit(0, protocol(""), metadata(PLAIN, "", ""), add("a.parquet", "", ""));
    commit(1, add("b.parquet", "", ""));
    commit(2, remove("a.parquet"));

    assertThat(rows("t")).containsExactly("1:[2, y]");
    assertThat(rows("t@v1")).containsExactly("1:[1, x]", "1:[2, y]");
    assertThat(rows("t@v0")).containsExactly("1:[1, x]");
    assertThatThrownBy(() -> rows("t@v3"))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() -> rows("t@3")).hasMessageContaining("USAGE");
  }

  @Test
  void a_time_is_the_last_version_before_it() throws Exception {
    parquet("a.parquet", "SELECT 1::BIGINT AS id, 'x' AS tap");
    commit(0, protocol(""), metadata(PLAIN, "", ""), add("a.parquet", "", ""));
    commit(1, remove("a.parquet"));
    Path log = folder.resolve("t/_delta_log");
    Files.setLastModifiedTime(
        log.resolve("%020d.json".formatted(0)), java.nio.file.attribute.FileTime.fromMillis(1000));
    Files.setLastModifiedTime(
        log.resolve("%020d.json".formatted(1)), java.nio.file.attribute.FileTime.fromMillis(9000));

    assertThat(rows("t@1970-01-01T00:00:08Z")).containsExactly("1:[1, x]");
    assertThat(rows("t")).isEmpty();
  }

  @Test
  void columns_are_found_by_their_mapping_and_partitions_in_the_log() throws Exception {
    parquet("day=2026-01-02/a.parquet", "SELECT 1::INTEGER AS c1, 'x' AS c2");
    commit(
        0,
        protocol("\"columnMapping\""),
        metadata(
            mapped("key", "integer", 1, "c1")
                + ","
                + mapped("tap", "string", 2, "c2")
                + ","
                + mapped("added", "double", 3, "c3")
                + ","
                + mapped("day", "date", 4, "c4"),
            "\"day\"",
            "\"delta.columnMapping.mode\":\"name\",\"delta.columnMapping.maxColumnId\":\"4\""),
        add("day=2026-01-02/a.parquet", "\"c4\":\"2026-01-02\"", ""));

    assertThat(rows("t")).containsExactly("1:[1, x, null, 20455]");
  }

  @Test
  void deleted_rows_are_left_out_and_a_damaged_vector_is_refused() throws Exception {
    parquet("a.parquet", "SELECT range AS id, 'x' AS tap FROM range(5)");
    byte[] vector = vector(1, 3);
    UUID id = new UUID(7, 9);
    Path file = folder.resolve("t/deletion_vector_" + id + ".bin");
    Files.write(file, vector);
    commit(
        0,
        protocol("\"deletionVectors\""),
        metadata(PLAIN, "", ""),
        add(
            "a.parquet",
            "",
            ",\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"%s\",\"offset\":1,\"sizeInBytes\":%d,\"cardinality\":2}"
                .formatted(Base85Codec.encodeUUID(id), vector.length - 9)));

    assertThat(rows("t")).containsExactly("1:[0, x]", "3:[2, x]", "5:[4, x]");

    vector[vector.length - 1]++;
    Files.write(file, vector);
    assertThatThrownBy(() -> rows("t"))
        .hasMessageContaining("FILE_CORRUPT")
        .hasMessageContaining("a.parquet: its deletion vector");
  }

  /** A file of one deletion vector: version, size, content, checksum. */
  private static byte[] vector(int... rows) throws IOException {
    RoaringBitmap bitmap = RoaringBitmap.bitmapOf(rows);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(1681511377)
            .putLong(1)
            .putInt(0)
            .array());
    bitmap.serialize(new DataOutputStream(content));
    CRC32 crc = new CRC32();
    crc.update(content.toByteArray());
    ByteBuffer file = ByteBuffer.allocate(content.size() + 9);
    file.put((byte) 1).putInt(content.size()).put(content.toByteArray());
    return file.putInt((int) crc.getValue()).array();
  }

  @Test
  void what_cannot_be_read_is_refused_by_name() throws Exception {
    commit(0, protocol("\"teleportation\""), metadata(PLAIN, "", ""));
    assertThatThrownBy(() -> rows("t"))
        .hasMessageContaining("UNSUPPORTED")
        .hasMessageContaining("teleportation");

    commit(0, protocol(""), metadata(PLAIN, "", ""));
    commit(1, "{\"add\":");
    assertThatThrownBy(() -> rows("t"))
        .hasMessageContaining("FILE_CORRUPT _delta_log/00000000000000000001.json line 1");

    Files.delete(folder.resolve("t/_delta_log/00000000000000000000.json"));
    assertThatThrownBy(() -> rows("t")).hasMessageContaining("FILE_CORRUPT");
  }
}
