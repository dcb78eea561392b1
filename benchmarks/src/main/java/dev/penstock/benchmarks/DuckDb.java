package dev.penstock.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person would write in SQL for a workload, in the ways that DuckDB offers. */
final class DuckDb implements AutoCloseable {
  private final Connection connection;
  private final History history;

  DuckDb(History history, int threads) throws SQLException {
    this.connection = DriverManager.getConnection("jdbc:duckdb:");
    this.history = history;
    execute("SET threads = " + threads);
    execute("SET memory_limit = '8GB'");
  }

  /** Reads the columns and writes a result of the same shape: the raw limit. */
  void limit(Path result) throws SQLException {
    String copied =
        Workload.WINDOWS.stream()
            .map(window -> "id AS a, id * 1.5 AS b, id * 2.5 AS c, id * 3.5 AS d, id * 4.5 AS e")
            .collect(Collectors.joining(", "));
    execute("SELECT sum(key), max(ts), sum(v1) FROM read_parquet('" + history.events() + "')");
    copy("SELECT " + copied + " FROM read_parquet('" + history.labels() + "')", result);
  }

  /** Every event within the longest window of every label, then filtered window by window. */
  void join(Path result) throws SQLException {
    copy(
        "SELECT l.id, "
            + perWindow(
                window -> "count(e.ts) FILTER (e.ts >= l.ts - " + interval(window) + ")",
                (function, window) ->
                    function + "(e.v1) FILTER (e.ts >= l.ts - " + interval(window) + ")")
            + " FROM labels l LEFT JOIN events e ON e.key = l.key AND e.ts < l.ts"
            + " AND e.ts >= l.ts - INTERVAL 30 DAY GROUP BY l.id, l.ts",
        result);
  }

  /** Windows over events and labels together. */
  void frames(Path result) throws SQLException {
    String windows =
        Workload.WINDOWS.stream()
            .map(
                window ->
                    "w"
                        + window
                        + " AS (PARTITION BY key ORDER BY ts RANGE BETWEEN "
                        + interval(window)
                        + " PRECEDING AND INTERVAL 1 MICROSECOND PRECEDING)")
            .collect(Collectors.joining(", "));
    copy(
        "SELECT * FROM (SELECT id, "
            + perWindow(
                window -> "count(v1) OVER w" + window,
                (function, window) -> function + "(v1) OVER w" + window)
            + " FROM (SELECT NULL AS id, key, ts, v1 FROM events UNION ALL"
            + " SELECT id, key, ts, NULL FROM labels) WINDOW "
            + windows
            + ") WHERE id IS NOT NULL",
        result);
  }

  /** The latest event of each label. */
  void asOf(Path result) throws SQLException {
    copy(
        "SELECT l.id, e.v1, e.v2, e.v3, e.v4, e.v5"
            + " FROM labels l ASOF LEFT JOIN events e ON e.key = l.key AND e.ts < l.ts",
        result);
  }

  private interface Count {
    String over(String window);
  }

  private interface Fold {
    String over(String function, String window);
  }

  private static String perWindow(Count count, Fold fold) {
    return Workload.WINDOWS.stream()
        .map(
            window ->
                count.over(window)
                    + " AS count_"
                    + window
                    + ", "
                    + List.of("sum", "avg", "min", "max").stream()
                        .map(f -> fold.over(f, window) + " AS " + f + "_" + window)
                        .collect(Collectors.joining(", ")))
        .collect(Collectors.joining(", "));
  }

  private static String interval(String window) {
    int number = Integer.parseInt(window.substring(0, window.length() - 1));
    return "INTERVAL " + number + (window.endsWith("h") ? " HOUR" : " DAY");
  }

  private void copy(String query, Path result) throws SQLException {
    execute(
        String.format(
            Locale.ROOT,
            "COPY (WITH events AS (SELECT * FROM read_parquet('%s')),"
                + " labels AS (SELECT * FROM read_parquet('%s')) %s) TO '%s' (FORMAT parquet)",
            history.events(),
            history.labels(),
            query,
            result));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
