package dev.penstock.platform.live;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The flights example said a second time, in DuckDB's SQL over the raw files: what a flight's
 * features are at the moment it leaves. Shares with Penstock the files and nothing else; time zones
 * are DuckDB's own (ICU).
 */
final class FlightsOracle implements AutoCloseable {
  private static final long MINUTE = 60_000_000L;
  private static final long HOUR = 60 * MINUTE;

  private final Connection connection;

  /** One flight at the moment it leaves. */
  record Question(long q, String origin, String destination, long localDate, long distance) {}

  /** How many questions are of each hard kind. */
  record Hardness(long ties, long midnights, long nearTheChange, long hard) {}

  /**
   * Reads the rows of some months between two local days.
   *
   * @param data the example's folder of files
   */
  FlightsOracle(Path data, String from, String to, String... months) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    run("SET threads = 2");
    run("SET memory_limit = '1GB'");
    run("CREATE TABLE zones AS SELECT * FROM read_csv('" + data.resolve("airports.csv") + "')");
    String files = "";
    for (String month : months) {
      files +=
          (files.isEmpty() ? "'" : ", '") + data.resolve("flights-" + month + ".parquet") + "'";
    }
    // Where the row stands in the files is the order in which rows of one instant are accepted.
    run(
        "CREATE TABLE raw AS SELECT date, delay, distance, origin, destination,"
            + " row_number() OVER (ORDER BY filename, file_row_number) AS place FROM read_parquet(["
            + files
            + "], filename = true, file_row_number = true) WHERE date >= '"
            + from
            + "' AND date < '"
            + to
            + "'");
    run(
        """
        CREATE TABLE flights AS
        SELECT *, left_at + CAST(round_even((distance / 7.6::DOUBLE + 45) * 60e6, 0) AS BIGINT)
            AS landed
        FROM (
          SELECT raw.*, epoch_us(timezone(o.time_zone, raw.date)) AS left_at,
              o.time_zone NOT IN ('America/Phoenix', 'America/Indiana/Indianapolis',
                'Pacific/Honolulu', 'America/Puerto_Rico', 'America/St_Thomas') AS changes_clocks
          FROM raw JOIN zones o ON o.iata = origin JOIN zones d ON d.iata = destination
          WHERE origin <> destination AND distance BETWEEN 1 AND 6000)
        """);
    run(
        "CREATE TABLE landings AS SELECT *, delay >= 15 AS late FROM flights"
            + " WHERE delay BETWEEN -180 AND 1440");
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Writes the raw rows that landed in {@code [from, to)}, as they stand in the files. */
  void write(Path file, long from, long to) throws SQLException {
    run(
        "COPY (SELECT date, delay, distance, origin, destination FROM flights WHERE landed >= "
            + from
            + " AND landed < "
            + to
            + " ORDER BY place) TO '"
            + file
            + "' (FORMAT parquet)");
  }

  /**
   * Draws flights that leave in {@code [from, to)}: first those at moments where a rule of time is
   * easily broken, then any others.
   */
  void draw(long from, long to, int hard, int all) throws SQLException {
    run(
        """
        CREATE TABLE leaving AS
        SELECT *,
          EXISTS (FROM landings l WHERE l.landed = f.left_at
              AND (l.origin = f.origin OR l.destination IN (f.origin, f.destination))) AS tie,
          extract(hour FROM date) * 60 + extract(minute FROM date) NOT BETWEEN 15 AND 1424
            AS midnight,
          changes_clocks AND date >= '2001-03-31 23:00' AND date < '2001-04-01 06:00' AS change
        FROM flights f WHERE left_at >= %d AND left_at < %d
        """
            .formatted(from, to));
    run(
        """
        CREATE TABLE questions AS
        WITH hard AS (FROM leaving WHERE tie OR midnight OR change
                      ORDER BY midnight OR change DESC, hash(place) LIMIT %d),
             others AS (FROM leaving WHERE NOT (tie OR midnight OR change)
                      ORDER BY hash(place) LIMIT %d)
        SELECT *, row_number() OVER (ORDER BY left_at, place) AS n
        FROM (FROM hard UNION ALL FROM others)
        """
            .formatted(hard, all - hard));
  }

  Hardness hardness() throws SQLException {
    List<List<@Nullable Object>> row =
        rows(
            "SELECT count(*) FILTER (tie), count(*) FILTER (midnight), count(*) FILTER (change),"
                + " count(*) FILTER (tie OR midnight OR change) FROM questions");
    List<Long> counts = row.get(0).stream().map(Long.class::cast).toList();
    return new Hardness(counts.get(0), counts.get(1), counts.get(2), counts.get(3));
  }

  /** The questions drawn, in order of their moments. */
  List<Question> questions() throws SQLException {
    List<Question> questions = new ArrayList<>();
    for (List<@Nullable Object> row :
        rows(
            "SELECT left_at, origin, destination, epoch_us(date), distance"
                + " FROM questions ORDER BY n")) {
      questions.add(
          new Question(
              (Long) row.get(0),
              (String) row.get(1),
              (String) row.get(2),
              (Long) row.get(3),
              (Long) row.get(4)));
    }
    return questions;
  }

