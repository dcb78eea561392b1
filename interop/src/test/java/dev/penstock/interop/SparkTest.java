package dev.penstock.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spark over the REST catalog of a real server, beside {@code penstock sql} over the same rows. */
@Tag("full")
class SparkTest {
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
            .config("spark.sql.warehouse.dir", folder.resolve("spark").toString())
            .config(
                "spark.sql.extensions",
                "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
            .config("spark.sql.catalog.penstock", "org.apache.iceberg.spark.SparkCatalog")
            .config("spark.sql.catalog.penstock.type", "rest")
            .config("spark.sql.catalog.penstock.uri", penstock.address() + "/iceberg")
            .config("spark.sql.catalog.penstock.warehouse", "shop")
            .config("spark.sql.catalog.penstock.cache-enabled", false)
            .config("spark.sql.defaultCatalog", "penstock")
            .getOrCreate();
    spark.sql("CREATE NAMESPACE lab");
  }

  @AfterAll
  static void stop() {
    spark.stop();
    penstock.close();
  }

  /** What Spark says, a line a row, sorted; structs as their fields. */
  private static List<String> sparks(String query) {
    return lines(spark.sql(query));
  }

  /** What DuckDB says by way of our scan. Spark only reads the file that it is written to. */
  private static List<String> ours(String query) {
    Path out = folder.resolve("answer" + answers++ + ".parquet");
    penstock.run("sql", query, "--format", "parquet", "--limit", "100000", "--out", out.toString());
    return lines(spark.read().parquet(out.toString()));
  }

