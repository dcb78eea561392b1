package dev.penstock.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delta tables between Penstock and Delta Lake's own engine, Spark. */
@Tag("full")
class DeltaSparkTest {
  private static final String COLUMNS = "visit, at, day, amount, score, taste";

  @TempDir static Path folder;
  private static Penstock penstock;
  private static SparkSession spark;
  private static int answers;

  @BeforeAll
  static void start() throws Exception {
    penstock = Penstock.shop(folder);
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.log.level", "ERROR")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.databricks.delta.snapshotPartitions", 2)
            .config("spark.sql.warehouse.dir", folder.resolve("spark").toString())
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    penstock.close();
  }

  private static List<String> lines(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  /** What DuckDB says by way of our scan; Spark only reads the file that it is written to. */
  private static List<String> ours(String query) {
    Path out = folder.resolve("delta" + answers++ + ".parquet");
    penstock.run("sql", query, "--format", "parquet", "--limit", "100000", "--out", out.toString());
    return lines(spark.read().parquet(out.toString()));
  }

  @Test
  void what_penstock_publishes_spark_reads() {
    for (String table : List.of("orders", "visits")) {
      Path out = folder.resolve("published, 100% " + table);
      penstock.run("publish", table, "--delta", out.toString());
      List<String> rows = lines(spark.read().format("delta").load(out.toString()));
      assertThat(rows).hasSizeGreaterThan(200).isEqualTo(ours("SELECT * FROM " + table));
    }
    String visits = folder.resolve("published, 100% visits").toString();
    List<String> before = lines(spark.read().format("delta").load(visits));
    penstock.push("visits", "{\"visit\": \"later\", \"at\": \"2001-01-05T00:00:00Z\"}");
    penstock.run("publish", "visits", "--delta", visits);

    assertThat(lines(spark.read().format("delta").load(visits)))
        .hasSize(before.size() + 1)
        .isEqualTo(ours("SELECT * FROM visits"));
    assertThat(lines(spark.read().format("delta").option("versionAsOf", 0).load(visits)))
        .isEqualTo(before);
    assertThat(
            lines(
                spark
                    .read()
                    .format("delta")
                    .load(visits)
                    .where("score >= 100 AND at < '2001-01-20'")))
        .as("files may be left out by their bounds")
        .isEqualTo(ours("SELECT * FROM visits WHERE score >= 100 AND \"at\" < '2001-01-20'"));
    Row last = spark.sql("DESCRIBE HISTORY delta.`" + visits + "` LIMIT 1").first();
    assertThat(last.<String>getAs("userMetadata")).contains("penstock.snapshot");
    assertThat(last.<Long>getAs("version")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"classic,name", "v2,name", "v2,id"})
  void what_spark_writes_penstock_takes_in(String checkpoint, String mapping) throws Exception {
    String name = checkpoint + mapping;
    Path path = folder.resolve("sparks " + name);
    String table = "delta.`" + path + "`";
    spark.sql(
        "CREATE TABLE "
            + table
            + " (visit STRING, at TIMESTAMP, day DATE, amount DECIMAL(9,2), grade DOUBLE, taste"
            + " ARRAY<FLOAT>) USING delta PARTITIONED BY (day) TBLPROPERTIES"
            + " ('delta.enableDeletionVectors'='true', 'delta.columnMapping.mode'='"
            + mapping
            + "', 'delta.checkpointPolicy'='"
            + checkpoint
            + "', 'delta.checkpointInterval'='4')");
    for (int i = 0; i < 5; i++) {
      spark.sql(
          ("INSERT INTO %s SELECT concat('%s-%d-', id), timestamp_micros(978307200000001 + id),"
                  + " CASE WHEN id %% 3 = 0 THEN NULL ELSE date_add(DATE'2001-01-01', cast(id %% 3 AS INT)) END,"
                  + " cast(id / 4 AS DECIMAL(9,2)), CASE WHEN id %% 5 = 0 THEN NULL ELSE id / 8.0D END,"
                  + " array(cast(id AS FLOAT), 0.5F) FROM range(20)")
              .formatted(table, name, i));
    }
    spark.sql("ALTER TABLE " + table + " RENAME COLUMN grade TO score");
    spark.sql("DELETE FROM " + table + " WHERE score BETWEEN 1 AND 1.5");
    spark.sql("UPDATE " + table + " SET score = 77 WHERE visit LIKE '%-1-7'");
    spark.sql(
        "INSERT INTO " + table + " VALUES ('" + name + "-last', '2001-01-02', NULL, 1, 2, NULL)");
    List<Path> cut = cut(path.resolve("_delta_log"));
    assertThat(cut).as("commits that are only in a checkpoint").hasSizeGreaterThan(3);
    List<String> rows = lines(spark.sql("SELECT " + COLUMNS + " FROM " + table));
    assertThat(rows).hasSizeBetween(60, 100);

    penstock.run("ingest", "visits", path.toString());
    String query = "SELECT " + COLUMNS + " FROM visits WHERE visit LIKE '" + name + "-%'";
    assertThat(ours(query.replace("at,", "\"at\","))).isEqualTo(rows);
  }

  /** Deletes the commits before the last checkpoint. */
  private static List<Path> cut(Path log) throws IOException {
    List<Path> gone = new ArrayList<>();
    try (Stream<Path> files = Files.list(log)) {
      List<Path> all = files.sorted().toList();
      String last =
          all.stream()
              .map(file -> file.getFileName().toString())
              .filter(file -> file.contains(".checkpoint."))
              .reduce("", (one, next) -> next);
      for (Path file : all) {
        String name = file.getFileName().toString();
        if (name.matches("[0-9]{20}\\.json") && name.compareTo(last) < 0) {
          gone.add(file);
        }
      }
    }
    for (Path file : gone) {
      Files.delete(file);
    }
    return gone;
  }
}
