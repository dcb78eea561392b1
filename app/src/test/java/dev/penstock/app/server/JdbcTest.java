package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tools see of the lake through Arrow's JDBC driver. */
class JdbcTest {
  private static final Calendar UTC = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
  private static final String SLOW =
      "SELECT count(*) AS n FROM range(100000000000) a, range(1000) b WHERE a.range % 7 = b.range";

  @TempDir static Path folder;
  private static ServedProject project;

  @BeforeAll
  static void serve() throws IOException {
    project =
        new ServedProject(
            folder,
            """
            source: payments
            owner: shop@example.com
            columns:
              payment: string not null
              at: timestamp not null
              amount: decimal(10,2)
              rate: float64
              items: int32
            event_time: at
            id: payment
            """);
    project.history(
        "payments",
        "payment,at,amount,rate,items\n"
            + "p1,2001-01-01T06:00:00Z,12.50,0.25,3\n"
            + "p2,2001-01-02T06:00:00.000001Z,,NaN,\n");
    ServedProject.done(project.operations().createVersion("january", ""));
    project.history(
        "payments", "payment,at,amount,rate,items\np3,2001-01-03T06:00:00Z,-0.01,-0.0,-3\n");
    project.serve();
  }

  @AfterAll
  static void close() {
    project.close();
  }

  private static Connection connect(String properties) throws SQLException {
    return DriverManager.getConnection(
        project.address().replace("http://", "jdbc:arrow-flight-sql://")
            + "/?useEncryption=false"
            + properties);
  }

  private static List<List<@Nullable Object>> rows(ResultSet result) throws SQLException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    while (result.next()) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
        row.add(result.getObject(column));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<List<@Nullable Object>> ask(String properties, String query)
      throws SQLException {
    try (Connection connection = connect(properties);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return rows(result);
    }
  }

