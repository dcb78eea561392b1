package dev.penstock.sql;

import static dev.penstock.sql.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckDbTest {
  private static final Schema LANDINGS =
      Schema.of(
          Field.of("origin", Scalar.STRING),
          Field.of("delay", Scalar.INT64),
          Field.of("at", Scalar.TIMESTAMP),
          Field.of("gate", Scalar.STRING));

  @TempDir Path folder;
  private SqlEngine engine;
  private Map<String, ParquetTable> tables;

  @BeforeEach
  void write() throws SQLException {
    engine = DuckDb.open(folder.resolve("temporary"), SqlLimits.DEFAULT);
    Path first =
        parquet(
            "a.parquet",
            "SELECT 'ATL' AS origin, 20::BIGINT AS delay, TIMESTAMPTZ '2001-01-01 00:00:00.000001+00' AS at");
    Path second =
        parquet(
            "b.parquet",
            "SELECT * FROM (VALUES ('ORD', -3::INTEGER), ('ATL', NULL)) v(origin, delay)");
    tables = Map.of("landings", new ParquetTable(LANDINGS, List.of(first, second)));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Path parquet(String name, String sql) throws SQLException {
    Path file = folder.resolve(name);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + sql + ") TO '" + file + "' (FORMAT parquet)");
    }
    return file;
  }

  private List<List<Object>> run(String sql) {
    return run(engine, sql, tables);
  }

  private static List<List<Object>> run(
      SqlEngine engine, String sql, Map<String, ParquetTable> tables) {
    try (SqlResult result = engine.query(Query.parse(sql, Rows.PLACE), tables, 1_000_000)) {
      List<List<Object>> rows = new ArrayList<>();
      for (Batch batch = result.next(); batch != null; batch = result.next()) {
        rows.addAll(Rows.rows(batch));
      }
      return rows;
    }
  }

  @Test
  void it_reads_tables_of_many_files_and_schemas() {
    assertThat(run("SELECT * FROM landings ORDER BY origin, delay NULLS LAST"))
        .containsExactly(
            Arrays.asList("ATL", 20L, 978_307_200_000_001L, null),
            Arrays.asList("ATL", null, null, null),
            Arrays.asList("ORD", -3L, null, null));
    assertThat(
            run(
                "SELECT origin, count(*) AS n, avg(delay) AS delay FROM landings GROUP BY ALL ORDER BY ALL"))
        .containsExactly(List.of("ATL", 2L, 20.0), List.of("ORD", 1L, -3.0));
  }

  @Test
  void a_table_without_files_is_empty_but_has_its_columns() {
    Map<String, ParquetTable> empty = Map.of("landings", new ParquetTable(LANDINGS, List.of()));
    assertThat(run(engine, "SELECT * FROM landings", empty)).isEmpty();
    assertThat(
            engine.describe(
                Query.parse("SELECT *, delay / 2 AS half FROM landings", Rows.PLACE), empty))
        .isEqualTo(LANDINGS.with(List.of(Field.of("half", Scalar.FLOAT64))));
  }

  @Test
  void every_type_comes_back() {
    List<List<Object>> rows =
        run(
            "SELECT true, 1::TINYINT, 2::INTEGER, 3::BIGINT, 1.5::FLOAT, -0.0::DOUBLE, 'é', '\\x01'::BLOB,"
                + " DATE '1969-12-31', TIMESTAMP '1969-12-31 23:59:59.999999',"
                + " TIMESTAMPTZ '2001-01-01 00:00:00+02', 1.25::DECIMAL(5,2), [1.0::FLOAT, 2.0::FLOAT],"
                + " sum(1::BIGINT), {'a': 1}, NULL::DOUBLE");
    List<Object> row = rows.get(0);
    assertThat(row.get(7)).isEqualTo(new byte[] {1});
    assertThat(row.get(12)).isEqualTo(new float[] {1, 2});
    assertThat(Double.doubleToRawLongBits((Double) row.get(5))).isZero();
    assertThat(row)
        .startsWith((Object) true, 1, 2, 3L, 1.5f, 0.0, "é")
        .contains(-1, -1L, 978_300_000_000_000L, new BigDecimal("1.25"), new BigDecimal("1"))
        .endsWith("{'a': 1}", (Object) null);
  }

  @Test
  void equal_names_are_told_apart() {
    Query query = Query.parse("SELECT 1 AS a, 2 AS a", Rows.PLACE);
    assertThat(engine.describe(query, Map.of()).names()).containsExactly("a", "a_1");
  }

  @Test
  void rows_beyond_the_limit_are_cut_and_told() {
    Query query = Query.parse("SELECT * FROM range(10000)", Rows.PLACE);
    try (SqlResult result = engine.query(query, Map.of(), 5_000)) {
      assertThat(result.next().rows()).isEqualTo(4_096);
      assertThat(result.next().rows()).isEqualTo(904);
      assertThat(result.next()).isNull();
      assertThat(result.truncated()).isTrue();
    }
    try (SqlResult result = engine.query(query, Map.of(), 10_000)) {
      while (result.next() != null) {
        assertThat(result.truncated()).isFalse();
      }
      assertThat(result.truncated()).isFalse();
    }
  }

  @Test
  void as_of_reads_the_files_of_that_moment() {
    ParquetTable now = tables.get("landings");
    Map<String, ParquetTable> both =
        Map.of(
            "landings", now, "landings@7", new ParquetTable(LANDINGS, now.files().subList(0, 1)));
    assertThat(run(engine, "SELECT count(*) FROM landings AS OF 7", both))
        .containsExactly(List.of(1L));
    assertThat(
            run(
                engine,
                "SELECT (SELECT count(*) FROM landings AS OF 7 o), count(*) FROM landings",
                both))
        .containsExactly(List.of(1L, 3L));
  }

  @Test
  void copies_are_in_one_order() {
    Path out = folder.resolve("out.parquet");
    Query query = Query.parse("SELECT origin, delay FROM landings -- all", Rows.PLACE);
    assertThat(engine.copyToParquet(query, tables, out)).isEqualTo(3);
    Schema schema = engine.describe(query, tables);
    assertThat(
            run(
                engine,
                "SELECT * FROM copied",
                Map.of("copied", new ParquetTable(schema, List.of(out)))))
        .containsExactly(
            Arrays.asList("ATL", null), Arrays.asList("ATL", 20L), Arrays.asList("ORD", -3L));
  }

  @Test
  void a_copy_that_fails_leaves_nothing() throws IOException {
    Path out = folder.resolve("out.parquet");
    Query query = Query.parse("SELECT CAST(origin AS INTEGER) AS n FROM landings", Rows.PLACE);
    assertThatThrownBy(() -> engine.copyToParquet(query, tables, out))
        .hasMessageStartingWith(
            "EVALUATION_FAILED views.yaml:10:12 Could not convert string 'ATL' to INT32");
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .doesNotContain("out.parquet", "out.parquet.part");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM landing       ~ NOT_FOUND views.yaml:10:19 there is no table 'landing'; Did you mean "landings"?
          SELECT delai FROM landings  ~ COLUMN_NOT_FOUND views.yaml:10:12 there is no column 'delai'; near it are: "delay"
          SELECT FROM landings WHERE  ~ EXPRESSION_SYNTAX views.yaml:10:
          SELECT levensthein('a', 'b')~ FUNCTION_NOT_FOUND views.yaml:10:12 Scalar Function with name levensthein does not exist!
          SELECT 1 + origin FROM landings ~ TYPE_MISMATCH views.yaml:10:14 No function matches the given name and argument types
          SELECT CAST(origin AS INTEGER) FROM landings ~ EVALUATION_FAILED views.yaml:10:12 Could not convert string 'ATL' to INT32
          """)
  void errors_say_what_and_where(String sql, String message) {
    assertThatThrownBy(() -> run(sql)).hasMessageStartingWith(message);
  }

  @Test
  void errors_point_into_later_lines() {
    assertThatThrownBy(() -> run("SELECT origin,\n       delai\nFROM landings"))
        .hasMessageStartingWith("COLUMN_NOT_FOUND views.yaml:11:8 there is no column 'delai'");
  }

  @Test
  void no_other_file_is_read_and_no_setting_is_changed() throws SQLException {
    Path secret = parquet("secret.parquet", "SELECT 42 AS answer");
    for (String sql :
        List.of(
            "SELECT * FROM read_parquet('" + secret + "')",
            "SELECT * FROM read_csv('" + secret + "')",
            "SELECT * FROM read_text('" + secret + "')",
            "SELECT * FROM glob('" + folder + "/*')",
            "SELECT * FROM \"" + secret + "\"")) {
      assertThatThrownBy(() -> run(sql)).as(sql).hasMessageContaining("UNSUPPORTED");
    }
  }

  @Test
  void memory_and_time_are_limited() {
    try (SqlEngine small =
        DuckDb.open(folder.resolve("t"), new SqlLimits(1 << 24, 1, Duration.ofMillis(300)))) {
      assertThatThrownBy(
              () ->
                  run(
                      small,
                      "SELECT count(*) FROM range(100000000) a, range(100000000) b",
                      Map.of()))
          .hasMessageStartingWith(
              "LIMIT_EXCEEDED views.yaml:10:5 the query was stopped: it took longer");
    }
    try (SqlEngine small =
        DuckDb.open(folder.resolve("t"), new SqlLimits(1 << 24, 1, Duration.ofMinutes(1)))) {
      assertThatThrownBy(() -> run(small, "SELECT list(range) FROM range(50000000)", Map.of()))
          .hasMessageStartingWith("LIMIT_EXCEEDED");
    }
    assertThat(folder.resolve("t"))
        .satisfiesAnyOf(
            path -> assertThat(path).doesNotExist(), path -> assertThat(path).isEmptyDirectory());
  }

  @Test
  void an_interrupt_stops_the_query() throws InterruptedException {
    List<String> ends = new ArrayList<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                run(
                    engine,
                    "SELECT count(*) FROM range(100000000) a, range(100000000) b",
                    Map.of());
              } catch (PenstockException e) {
                ends.add(e.getMessage() + " " + Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    caller.interrupt();
    caller.join(30_000);
    assertThat(ends)
        .containsExactly(
            "LIMIT_EXCEEDED views.yaml:10:5 the query was stopped: its caller was interrupted true");
  }

  @Test
  void the_version_is_the_librarys() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT version()")) {
      row.next();
      assertThat(engine.version()).isEqualTo("duckdb " + row.getString(1));
    }
  }

  @Test
  void decimals_and_their_sums_have_types() {
    Query query =
        Query.parse(
            "SELECT sum(delay) AS s, sum(delay::DECIMAL(10,2)) AS d FROM landings", Rows.PLACE);
    assertThat(engine.describe(query, tables))
        .isEqualTo(
            Schema.of(
                Field.of("s", new Type.Decimal(38, 0)), Field.of("d", new Type.Decimal(38, 2))));
  }
}
