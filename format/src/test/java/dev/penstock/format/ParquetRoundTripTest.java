package dev.penstock.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.testkit.Seeds;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetRoundTripTest {
  @TempDir Path folder;

  @Test
  void rows_of_every_type_come_back_to_the_bit() {
    Seeds.of(12, 200)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              List<Batch> batches = new ArrayList<>();
              long next = 0;
              for (int batch = 0, many = 1 + random.nextInt(4); batch < many; batch++) {
                int rows = random.nextInt(random.nextInt(5) == 0 ? 40_000 : 500);
                batches.add(AllTypes.batch(random, next, rows));
                next += rows;
              }
              Path path = folder.resolve("rows" + seed + ".parquet");
              AllTypes.write(path, batches);
              assertThat(AllTypes.read(path).equals(AllTypes.rows(batches)))
                  .as("seed %d", seed)
                  .isTrue();
            });
  }

  @Test
  void file_without_rows_has_its_columns() {
    Path path = folder.resolve("none.parquet");
    AllTypes.write(path, List.of());
    assertThat(ParquetScan.of(path).schema().names()).isEqualTo(AllTypes.SCHEMA.names());
    assertThat(AllTypes.read(path)).isEmpty();
  }

  @Test
  void rows_of_many_row_groups_keep_their_order_and_numbers() {
    Path path = folder.resolve("groups.parquet");
    Schema schema = Schema.of(Field.required("id", Scalar.INT64));
    int rows = 600_000;
    Column ids = new LongColumn(Scalar.INT64, LongStream.range(0, rows).toArray(), null);
    try (ParquetWriter writer = ParquetWriter.create(path, schema)) {
      writer.write(new Batch(schema, List.of(ids)));
      assertThat(writer.finish().rowGroupOffsets()).hasSize(3);
    }
    long from = 530_000;
    long found = 0;
    try (FileBatchReader reader =
        ParquetScan.of(path).where(List.of(Condition.atLeast("id", from))).open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          long id = ((LongColumn) batch.column("id")).values()[row];
          assertThat(reader.rowNumber(row)).isEqualTo(id + 1);
          found += id >= from ? 1 : 0;
        }
      }
    }
    assertThat(found).isEqualTo(rows - from);
  }

  @Test
  void duckdb_counts_the_same_nulls_and_values() throws SQLException {
    Path path = folder.resolve("counted.parquet");
    Batch batch = AllTypes.batch(new SplittableRandom(5), 0, 20_000);
    AllTypes.write(path, List.of(batch));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      for (Field field : AllTypes.SCHEMA.fields()) {
        Column column = batch.column(field.name());
        long values =
            LongStream.range(0, batch.rows()).filter(i -> !column.isNull((int) i)).count();
        String name = '"' + field.name() + '"';
        try (ResultSet row = sql.executeQuery("SELECT count(" + name + ") FROM '" + path + "'")) {
          assertThat(row.next()).isTrue();
          assertThat(row.getLong(1)).as(field.name()).isEqualTo(values);
        }
      }
    }
  }

  @Test
  void what_duckdb_writes_is_read_whatever_its_codec_and_version() throws SQLException {
    String rows =
        "SELECT i AS id, CASE WHEN i % 7 = 0 THEN NULL ELSE i * 0.5::DOUBLE END AS real,"
            + " 'city ' || (i % 100) AS name, i % 3 = 0 AS flag FROM range(50000) t(i)";
    for (String codec : List.of("zstd", "snappy", "gzip", "lz4_raw", "uncompressed")) {
      for (String version : List.of("V1", "V2")) {
        Path path = folder.resolve(codec + version + ".parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
            Statement sql = connection.createStatement()) {
          sql.execute(
              "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION %s, PARQUET_VERSION %s)"
                  .formatted(rows, path, codec, version));
        }
        int read = 0;
        try (BatchReader reader = ParquetScan.of(path).open()) {
          for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            for (int row = 0; row < batch.rows(); row++, read++) {
              assertThat(batch.column("id").value(row)).isEqualTo((long) read);
              assertThat(batch.column("real").value(row))
                  .isEqualTo(read % 7 == 0 ? null : read * 0.5);
              assertThat(batch.column("name").value(row)).isEqualTo("city " + read % 100);
              assertThat(batch.column("flag").value(row)).isEqualTo(read % 3 == 0);
            }
          }
        }
        assertThat(read).as(codec + " " + version).isEqualTo(50_000);
      }
    }
  }
}