  @Test
  void values_of_every_type_arrive_as_they_are() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT true AS b, 7::INTEGER AS i, (-9223372036854775808)::BIGINT AS l,"
                    + " 1.5::FLOAT AS f, 'NaN'::DOUBLE AS d, 'h\u00e9 \ud83d\ude00' AS s, '\\x00\\xFF'::BLOB AS x,"
                    + " DATE '1969-07-20' AS day,"
                    + " TIMESTAMPTZ '1969-12-31 23:59:59.999999+00' AS t,"
                    + " TIMESTAMP '2001-01-01 06:00:00.000001' AS local,"
                    + " 12345678901234567890123456789012345.678::DECIMAL(38,3) AS m,"
                    + " [1.5, NULL, 3.0]::FLOAT[] AS v, NULL::DOUBLE AS nothing")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getBoolean("b")).isTrue();
      assertThat(row.getInt("i")).isEqualTo(7);
      assertThat(row.getLong("l")).isEqualTo(Long.MIN_VALUE);
      assertThat(row.getFloat("f")).isEqualTo(1.5f);
      assertThat(row.getDouble("d")).isNaN();
      assertThat(row.getString("s")).isEqualTo("h\u00e9 \ud83d\ude00");
      assertThat(row.getBytes("x")).containsExactly(0, 255);
      assertThat(row.getDate("day", UTC).getTime())
          .isEqualTo(Instant.parse("1969-07-20T00:00:00Z").toEpochMilli());
      Timestamp moment = row.getTimestamp("t");
      assertThat(moment.toInstant()).isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
      assertThat(row.getTimestamp("local", UTC).toInstant())
          .isEqualTo(Instant.parse("2001-01-01T06:00:00.000001Z"));
      assertThat(row.getBigDecimal("m"))
          .isEqualTo(new BigDecimal("12345678901234567890123456789012345.678"));
      assertThat((Object[]) row.getArray("v").getArray()).containsExactly(1.5f, Float.NaN, 3.0f);
      assertThat(row.getDouble("nothing")).isZero();
      assertThat(row.wasNull()).isTrue();
      assertThat(row.getMetaData().getColumnType(9)).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
      assertThat(row.getMetaData().getColumnType(10)).isEqualTo(Types.TIMESTAMP);
      assertThat(row.getMetaData().getPrecision(11)).isEqualTo(38);
      assertThat(row.getMetaData().getScale(11)).isEqualTo(3);
      assertThat(row.next()).isFalse();
    }
  }

  @Test
  void tables_are_read_with_what_is_null_and_what_is_no_number() throws SQLException {
    assertThat(ask("", "SELECT payment, amount, rate, items FROM payments ORDER BY payment"))
        .containsExactly(
            Arrays.asList("p1", new BigDecimal("12.50"), 0.25, 3),
            Arrays.asList("p2", null, Double.NaN, null),
            Arrays.asList("p3", new BigDecimal("-0.01"), 0.0, -3));
    assertThat(ask("", "SELECT count(*) FROM \"served\".\"payments\""))
        .containsExactly(List.of(3L));
  }

  @Test
  void a_connection_reads_as_of_a_version() throws SQLException {
    String count = "SELECT count(*) FROM payments";
    assertThat(ask("&as_of=january", count)).containsExactly(List.of(2L));
    assertThat(ask("", count)).containsExactly(List.of(3L));
    assertThatThrownBy(() -> ask("&as_of=june", count)).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void many_rows_come_part_by_part() throws SQLException {
    long sum = 0;
    try (Connection connection = connect("");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT range AS n, repeat('x', 100) AS text FROM range(300000)")) {
      while (rows.next()) {
        sum += rows.getLong(1) + rows.getString(2).length();
      }
    }
    assertThat(sum).isEqualTo(300_000L * 299_999 / 2 + 300_000L * 100);
  }

  @Test
  void a_prepared_statement_says_its_columns_and_runs_again() throws SQLException {
    try (Connection connection = connect("");
        PreparedStatement statement =
            connection.prepareStatement("SELECT payment, items FROM payments WHERE items > 0")) {
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
      assertThat(statement.getMetaData().getColumnName(2)).isEqualTo("items");
      for (int time = 0; time < 2; time++) {
        try (ResultSet result = statement.executeQuery()) {
          assertThat(rows(result)).containsExactly(List.of("p1", 3));
        }
      }
    }
  }

  @Test
  void tools_find_tables_and_columns() throws SQLException {
    try (Connection connection = connect("")) {
      DatabaseMetaData meta = connection.getMetaData();
      assertThat(names(meta.getSchemas(), "TABLE_SCHEM")).containsExactly("served");
      assertThat(names(meta.getTables(null, null, "%", null), "TABLE_NAME"))
          .containsExactly("payments");
      assertThat(
              names(meta.getTables(null, "ser_ed", "pay%", new String[] {"TABLE"}), "TABLE_NAME"))
          .containsExactly("payments");
      assertThat(names(meta.getTables(null, "other", "%", null), "TABLE_NAME")).isEmpty();
      assertThat(names(meta.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"))
          .isEmpty();
      assertThat(names(meta.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE");
      assertThat(names(meta.getColumns(null, null, "payments", "%"), "COLUMN_NAME"))
          .startsWith("payment", "at", "amount", "rate", "items")
          .contains("_event_time");
      try (ResultSet amount = meta.getColumns(null, "served", "payments", "amount")) {
        assertThat(amount.next()).isTrue();
        assertThat(amount.getInt("DATA_TYPE")).isEqualTo(Types.DECIMAL);
        assertThat(amount.getInt("DECIMAL_DIGITS")).isEqualTo(2);
        assertThat(amount.getString("IS_NULLABLE")).isEqualTo("YES");
      }
      assertThat(names(meta.getPrimaryKeys(null, null, "payments"), "COLUMN_NAME")).isEmpty();
      assertThat(names(meta.getImportedKeys(null, null, "payments"), "FKCOLUMN_NAME")).isEmpty();
      assertThat(meta.getDatabaseProductName()).isEqualTo("Penstock");
      assertThat(meta.isReadOnly()).isTrue();
    }
  }

  private static List<String> names(ResultSet result, String column) throws SQLException {
    List<String> names = new ArrayList<>();
    try (result) {
      while (result.next()) {
        names.add(result.getString(column));
      }
    }
    return names;
  }

  /** Tools ask for any of these when they connect. */
  @Test
  void every_plain_question_about_the_server_has_an_answer() throws Exception {
    List<String> unanswered = new ArrayList<>();
    try (Connection connection = connect("")) {
      DatabaseMetaData meta = connection.getMetaData();
      for (Method method : DatabaseMetaData.class.getMethods()) {
        Class<?> type = method.getReturnType();
        if (method.getParameterCount() == 0 && (type.isPrimitive() || type == String.class)) {
          try {
            method.invoke(meta);
          } catch (InvocationTargetException e) {
            unanswered.add(method.getName() + ": " + e.getCause());
          }
        }
      }
    }
    assertThat(unanswered).isEmpty();
  }

  @Test
  void a_mistake_is_told_with_its_place() {
    assertThatThrownBy(() -> ask("", "SELECT payment,\n  amuont FROM payments"))
        .hasMessageContaining("COLUMN_NOT_FOUND query:2:3 there is no column 'amuont'");
    assertThatThrownBy(() -> ask("", "SELECT payment FRO payments"))
        .hasMessageContaining("EXPRESSION_SYNTAX query:1:");
    assertThatThrownBy(() -> ask("", "SELECT * FROM paymentz")).hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() -> ask("", "DELETE FROM payments")).hasMessageContaining("UNSUPPORTED");
    assertThatThrownBy(() -> ask("", "SELECT * FROM read_csv('/etc/passwd')"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void a_query_that_is_cancelled_ends_here_too() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      CompletableFuture<?> asked =
          CompletableFuture.runAsync(
              () -> {
                try (ResultSet result = statement.executeQuery(SLOW)) {
                  result.next();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      await(1);
      statement.cancel();
      assertThatThrownBy(() -> asked.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
      await(0);
    }
  }

  /** Waits until so many queries run in this process. */
  private static void await(long queries) {
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("penstock-sql"))
                        .count()
                    == queries);
  }

  @Test
  void text_of_any_length_arrives() throws SQLException {
    List<List<@Nullable Object>> rows = ask("", "SELECT repeat('\u00e9', 2000000) AS text");
    assertThat(rows.get(0).get(0).toString().getBytes(StandardCharsets.UTF_8)).hasSize(4_000_000);
  }
}
