package dev.penstock.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.ExtraColumns;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.Input;
import dev.penstock.lake.DeltaKernel;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** What other engines put into Delta tables: each is what Delta Kernel reads, or is refused. */
class DeltaTypesTest {
  private static final int JULIAN_DAY_OF_1970 = 2_440_588;

  @TempDir Path folder;

  private static String field(String name, String type) {
    return field(name, type, "{}");
  }

  private static String field(String name, String type, String metadata) {
    String shown = type.startsWith("{") ? type : "\"" + type + "\"";
    return "{\"name\":\"%s\",\"type\":%s,\"nullable\":true,\"metadata\":%s}"
        .formatted(name, shown, metadata);
  }

  private static String struct(String... fields) {
    return "{\"type\":\"struct\",\"fields\":[%s]}".formatted(String.join(",", fields));
  }

  /** A table of one file, by features, configuration, columns and what is said of the file. */
  private void table(
      String features, String partitions, String configuration, String schema, String add)
      throws IOException {
    String named =
        Stream.of(features.split(" ", -1))
            .filter(feature -> !feature.isEmpty())
            .map(feature -> "\"" + feature + "\"")
            .collect(Collectors.joining(","));
    Path log = Files.createDirectories(folder.resolve("_delta_log"));
    Files.write(
        log.resolve("%020d.json".formatted(0)),
        List.of(
            "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[%s],\"writerFeatures\":[%s]}}"
                .formatted(named, named),
            "{\"metaData\":{\"id\":\"t\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":\"%s\",\"partitionColumns\":[%s],\"configuration\":{%s},\"createdTime\":1}}"
                .formatted(schema.replace("\"", "\\\""), partitions, configuration),
            "{\"add\":{\"path\":\"f.parquet\",\"size\":%d,\"modificationTime\":1,\"dataChange\":true,%s}}"
                .formatted(Files.size(folder.resolve("f.parquet")), add)));
  }

