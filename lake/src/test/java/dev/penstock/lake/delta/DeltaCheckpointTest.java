package dev.penstock.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that are cut: what came before is in checkpoints, as other engines write them. */
class DeltaCheckpointTest {
  private static final String PROTOCOL =
      "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[%s],\"writerFeatures\":[%s]}}";
  private static final String METADATA =
      "{\"metaData\":{\"id\":\"t-1\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}},{\\\"name\\\":\\\"day\\\",\\\"type\\\":\\\"string\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}]}\",\"partitionColumns\":[\"day\"],\"configuration\":{\"penstock.table\":\"x\",\"delta.checkpointInterval\":\"10\"},\"createdTime\":1}}";

  @TempDir Path folder;

  private Path log() {
    return folder.resolve("_delta_log");
  }

  private void commit(int version, String... entries) throws IOException {
    Files.createDirectories(log());
    Files.write(log().resolve("%020d.json".formatted(version)), List.of(entries));
  }

  private static String add(String file, String partition) {
    return "{\"add\":{\"path\":\"%s\",\"partitionValues\":{%s},\"size\":7,\"modificationTime\":1,\"dataChange\":true,\"stats\":\"{\\\"numRecords\\\":1}\",\"tags\":{\"a\":null,\"b\":\"c\"}}}"
        .formatted(file, partition);
  }

  private static String remove(String file) {
    return "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":%d,\"dataChange\":true}}"
        .formatted(file, System.currentTimeMillis());
  }

  /** Fifteen versions, of which most add a file, some without a partition's value. */
  private void begin(String features) throws IOException {
    commit(0, PROTOCOL.formatted(features, features), METADATA);
    for (int version = 1; version < 15; version++) {
      String partition =
          version % 4 == 0 ? "\"day\":null" : "\"day\":\"2026-01-%02d\"".formatted(version);
      commit(
          version,
          "{\"txn\":{\"appId\":\"app-%d\",\"version\":%d}}".formatted(version % 2, version * 10L),
          version % 5 == 0 ? remove("f" + (version - 1)) : add("f" + version, partition));
    }
  }

  private void cut(int before) throws IOException {
    for (int version = 0; version < before; version++) {
      Files.delete(log().resolve("%020d.json".formatted(version)));
    }
  }

  /** What the log says, in words. */
  private static List<String> said(DeltaTable table) {
    List<String> said = new ArrayList<>(table.paths().stream().sorted().toList());
    said.add(table.name().replaceAll(".*@", ""));
    said.add(table.schema().toString());
    said.add(table.snapshot().getMetadata().getConfiguration().toString());
    said.add(table.snapshot().getProtocol().toString());
    said.add("" + table.snapshot().getLatestTransactionVersion(new LogEngine(), "app-1"));
    said.add("" + table.snapshot().getLatestTransactionVersion(new LogEngine(), "app-2"));
    return said;
  }

  private void checkpoint(OptionalLong version) throws IOException {
    Engine kernel = DefaultEngine.create(new Configuration());
    var builder = TableManager.loadSnapshot(folder.toString());
    (version.isPresent() ? builder.atVersion(version.getAsLong()) : builder)
        .build(kernel)
        .writeCheckpoint(kernel);
  }

  @Test
  void a_log_that_begins_with_a_checkpoint_says_the_same_as_the_whole_log() throws Exception {
    begin("");
    List<String> whole = said(DeltaTable.in(folder));
    assertThat(whole).contains("f1", "f14", "v14").doesNotContain("f4");
    List<String> partitions = partitions();

    checkpoint(OptionalLong.of(12));
    cut(12);

    assertThat(said(DeltaTable.in(folder))).isEqualTo(whole);
    assertThat(partitions()).isEqualTo(partitions).contains("f8 {day=null}", "f1 {day=2026-01-01}");
    assertThat(DeltaTable.at(folder.resolveSibling(folder.getFileName() + "@v12")).name())
        .endsWith("@v12");
    assertThatThrownBy(() -> DeltaTable.at(folder.resolveSibling(folder.getFileName() + "@v5")))
        .hasMessageContaining("NOT_FOUND");
  }

  /** The partition's value of each file, as our reader is given it. */
  private List<String> partitions() {
    return DeltaTable.in(folder).files().stream()
        .map(file -> file.name().replace("t-1/", "") + " " + ((DeltaFile) file).partition())
        .toList();
  }

  @Test
  void the_files_that_a_checkpoint_of_the_second_kind_names_are_read() throws Exception {
    begin("\"v2Checkpoint\"");
    List<String> whole = said(DeltaTable.in(folder));
    Path sidecars = Files.createDirectories(log().resolve("_sidecars"));
    parquet(
        sidecars.resolve("one.parquet"),
        "SELECT {'path': 'f' || v, 'partitionValues': MAP {'day': CASE WHEN v % 4 = 0 THEN NULL"
            + " ELSE '2026-01-' || v END}, 'size': 7::BIGINT, 'modificationTime': 1::BIGINT,"
            + " 'dataChange': false, 'tags': NULL::MAP(VARCHAR, VARCHAR)} AS add,"
            + " NULL::STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN) AS remove"
            + " FROM range(1, 14) t(v) WHERE v % 5 NOT IN (0, 4)");
    String name = "%020d.checkpoint.%s.json".formatted(13, "80a083e8-7026-4e79-81be-64bd76c43a11");
    Files.write(
        log().resolve(name),
        List.of(
            "{\"checkpointMetadata\":{\"version\":13}}",
            PROTOCOL.formatted("\"v2Checkpoint\"", "\"v2Checkpoint\""),
            METADATA,
            "{\"txn\":{\"appId\":\"app-1\",\"version\":130}}",
            "{\"txn\":{\"appId\":\"app-0\",\"version\":120}}",
            "{\"sidecar\":{\"path\":\"one.parquet\",\"sizeInBytes\":%d,\"modificationTime\":1}}"
                .formatted(Files.size(sidecars.resolve("one.parquet")))));
    cut(13);

    assertThat(said(DeltaTable.in(folder))).isEqualTo(whole);
  }

  private static void parquet(Path file, String query) throws Exception {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
    }
  }

  @Test
  void a_checkpoint_that_is_damaged_is_refused_by_name() throws Exception {
    begin("");
    checkpoint(OptionalLong.of(12));
    cut(12);
    Path checkpoint = log().resolve("%020d.checkpoint.parquet".formatted(12));
    byte[] bytes = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, java.util.Arrays.copyOf(bytes, bytes.length - 20));

    assertThatThrownBy(() -> DeltaTable.in(folder))
        .hasMessageContaining("FILE_CORRUPT")
        .hasMessageContaining("00000000000000000012.checkpoint.parquet");
  }

  @Test
  void a_log_without_its_beginning_and_without_a_checkpoint_is_refused() throws Exception {
    begin("");
    cut(3);
    assertThatThrownBy(() -> DeltaTable.in(folder)).hasMessageContaining("FILE_CORRUPT");
  }
}