  /**
   * What every question's answer has to be, by column. A served read sees the rows at or below its
   * position (rule 10): all of history, and what was pushed before it was asked. History here are
   * the rows that landed before the first question and the driver has pushed those that landed
   * before {@code q}, so the visible rows are those with {@code landed < q}; windows are {@code [q
   * - w, q)} of the event time, which is the landing except in {@code departure_delays}.
   */
  Map<String, List<@Nullable Object>> answers() throws SQLException {
    Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
    String p90 = ", quantile_disc(delay, 0.9) " + within(24) + " AS delay_p90_24h, ";
    String day = means("landed", 1, 3, 24) + p90 + shares(1, 3, 24);
    answers(
        columns,
        "origin_delays",
        "r.origin = q.origin",
        "landed",
        day + ", last(delay ORDER BY event, place) " + within(24) + " AS last_delay_24h");
    answers(columns, "arrivals_at_destination", "r.destination = q.destination", "landed", day);
    answers(columns, "arrivals_at_origin", "r.destination = q.origin", "landed", day);
    answers(
        columns,
        "route_delays",
        "r.origin = q.origin AND r.destination = q.destination",
        "landed",
        means("landed", 24, 168)
            + ", "
            + shares(24, 168)
            + ", max(delay) "
            + within(168)
            + " AS worst_delay_7d");
    answers(columns, "departure_delays", "r.origin = q.origin", "left_at", means("left", 3, 24));
    read(
        columns,
        "origin_facts",
        "SELECT latitude, longitude FROM questions JOIN zones ON iata = origin ORDER BY n");
    read(
        columns,
        "flight_request",
        """
        SELECT extract(hour FROM date) AS hour, extract(isodow FROM date) AS weekday,
          distance, origin, destination,
          distance * (SELECT sum(late::BIGINT)::DOUBLE / count(*) FROM landings r
            WHERE r.origin = questions.origin
              AND r.landed < questions.left_at AND r.landed >= questions.left_at - %d)
            AS late_distance
        FROM questions ORDER BY n
        """
            .formatted(3 * HOUR));
    return columns;
  }

  /** Counts and means: a sum of whole numbers over a count is exact up to its one division. */
  private static String means(String counted, long... hours) {
    StringJoiner sql = new StringJoiner(", ");
    for (long hour : hours) {
      sql.add(
          "count(event) %1$s AS %2$s_%3$s, sum(delay) %1$s::DOUBLE / count(event) %1$s AS delay_%3$s"
              .formatted(within(hour), counted, name(hour)));
    }
    return sql.toString();
  }

  private static String shares(long... hours) {
    StringJoiner sql = new StringJoiner(", ");
    for (long hour : hours) {
      sql.add(
          "sum(late::BIGINT) %1$s::DOUBLE / count(event) %1$s AS late_%2$s"
              .formatted(within(hour), name(hour)));
    }
    return sql.toString();
  }

  private static String within(long hours) {
    return "FILTER (event >= q - " + hours * HOUR + ")";
  }

  private static String name(long hours) {
    return hours == 168 ? "7d" : hours + "h";
  }

  private void answers(
      Map<String, List<@Nullable Object>> columns,
      String prefix,
      String key,
      String event,
      String aggregates)
      throws SQLException {
    read(
        columns,
        prefix,
        "SELECT "
            + aggregates
            + " FROM (SELECT n, left_at AS q, origin, destination FROM questions) q LEFT JOIN"
            + " (SELECT origin, destination, landed, delay, late, place, "
            + event
            + " AS event FROM landings) r ON "
            + key
            + " AND r.landed < q AND r.event < q AND r.event >= q - "
            + 168 * HOUR
            + " GROUP BY n ORDER BY n");
  }

  private void read(Map<String, List<@Nullable Object>> columns, String prefix, String sql)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      List<List<@Nullable Object>> read = new ArrayList<>();
      for (int c = 1; c <= width; c++) {
        List<@Nullable Object> column = new ArrayList<>();
        read.add(column);
        columns.put(prefix + "__" + result.getMetaData().getColumnName(c), column);
      }
      while (result.next()) {
        for (int c = 1; c <= width; c++) {
          read.get(c - 1).add(result.getObject(c));
        }
      }
    }
  }

  private List<List<@Nullable Object>> rows(String sql) throws SQLException {
    Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
    read(columns, "", sql);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    List<List<@Nullable Object>> all = List.copyOf(columns.values());
    for (int row = 0; row < all.get(0).size(); row++) {
      List<@Nullable Object> cells = new ArrayList<>();
      for (List<@Nullable Object> column : all) {
        cells.add(column.get(row));
      }
      rows.add(cells);
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