  @SafeVarargs
  private void file(String columns, Consumer<Group>... rows) throws IOException {
    MessageType type = MessageTypeParser.parseMessageType("message m { " + columns + " }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(folder.resolve("f.parquet")))
            .withType(type)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroup(type);
        row.accept(group);
        writer.write(group);
      }
    }
  }

  private List<List<String>> ours() {
    List<List<String>> rows = new ArrayList<>();
    DeltaTable table = DeltaTable.in(folder);
    for (Input file : table.files()) {
      try (FileBatchReader reader =
          file.read(table.schema(), ExtraColumns.IGNORE, bad -> rows.add(List.of("bad")))) {
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
          for (int row = 0; row < batch.rows(); row++) {
            int at = row;
            rows.add(
                batch.columns().stream()
                    .map(column -> column.value(at))
                    .map(v -> v instanceof float[] list ? Arrays.toString(list) : "" + v)
                    .toList());
          }
        }
      }
    }
    return rows;
  }

  private static final String NONE = "\"partitionValues\":{}";

  @Test
  void moments_of_96_bits_are_what_the_kernel_reads() throws Exception {
    file(
        "optional int96 at;",
        row -> row.add("at", new NanoTime(JULIAN_DAY_OF_1970, 1_999)),
        row -> row.add("at", new NanoTime(JULIAN_DAY_OF_1970 - 1, 86_399_999_999_000L)),
        row -> {},
        row -> row.add("at", new NanoTime(JULIAN_DAY_OF_1970 + 20_000, 43_200_000_000_000L)),
        row -> row.add("at", new NanoTime(JULIAN_DAY_OF_1970, 1_999)));
    table("", "", "", struct(field("at", "timestamp")), NONE);

    assertThat(ours())
        .isEqualTo(DeltaKernel.rows(folder))
        .extracting(row -> row.get(0))
        .containsExactly("1", "-1", "null", "1728043200000000", "1");
  }

  @Test
  void columns_that_are_mapped_by_id_are_found_by_it() throws Exception {
    file(
        "optional int64 b = 2; optional int64 a = 1;",
        row -> {
          row.add("a", 1L);
          row.add("b", 2L);
        });
    String mapped = "{\"delta.columnMapping.id\":%d,\"delta.columnMapping.physicalName\":\"%s\"}";
    table(
        "columnMapping",
        "",
        "\"delta.columnMapping.mode\":\"id\",\"delta.columnMapping.maxColumnId\":\"2\"",
        struct(
            field("one", "long", mapped.formatted(1, "x-1")),
            field("two", "long", mapped.formatted(2, "x-2"))),
        NONE);

    assertThat(ours()).isEqualTo(DeltaKernel.rows(folder)).containsExactly(List.of("1", "2"));
  }

  @Test
  void deletes_that_stand_in_the_log_itself_are_honoured() throws Exception {
    file(
        "optional int64 id;",
        row -> row.add("id", 1L),
        row -> row.add("id", 2L),
        row -> row.add("id", 3L));
    ByteArrayOutputStream vector = new ByteArrayOutputStream();
    vector.write(
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(1681511377)
            .putLong(1)
            .putInt(0)
            .array());
    RoaringBitmap.bitmapOf(1).serialize(new DataOutputStream(vector));
    while (vector.size() % 4 != 0) {
      vector.write(0);
    }
    table(
        "deletionVectors",
        "",
        "",
        struct(field("id", "long")),
        NONE
            + ",\"deletionVector\":{\"storageType\":\"i\",\"pathOrInlineDv\":\"%s\",\"sizeInBytes\":%d,\"cardinality\":1}"
                .formatted(Base85Codec.encodeBytes(vector.toByteArray()), vector.size()));

    assertThat(ours())
        .isEqualTo(DeltaKernel.rows(folder))
        .containsExactly(List.of("1"), List.of("3"));
  }

  @Test
  void fields_of_structs_are_columns_and_lists_of_numbers_vectors() throws Exception {
    file(
        "optional group pay { optional group card { optional binary name (STRING); }"
            + " optional int32 cents; } optional group taste (LIST) { repeated group list {"
            + " optional double element; } }",
        row -> {
          Group pay = row.addGroup("pay");
          pay.addGroup("card").add("name", "visa");
          pay.add("cents", 5);
          Group taste = row.addGroup("taste");
          taste.addGroup("list").add("element", 0.5);
          taste.addGroup("list").add("element", 2.0);
        },
        row -> row.addGroup("pay"),
        row -> {});
    table(
        "",
        "",
        "",
        struct(
            field(
                "pay",
                struct(field("card", struct(field("name", "string"))), field("cents", "integer"))),
            field(
                "taste", "{\"type\":\"array\",\"elementType\":\"double\",\"containsNull\":true}")),
        NONE);

    assertThat(DeltaTable.in(folder).schema().names())
        .containsExactly("pay.card.name", "pay.cents", "taste");
    assertThat(ours())
        .containsExactly(
            List.of("visa", "5", "[0.5, 2.0]"),
            List.of("null", "null", "null"),
            List.of("null", "null", "null"));
  }

  @Test
  void a_moment_as_partition_is_what_the_kernel_reads() throws Exception {
    file("optional int64 id;", row -> row.add("id", 1L));
    for (String written : List.of("2026-01-02 03:04:05.123456", "2026-01-02T03:04:05.123456Z")) {
      table(
          "",
          "\"at\"",
          "",
          struct(field("id", "long"), field("at", "timestamp")),
          "\"partitionValues\":{\"at\":\"%s\"}".formatted(written));

      assertThat(ours())
          .isEqualTo(DeltaKernel.rows(folder))
          .containsExactly(List.of("1", "1767323045123456"));
    }
  }

  @Test
  void columns_that_were_widened_are_read_and_others_refused_by_name() throws Exception {
    file(
        "optional int32 a; optional float b; optional int32 c (DATE);",
        row -> {
          row.add("a", 7);
          row.add("b", 0.5f);
          row.add("c", 3);
        });
    String from =
        "{\"delta.typeChanges\":[{\"fromType\":\"%s\",\"toType\":\"%s\",\"tableVersion\":1}]}";
    table(
        "typeWidening",
        "",
        "",
        struct(
            field("a", "long", from.formatted("integer", "long")),
            field("b", "double", from.formatted("float", "double"))),
        NONE);
    assertThat(ours()).isEqualTo(DeltaKernel.rows(folder)).containsExactly(List.of("7", "0.5"));

    table(
        "typeWidening timestampNtz",
        "",
        "",
        struct(field("c", "timestamp_ntz", from.formatted("date", "timestamp_ntz"))),
        NONE);
    assertThatThrownBy(this::ours)
        .hasMessageContaining("SCHEMA_INCOMPATIBLE")
        .hasMessageContaining("f.parquet")
        .hasMessageContaining("'c' is date, not local_timestamp");
  }

  @Test
  void maps_and_lists_of_text_are_left_out_and_refused_by_name_when_declared() throws Exception {
    file("optional int64 id;", row -> row.add("id", 1L));
    table(
        "",
        "",
        "",
        struct(
            field("id", "long"),
            field("tags", "{\"type\":\"array\",\"elementType\":\"string\",\"containsNull\":true}"),
            field(
                "more",
                "{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":\"long\",\"valueContainsNull\":true}")),
        NONE);

    assertThat(DeltaTable.in(folder).schema().names()).containsExactly("id");
    assertThat(ours()).containsExactly(List.of("1"));
    Schema declared = Schema.of(Field.of("id", Scalar.INT64), Field.of("tags", Scalar.STRING));
    assertThatThrownBy(
            () ->
                DeltaTable.in(folder)
                    .files()
                    .get(0)
                    .read(declared, ExtraColumns.IGNORE, bad -> {})
                    .close())
        .hasMessageContaining("UNSUPPORTED")
        .hasMessageContaining("column 'tags' is of a type that is not read");
  }
}
