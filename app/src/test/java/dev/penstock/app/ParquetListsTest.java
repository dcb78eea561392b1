package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.format.BadRow;
import dev.penstock.format.ExtraColumns;
import dev.penstock.format.FieldIds;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.InputFile;
import dev.penstock.format.ParquetScan;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of numbers in files that Parquet-Java and DuckDB write. */
class ParquetListsTest {
  private static final Schema VECTORS = Schema.of(Field.of("v", new Type.Vector(0)));

  @TempDir Path folder;

  private static List<float @Nullable []> read(Path path) {
    return read(
        path,
        bad -> {
          throw new AssertionError(bad);
        });
  }

  private static List<float @Nullable []> read(Path path, Consumer<BadRow> badRows) {
    List<float @Nullable []> lists = new ArrayList<>();
    try (FileBatchReader reader = InputFile.at(path).read(VECTORS, ExtraColumns.IGNORE, badRows)) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        Column column = batch.column(0);
        for (int row = 0; row < batch.rows(); row++) {
          lists.add((float[]) column.value(row));
        }
      }
    }
    return lists;
  }

  private Path duckDb(String select) throws SQLException {
    Path path = folder.resolve("lists.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + path + "' (ROW_GROUP_SIZE 20000)");
    }
    return path;
  }

  /** Writes what each of these adds to a row of its own. */
  private Path parquetJava(String list, WriterVersion version, List<Consumer<Group>> rows)
      throws Exception {
    Path path = folder.resolve("lists.parquet");
    MessageType type = MessageTypeParser.parseMessageType("message m { " + list + " }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withConf(new PlainParquetConfiguration())
            .withType(type)
            .withWriterVersion(version)
            .withByteStreamSplitEncoding(version == WriterVersion.PARQUET_2_0)
            .withDictionaryEncoding(version == WriterVersion.PARQUET_1_0)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroup(type);
        row.accept(group);
        writer.write(group);
      }
    }
    return path;
  }

  private static void number(Group to, String name, String kind, int value) {
    switch (kind) {
      case "float" -> to.add(name, (float) value);
      case "double" -> to.add(name, (double) value);
      case "int64" -> to.add(name, (long) value);
      default -> to.add(name, value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "float, PARQUET_1_0", "double, PARQUET_1_0", "int32, PARQUET_1_0", "int64, PARQUET_1_0",
    "float, PARQUET_2_0", "double, PARQUET_2_0", "int32, PARQUET_2_0", "int64, PARQUET_2_0",
  })
  void old_list_of_two_levels_is_read(String kind, WriterVersion version) throws Exception {
    Path path =
        parquetJava(
            "optional group v (LIST) { repeated " + kind + " array; }",
            version,
            List.of(
                row -> {
                  Group list = row.addGroup("v");
                  number(list, "array", kind, 7);
                  number(list, "array", kind, -3);
                },
                row -> {},
                row -> row.addGroup("v"),
                row -> number(row.addGroup("v"), "array", kind, 7)));

    assertThat(read(path))
        .containsExactly(new float[] {7, -3}, null, new float[0], new float[] {7});
  }

  @ParameterizedTest
  @CsvSource({
    "required, list, element, required", "optional, list, element, optional",
    "optional, bag, array_element, optional", "required, list, item, optional",
  })
  void list_of_three_levels_is_read_whatever_its_names(
      String outer, String middle, String element, String inner) throws Exception {
    List<BadRow> bad = new ArrayList<>();
    List<Consumer<Group>> rows = new ArrayList<>();
    rows.add(row -> row.addGroup("v").addGroup(middle).add(element, 2.5));
    rows.add(row -> row.addGroup("v"));
    if (inner.equals("optional")) {
      rows.add(
          row -> {
            Group list = row.addGroup("v");
            list.addGroup(middle).add(element, 1.0);
            list.addGroup(middle);
            list.addGroup(middle).add(element, 3.0);
          });
    }
    rows.add(row -> row.addGroup("v").addGroup(middle).add(element, 4.0));
    Path path =
        parquetJava(
            outer
                + " group v (LIST) { repeated group "
                + middle
                + " { "
                + inner
                + " double "
                + element
                + "; } }",
            WriterVersion.PARQUET_1_0,
            rows);

    assertThat(read(path, bad::add))
        .containsExactly(new float[] {2.5f}, new float[0], new float[] {4});
    assertThat(bad.stream().map(row -> row.row() + " " + row.reason()).toList())
        .isEqualTo(
            inner.equals("optional")
                ? List.of("3 column 'v': 'null' is no vector (an element is no number)")
                : List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repeated group array { required double x; }",
        "repeated group v_tuple { required double x; }",
        "repeated binary array (STRING);",
        "repeated group list { optional int32 element (DATE); }",
        "repeated group list { optional int64 element (TIMESTAMP(MICROS,true)); }",
        "repeated group list { optional boolean element; }",
        "repeated group list { optional group element { required double x; } }",
      })
  void list_of_anything_else_is_refused_and_says_of_what(String inside) throws Exception {
    Path path =
        parquetJava(
            "optional group v (LIST) { " + inside + " }", WriterVersion.PARQUET_1_0, List.of());

    assertThatThrownBy(() -> read(path))
        .hasMessageContaining("UNSUPPORTED " + path + " column 'v' is a list of ")
        .hasMessageContaining("a list is read when its elements are floats, doubles or integers");
    assertThat(InputFile.at(path).schema().size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DOUBLE", "BIGINT", "INTEGER", "UTINYINT", "FLOAT"})
  void many_lists_are_those_that_duckdb_reads(String type) throws Exception {
    Path path =
        duckDb(
            """
            SELECT CASE WHEN i %% 11 > 0 THEN list_transform(
              range((hash(i) %% 40)::BIGINT),
              lambda j: (hash(i * 41 + j) %% 250 / if('%1$s' IN ('DOUBLE', 'FLOAT'), 7, 1))::%1$s
            ) END AS v FROM range(60000) t(i)
            """
                .formatted(type));
    List<float @Nullable []> lists = read(path);

    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT v::FLOAT[] FROM read_parquet('"
                    + path
                    + "', file_row_number = true) ORDER BY file_row_number")) {
      int row = 0;
      for (; rows.next(); row++) {
        Array array = rows.getArray(1);
        assertThat(lists.get(row)).isEqualTo(array == null ? null : floats(array));
      }
      assertThat(lists).hasSize(row).hasSize(60_000);
    }
  }

  private static float[] floats(Array array) throws SQLException {
    Object[] elements = (Object[]) array.getArray();
    float[] floats = new float[elements.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (Float) elements[i];
    }
    return floats;
  }

  @Test
  void table_with_a_list_that_is_no_vector_cannot_be_read() throws Exception {
    ParquetScan scan = ParquetScan.of(duckDb("SELECT unnest([[1], [2, NULL]]) AS v"));

    try (FileBatchReader reader = scan.open()) {
      assertThatThrownBy(reader::next)
          .hasMessageContaining("SCHEMA_INCOMPATIBLE ")
          .hasMessageContaining("row 2: column 'v': 'null' is no vector (an element is no number)");
    }
  }

  @Test
  void only_lists_of_floats_are_stored_as_vectors_are() throws Exception {
    FieldIds none = new FieldIds(List.of(-1), List.of(-1));

    assertThat(ParquetScan.of(duckDb("SELECT [1::FLOAT] AS v")).holds(VECTORS, none)).isTrue();
    assertThat(ParquetScan.of(duckDb("SELECT [1::DOUBLE] AS v")).holds(VECTORS, none)).isFalse();
  }
}
