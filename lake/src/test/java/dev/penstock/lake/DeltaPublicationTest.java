package dev.penstock.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.DeltaPublication.Commit;
import dev.penstock.lake.DeltaPublication.Published;
import dev.penstock.lake.delta.DeltaCommit.Change;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we publish, Delta Kernel's own engine reads. */
class DeltaPublicationTest {
  private static final long NOW =
      Instant.parse("2026-11-24T12:00:00Z").getEpochSecond() * 1_000_000;
  private static final MaintenanceRules COMPACT =
      new MaintenanceRules(256L << 20, 8, Duration.ofHours(6), 10, Duration.ofHours(72));

  @TempDir Path folder;
  private Lake lake;
  private Path delta;

  @BeforeEach
  void open() {
    lake = Lake.open(folder.resolve("lake"), "project");
    delta = folder.resolve("a delta, 100% ünlike=that");
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private static Schema columns(Field... fields) {
    return Schema.of(fields);
  }

  private static BatchReader rows(Schema schema, List<List<Object>> rows) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < schema.size(); c++) {
      ColumnBuilder column = ColumnBuilder.of(schema.field(c).type(), rows.size());
      for (List<Object> row : rows) {
        if (row.get(c) == null) {
          column.appendNull();
        } else {
          column.append(row.get(c));
        }
      }
      columns.add(column.build());
    }
    return BatchReader.of(schema, List.of(new Batch(schema, columns)));
  }

  private static List<Object> row(Object... values) {
    return java.util.Arrays.asList(values);
  }

  private Published publish(LakeTable table) {
    return DeltaPublication.of(table, delta).publish(NOW);
  }

  /** The rows as our scan has them, each value as the kernel's is written. */
  private static List<List<String>> ours(TableScan scan) {
    List<List<String>> rows = new ArrayList<>();
    try (BatchReader reader = scan.open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          List<String> values = new ArrayList<>();
          for (Column column : batch.columns()) {
            values.add(text(column.value(row)));
          }
          rows.add(values);
        }
      }
    }
    return rows;
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof float[] vector) {
      List<Float> floats = new ArrayList<>();
      for (float one : vector) {
        floats.add(one);
      }
      return floats.toString();
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
  }

  private void assertSame(LakeTable table) {
    assertThat(DeltaKernel.rows(delta)).containsExactlyInAnyOrderElementsOf(ours(table.scan()));
    assertThat(ours(table.scan())).isNotEmpty();
  }

  private List<JsonNode> actions(long version, String kind) throws IOException {
    Path log = delta.resolve("_delta_log/%020d.json".formatted(version));
    List<JsonNode> found = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      JsonNode action = new ObjectMapper().readTree(line).get(kind);
      if (action != null) {
        found.add(action);
      }
    }
    return found;
  }

  private List<String> dataFiles() throws IOException {
    try (Stream<Path> files = Files.list(delta)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .toList();
    }
  }

  @Test
  void every_type_is_read_by_the_kernel_as_our_scan_reads_it() throws Exception {
    Schema schema =
        columns(
            Field.required("id", Scalar.INT64),
            Field.of("on.time", Scalar.BOOLEAN),
            Field.of("small number", Scalar.INT32),
            Field.of("single", Scalar.FLOAT32),
            Field.of("fare", Scalar.FLOAT64),
            Field.of("name;of{it}", Scalar.STRING),
            Field.of("bytes", Scalar.BINARY),
            Field.of("day", Scalar.DATE),
            Field.of("at", Scalar.TIMESTAMP),
            Field.of("local", Scalar.LOCAL_TIMESTAMP),
            Field.of("price", new Type.Decimal(9, 2)),
            Field.of("total", new Type.Decimal(38, 10)),
            Field.of("embedding", new Type.Vector(2)));
    LakeTable table = lake.create("all", schema);
    List<Object> nulls = new ArrayList<>(java.util.Collections.nCopies(13, null));
    nulls.set(0, 3L);
    table
        .write()
        .append(
            rows(
                schema,
                List.of(
                    row(
                        1L,
                        true,
                        Integer.MIN_VALUE,
                        Float.NaN,
                        Double.NEGATIVE_INFINITY,
                        "ü\n\"\\\uD83D\uDE80".repeat(20),
                        new byte[] {0, -1},
                        -719162,
                        -1L,
                        1_700_000_000_123_456L,
                        new BigDecimal("-1234567.89"),
                        new BigDecimal("9999999999999999999999999999.0123456789"),
                        new float[] {1.5f, Float.NaN}),
                    row(
                        Long.MAX_VALUE,
                        false,
                        7,
                        1.5f,
                        -0.1,
                        "",
                        new byte[0],
                        2932896,
                        253402300799999999L,
                        -62135596800000000L,
                        new BigDecimal("0.01"),
                        new BigDecimal("0.0000000001"),
                        new float[] {0, -0.0f}),
                    nulls)));

    publish(table);

    assertSame(table);
    assertThat(DeltaKernel.columns(delta))
        .startsWith("id long", "on.time boolean", "small number integer", "single float")
        .contains("local timestamp_ntz", "total Decimal(38, 10)");
    JsonNode bounds =
        new ObjectMapper().readTree(actions(0, "add").get(0).get("stats").textValue());
    assertThat(bounds.get("numRecords").intValue()).isEqualTo(3);
    assertThat(bounds.get("minValues").has("single")).as("a bound where there is a NaN").isFalse();
    assertThat(bounds.get("minValues").has("fare")).as("an infinite bound").isFalse();
    assertThat(bounds.get("minValues").get("at").textValue()).isEqualTo("1969-12-31T23:59:59.999Z");
    assertThat(bounds.get("maxValues").has("at")).as("a bound in the year 10000").isFalse();
    assertThat(bounds.get("maxValues").get("local").textValue())
        .as("not less than the value")
        .isEqualTo("2023-11-14T22:13:20.124");
    assertThat(bounds.get("nullCount").get("price").intValue()).isEqualTo(1);
  }

  @Test
  void bounds_never_hide_a_row_that_is_asked_for() {
    Schema schema = columns(Field.required("id", Scalar.INT64), Field.of("x", Scalar.FLOAT64));
    LakeTable table = lake.create("numbers", schema);
    table.write().append(rows(schema, List.of(row(1L, 1.0), row(2L, Double.NaN))));
    table.write().append(rows(schema, List.of(row(3L, 2.0), row(4L, 3.0))));
    publish(table);

    Predicate large =
        new Predicate(">", new io.delta.kernel.expressions.Column("x"), Literal.ofDouble(100));
    assertThat(DeltaKernel.rows(delta, large))
        .as("a NaN is above every number to some readers; the other file is left out")
        .containsExactlyInAnyOrder(List.of("1", "1.0"), List.of("2", "NaN"));
  }

  @Test
  void what_was_appended_is_a_version_and_a_repetition_is_none() throws Exception {
    LakeTable table = lake.create("numbers", Numbers.SCHEMA);
    Published empty = publish(table);
    assertThat(empty.version()).isZero();
    assertThat(DeltaKernel.rows(delta)).isEmpty();

    table.write().append(Numbers.rows(0, 3));
    table.write().append(Numbers.rows(3, 5));
    Published first = publish(table);
    assertThat(first.commits())
        .containsExactly(new Commit(1, table.currentSnapshot(), Change.ROWS, 2, 0, 5));
    assertSame(table);
    assertThat(publish(table)).isEqualTo(new Published(1, List.of()));

    table.write().append(Numbers.rows(5, 6));
    assertThat(publish(table).commits())
        .containsExactly(new Commit(2, table.currentSnapshot(), Change.ROWS, 1, 0, 1));
    assertSame(table);
    assertThat(DeltaKernel.rows(delta, 1)).hasSize(5);
    assertThat(actions(2, "commitInfo").get(0).get("userMetadata").textValue())
        .contains(
            "\"penstock.table\":\"numbers\"",
            "\"penstock.snapshot\":" + table.currentSnapshot().getAsLong());
    assertThat(actions(2, "commitInfo").get(0).get("isBlindAppend").booleanValue()).isTrue();
  }

  @Test
  void files_that_were_written_together_are_no_change_of_rows() throws Exception {
    LakeTable table = lake.create("numbers", Numbers.SCHEMA);
    table.write().append(Numbers.rows(0, 1));
    publish(table);
    for (int i = 1; i < 9; i++) {
      table.write().append(Numbers.rows(i, i + 1));
    }
    lake.maintenance(COMPACT, Map.of(), NOW).run();
    table.write().append(Numbers.rows(9, 12));

    Published published = publish(table);

    assertThat(published.commits())
        .extracting(Commit::change, Commit::added, Commit::removed)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Change.ROWS, 8, 0),
            org.assertj.core.groups.Tuple.tuple(Change.FILES, 1, 9),
            org.assertj.core.groups.Tuple.tuple(Change.ROWS, 1, 0));
    assertSame(table);
    assertThat(actions(2, "remove")).allMatch(file -> !file.get("dataChange").booleanValue());
    assertThat(actions(2, "add")).allMatch(file -> !file.get("dataChange").booleanValue());
    assertThat(actions(3, "add")).allMatch(file -> file.get("dataChange").booleanValue());
  }

  @Test
  void deleted_rows_go_and_earlier_versions_keep_them() {
    LakeTable table = lake.create("numbers", Numbers.SCHEMA);
    table.write().append(Numbers.rows(0, 4));
    table.write().append(Numbers.rows(4, 6));
    publish(table);
    table.write().delete(Numbers.batch(List.of(1L, 4L, 5L)));

    assertThat(publish(table).commits())
        .containsExactly(new Commit(1, table.currentSnapshot(), Change.ROWS, 1, 2, 3));
    assertSame(table);
    assertThat(DeltaKernel.rows(delta, 0)).hasSize(6);
    assertThat(publish(table).commits()).isEmpty();

    table.rollback(table.snapshots().get(0).id());
    publish(table);
    assertSame(table);
  }

  @Test
  void columns_that_are_added_renamed_widened_and_dropped_are_followed() {
    Schema before = columns(Field.required("id", Scalar.INT32), Field.of("tap", Scalar.STRING));
    LakeTable table = lake.create("turns", before);
    table.write().append(rows(before, List.of(row(1, "x"))));
    publish(table);

    table.change().add(Field.of("litres per turn", Scalar.FLOAT64)).commit();
    assertThat(publish(table).commits())
        .as("no file is new")
        .containsExactly(new Commit(1, table.currentSnapshot(), Change.FILES, 0, 0, 0));
    assertSame(table);

    table.change().widen("id", Scalar.INT64).commit();
    assertThat(publish(table).commits())
        .as("the file has the narrower type")
        .containsExactly(new Commit(2, table.currentSnapshot(), Change.FILES, 1, 1, 1));
    assertSame(table);

    table.change().rename("tap", "valve").commit();
    publish(table);
    assertSame(table);
    assertThat(DeltaKernel.rows(delta)).containsExactly(List.of("1", "x", "null"));

    table.change().drop("valve").commit();
    table.change().add(Field.of("valve", Scalar.STRING)).commit();
    publish(table);
    assertThat(DeltaKernel.rows(delta))
        .as("another column of that name has none of its values")
        .containsExactly(List.of("1", "null", "null"));
    assertThat(DeltaKernel.rows(delta, 0)).containsExactly(List.of("1", "x"));
  }

  @Test
  void what_a_crash_left_is_not_seen_and_used_by_the_next_publication() throws Exception {
    LakeTable table = lake.create("numbers", Numbers.SCHEMA);
    table.write().append(Numbers.rows(0, 3));
    publish(table);
    table.write().append(Numbers.rows(3, 5));
    // The commit cannot be written, as something is in its place.
    Path next = delta.resolve("_delta_log/%020d.json".formatted(1));
    Files.createDirectory(next);

    assertThatThrownBy(() -> publish(table)).hasMessageContaining("CONFLICT_RETRY");
    List<String> left = dataFiles();
    assertThat(left).hasSize(2);
    Files.delete(next);
    assertThat(DeltaKernel.rows(delta)).hasSize(3);

    publish(table);
    assertSame(table);
    assertThat(dataFiles()).isEqualTo(left);
  }

  @Test
  void a_publication_outlives_the_files_it_was_made_of() {
    LakeTable table = lake.create("numbers", Numbers.SCHEMA);
    for (int i = 0; i < 9; i++) {
      table.write().append(Numbers.rows(i, i + 1));
    }
    publish(table);
    MaintenanceRules none =
        new MaintenanceRules(256L << 20, 8, Duration.ZERO, 1, Duration.ofHours(72));
    lake.maintenance(none, Map.of(), NOW + 1_000_000_000_000L).run();
    assertThat(table.snapshots()).as("what was published is forgotten").hasSize(1);
    assertThat(DeltaKernel.rows(delta)).hasSize(9);

    table.write().append(Numbers.rows(9, 10));
    publish(table);
    assertSame(table);
  }

  @Test
  void what_is_not_this_tables_publication_is_left_alone() throws Exception {
    LakeTable table = lake.create("numbers", Numbers.SCHEMA);
    table.write().append(Numbers.rows(0, 3));
    publish(table);
    LakeTable other = lake.create("others", Numbers.SCHEMA);
    assertThatThrownBy(() -> publish(other))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("not a publication of this table");

    Path log = delta.resolve("_delta_log/%020d.json".formatted(1));
    Files.writeString(
        log,
        "{\"add\":{\"path\":\"part-0.parquet\",\"partitionValues\":{},\"size\":1,\"modificationTime\":1,\"dataChange\":true}}\n");
    assertThatThrownBy(() -> publish(table))
        .hasMessageContaining("UNSUPPORTED")
        .hasMessageContaining("others wrote to this published table: part-0.parquet");

    Files.writeString(
        log,
        "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"deletionVectors\"],\"writerFeatures\":[\"deletionVectors\"]}}\n");
    assertThatThrownBy(() -> publish(table))
        .hasMessageContaining("UNSUPPORTED")
        .hasMessageContaining("deletionVectors");
    assertThat(Objects.requireNonNull(delta.toFile().list())).hasSize(2);
  }

  @Test
  void columns_that_differ_in_case_only_are_refused_by_name() {
    Schema schema = columns(Field.of("tap", Scalar.INT64), Field.of("Tap", Scalar.INT64));
    LakeTable table = lake.create("turns", schema);
    assertThatThrownBy(() -> publish(table))
        .hasMessageContaining("UNSUPPORTED")
        .hasMessageContaining("'tap' and 'Tap'");
    assertThat(delta).doesNotExist();
  }
}