  private static List<String> lines(Dataset<Row> rows) {
    List<String> lines = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      List<String> values = new ArrayList<>();
      add(row, rows.schema(), values);
      lines.add(values.toString());
    }
    return lines.stream().sorted().toList();
  }

  private static void add(Row row, StructType type, List<String> to) {
    for (int i = 0; i < type.size(); i++) {
      Object value = row == null ? null : row.get(i);
      if (type.apply(i).dataType() instanceof StructType struct) {
        add((Row) value, struct, to);
      } else {
        to.add(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value + "");
      }
    }
  }

  private static void same(String table) {
    List<String> rows = sparks("SELECT * FROM " + table);
    assertThat(rows).isNotEmpty();
    assertThat(ours("SELECT * FROM " + table)).as(table).isEqualTo(rows);
  }

  private static List<String> tables() {
    return spark.sql("SHOW TABLES IN shop").collectAsList().stream()
        .map(row -> row.getString(1))
        .toList();
  }

  @Test
  void every_table_of_the_project_reads_as_penstock_reads_it() {
    assertThat(tables()).contains("visits", "orders");
    for (String table : List.of("visits", "orders")) {
      List<String> rows = sparks("SELECT * FROM shop." + table);
      assertThat(rows).hasSizeGreaterThan(200);
      assertThat(ours("SELECT * FROM " + table)).isEqualTo(rows);
    }
    assertThat(
            sparks(
                "SELECT count(*) FROM shop.orders o WHERE _retracts_offset IS NULL AND NOT EXISTS"
                    + " (SELECT 1 FROM shop.orders r WHERE r._retracts_offset = o._offset)"))
        .isEqualTo(
            ours(
                "SELECT count(*) FROM orders o WHERE _retracts_offset IS NULL AND NOT EXISTS"
                    + " (SELECT 1 FROM orders r WHERE r._retracts_offset = o._offset)"));
  }

  @Test
  void past_states_of_a_table_read_the_same_by_snapshot_time_and_tag() throws Exception {
    penstock.run("version", "create", "before");
    List<String> before = sparks("SELECT * FROM shop.visits");
    Row snapshot =
        spark
            .sql(
                "SELECT snapshot_id, committed_at FROM shop.visits.snapshots"
                    + " ORDER BY committed_at DESC LIMIT 1")
            .first();
    penstock.push("visits", "{\"visit\": \"late\", \"at\": \"2001-01-05T00:00:00Z\"}");
    List<String> after = ours("SELECT * FROM visits");

    assertThat(after).hasSize(before.size() + 1);
    assertThat(sparks("SELECT * FROM shop.visits")).isEqualTo(after);
    assertThat(sparks("SELECT * FROM shop.visits VERSION AS OF " + snapshot.getLong(0)))
        .isEqualTo(before);
    assertThat(
            sparks("SELECT * FROM shop.visits TIMESTAMP AS OF '" + snapshot.getTimestamp(1) + "'"))
        .isEqualTo(before);
    assertThat(sparks("SELECT * FROM shop.visits VERSION AS OF 'version-before'"))
        .isEqualTo(before);
    assertThat(sparks("SELECT sum(record_count) FROM shop.visits.files"))
        .containsExactly("[" + after.size() + "]");
  }

  @ParameterizedTest
  @CsvSource({"2,merge-on-read", "3,merge-on-read", "2,copy-on-write", "3,copy-on-write"})
  void what_spark_does_to_its_tables_is_what_penstock_reads(int version, String mode) {
    String table = "lab.t" + version + mode.charAt(0);
    spark.sql(
        "CREATE TABLE "
            + table
            + " (id BIGINT NOT NULL, part INT, at TIMESTAMP, clock TIMESTAMP_NTZ, day DATE, word"
            + " STRING, price DECIMAL(9,2), small INT, single FLOAT, number DOUBLE, yes BOOLEAN,"
            + " bytes BINARY, place STRUCT<city: STRING, where: STRUCT<x: INT>>)"
            + " USING iceberg PARTITIONED BY (part, bucket(4, id), days(at), truncate(1, word))"
            + " TBLPROPERTIES ('format-version'='"
            + version
            + "', 'write.delete.mode'='MODE', 'write.update.mode'='MODE',".replace("MODE", mode)
            + " 'write.merge.mode'='"
            + mode
            + "')");
    insert(table, 0, "");
    same(table);
    String[] steps = {
      "DELETE FROM # WHERE id % 7 = 1",
      "UPDATE # SET word = 'changed', small = NULL WHERE id % 11 = 2",
      "ALTER TABLE # RENAME COLUMN word TO name",
      "ALTER TABLE # ALTER COLUMN small TYPE BIGINT",
      "ALTER TABLE # ALTER COLUMN single TYPE DOUBLE",
      "ALTER TABLE # ALTER COLUMN price TYPE DECIMAL(18,2)",
      "ALTER TABLE # ADD COLUMN place.zip STRING",
      "ALTER TABLE # ADD COLUMN word STRING",
      "ALTER TABLE # DROP COLUMN yes",
      "ALTER TABLE # REPLACE PARTITION FIELD days(at) WITH months(at)",
      "ALTER TABLE # DROP PARTITION FIELD part",
      "MERGE INTO # t USING (SELECT id + 20 AS id FROM range(30)) s ON t.id = s.id"
          + " WHEN MATCHED AND t.id % 2 = 0 THEN DELETE"
          + " WHEN MATCHED THEN UPDATE SET name = 'merged', part = 9"
          + " WHEN NOT MATCHED THEN INSERT (id, name, place) VALUES"
          + " (s.id, 'new', named_struct('city', 'c', 'where', named_struct('x', 1), 'zip', 'z'))",
      "DELETE FROM # WHERE name = 'merged' AND id % 3 = 0",
    };
    for (String step : steps) {
      spark.sql(step.replace("#", table));
      same(table);
    }
    assertThat(deleteFiles(table)).as("delete files").isEqualTo(mode.equals("merge-on-read"));
    spark.sql(
        "CALL penstock.system.rewrite_data_files(table => '"
            + table
            + "', options => map('rewrite-all', 'true', 'delete-file-threshold', '1'))");
    same(table);
    spark.sql("DELETE FROM " + table + " WHERE id < 5");
    same(table);
  }

  private static boolean deleteFiles(String table) {
    return spark.sql("SELECT * FROM " + table + ".delete_files").count() > 0;
  }

  private static void insert(String table, int from, String suffix) {
    spark.sql(
        "INSERT INTO "
            + table
            + " SELECT id + "
            + from
            + ", cast(id % 3 AS INT), timestamp_micros(id * 40000000001 - 400000000000),"
            + " cast('1960-01-01 00:00:00.000001' AS TIMESTAMP_NTZ), date_add(DATE'1969-12-20', cast(id AS INT)),"
            + " concat(cast(id % 5 AS STRING), '-word'), cast(id / 4 AS DECIMAL(9,2)),"
            + " cast(id AS INT), CASE WHEN id % 9 = 0 THEN cast('NaN' AS FLOAT) ELSE cast(id AS FLOAT) END,"
            + " CASE WHEN id % 9 = 1 THEN -0.0D WHEN id % 9 = 2 THEN cast('-Infinity' AS DOUBLE) WHEN id % 9 = 3"
            + " THEN NULL ELSE id / 8.0D END, id % 2 = 0, cast(cast(id AS STRING) AS BINARY),"
            + " CASE WHEN id % 4 = 0 THEN NULL ELSE named_struct('city', 'city', 'where',"
            + " CASE WHEN id % 4 = 1 THEN NULL ELSE named_struct('x', cast(id AS INT)) END) END"
            + " FROM range(100)"
            + suffix);
  }

  @Test
  void branches_tags_and_views_of_spark_stand_beside_the_table() {
    spark.sql("CREATE TABLE lab.b (id BIGINT) USING iceberg");
    spark.sql("INSERT INTO lab.b SELECT id FROM range(10)");
    spark.sql("ALTER TABLE lab.b CREATE TAG ten");
    spark.sql("ALTER TABLE lab.b CREATE BRANCH trial");
    spark.sql("INSERT INTO lab.b.branch_trial VALUES (77)");
    spark.sql("INSERT INTO lab.b VALUES (10)");
    spark.sql("CREATE VIEW lab.v AS SELECT max(id) AS m FROM penstock.lab.b");

    same("lab.b");
    assertThat(ours("SELECT * FROM lab.b AS OF 'ten'"))
        .hasSize(10)
        .isEqualTo(sparks("SELECT * FROM lab.b VERSION AS OF 'ten'"));
    assertThat(sparks("SELECT * FROM lab.b VERSION AS OF 'trial'")).hasSize(11).contains("[77]");
    assertThat(sparks("SELECT m FROM lab.v")).containsExactly("[10]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO shop.visits SELECT * FROM shop.visits LIMIT 1",
        "DELETE FROM shop.visits WHERE visit = 'v1'",
        "UPDATE shop.orders SET total = 0",
        "ALTER TABLE shop.visits ADD COLUMN x INT",
        "ALTER TABLE shop.visits CREATE TAG mine",
        "ALTER TABLE shop.visits SET TBLPROPERTIES ('gc.enabled'='false')",
        "DROP TABLE shop.visits PURGE",
        "ALTER TABLE shop.visits RENAME TO shop.w",
        "CREATE TABLE shop.mine (x INT) USING iceberg",
        "CREATE VIEW shop.look AS SELECT 1 AS x",
      })
  void changing_a_table_of_penstock_is_refused_and_says_why(String change) {
    List<String> before = tables();
    List<String> snapshots = sparks("SELECT snapshot_id FROM shop.visits.snapshots");
    List<String> rows = sparks("SELECT * FROM shop.orders");

    assertThatThrownBy(() -> spark.sql(change))
        .hasStackTraceContaining("ForbiddenException")
        .hasStackTraceContaining("belongs to Penstock and can only be read here");
    assertThat(tables()).isEqualTo(before);
    assertThat(sparks("SELECT snapshot_id FROM shop.visits.snapshots")).isEqualTo(snapshots);
    assertThat(sparks("SELECT * FROM shop.orders")).isEqualTo(rows);
  }

  @Test
  void sparks_commits_and_those_of_the_flush_do_not_disturb_each_other() {
    spark.sql("CREATE TABLE lab.busy (n BIGINT) USING iceberg");
    long before = spark.sql("SELECT * FROM shop.visits").count();
    CompletableFuture<Void> pushes =
        CompletableFuture.runAsync(
            () -> {
              for (int n = 0; n < 20; n++) {
                String row = "{\"visit\": \"b%d\", \"at\": \"2001-01-06T00:00:00Z\"}";
                penstock.push("visits", row.formatted(n));
                // A query over the log's table moves what is in the log into it.
                penstock.rows("SELECT count(*) AS n FROM visits");
              }
            });
    int inserts = 0;
    while (!pushes.isDone() || inserts < 10) {
      spark.sql("INSERT INTO lab.busy VALUES (" + inserts++ + ")");
    }
    pushes.join();

    assertThat(spark.sql("SELECT DISTINCT n FROM lab.busy").count()).isEqualTo(inserts);
    assertThat(spark.sql("SELECT * FROM shop.visits").count()).isEqualTo(before + 20);
    same("lab.busy");
  }
}
