package dev.penstock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import dev.penstock.testkit.Rows;
import dev.penstock.testkit.Seeds;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows and aggregates over random logs: DuckDB and a replay give the same values. */
class DuckDbWindowsTest {
  private static final int ROWS = 300;
  private static final int QUESTIONS = 80;
  private static final long STEP = 10 * 60 * 1_000_000L;

  /** Two days before a change of clocks in New York; in Europe they had changed a week before. */
  private static final long START =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2001-03-30T00:00:00Z"));

  private static final int STEPS = 4 * 24 * 6;
  private static final String[] KEYS = {"", "a", "b"};

  private static final Schema SCHEMA =
      Schema.of(
              Field.of("key", Scalar.STRING),
              Field.of("whole", Scalar.INT64),
              Field.of("real", Scalar.FLOAT64),
              Field.of("text", Scalar.STRING),
              Field.of("flag", Scalar.BOOLEAN))
          .with(SystemColumns.FIELDS)
          .with(SystemColumns.RETRACTION_FIELDS);

  private static Connection duck;

  @BeforeAll
  static void open() throws SQLException {
    duck = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterAll
  static void close() throws SQLException {
    duck.close();
  }

  /** One accepted row; a retraction's values are those of the row that it takes back. */
  private record Accepted(
      List<@Nullable Object> values,
      long event,
      long seen,
      int part,
      long pos,
      @Nullable Accepted of) {}

  private record Question(String key, long q) {}

  static LongStream seeds() {
    return Seeds.of(2, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void windows_and_aggregates_mean_what_they_mean_to_duckdb(long seed) throws SQLException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Accepted> log = log(random);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      long q = START + random.nextInt(STEPS + 20) * STEP + (random.nextInt(3) - 1);
      questions.add(new Question(KEYS[random.nextInt(KEYS.length)], q));
    }
    load(log, questions);
    for (OracleWindow window : OracleWindow.ALL) {
      ViewHistory history = ViewHistory.of(view(window), List.of(batch(log)));
      compare(window, history.read(asked(questions), Visibility.AS_HAPPENED), "gone IS NULL", seed);
      compare(
          window,
          history.read(asked(questions), Visibility.AS_SEEN),
          "seen < q AND (gone IS NULL OR gone >= q)",
          seed);
    }
  }

  /** Rows on a coarse grid, so that they meet each other and the edges of windows. */
  private static List<Accepted> log(SplittableRandom random) {
    List<Accepted> log = new ArrayList<>();
    long[] next = new long[2];
    List<Accepted> standing = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int part = random.nextInt(2);
      long event = START + random.nextInt(STEPS) * STEP;
      long seen = event + (random.nextInt(3) == 0 ? random.nextInt(60) * STEP : 0);
      if (!standing.isEmpty() && random.nextInt(8) == 0) {
        Accepted of = standing.remove(random.nextInt(standing.size()));
        long later = of.seen() + random.nextInt(60) * STEP;
        log.add(new Accepted(of.values(), of.event(), later, part, next[part]++, of));
        continue;
      }
      List<@Nullable Object> values = new ArrayList<>();
      values.add(KEYS[random.nextInt(5) == 0 ? 1 : 0]);
      values.add((long) random.nextInt(-20, 40));
      // Halves and quarters, so that sums are exact in any order.
      values.add(random.nextInt(-400, 4_000) / 4.0);
      values.add("" + (char) ('a' + random.nextInt(6)));
      values.add(random.nextBoolean());
      for (int column = 1; column < values.size(); column++) {
        if (random.nextInt(10) == 0) {
          values.set(column, null);
        }
      }
      log.add(new Accepted(values, event, seen, part, next[part]++, null));
      standing.add(log.get(log.size() - 1));
    }
    return log;
  }

  private static Batch batch(List<Accepted> log) {
    Rows rows = Rows.of(SCHEMA);
    for (Accepted row : log) {
      List<@Nullable Object> values = new ArrayList<>(row.values());
      values.addAll(List.of(row.event(), row.seen(), row.part(), row.pos()));
      values.add(row.part() + "/" + row.pos());
      values.add(row.of() == null ? null : (Object) row.of().part());
      values.add(row.of() == null ? null : (Object) row.of().pos());
      rows.row(values.toArray());
    }
    return rows.batch();
  }

  private static FeatureView view(OracleWindow window) {
    List<Feature> features = new ArrayList<>();
    for (OracleAggregate aggregate : OracleAggregate.ALL) {
      features.add(new Feature("f" + features.size(), aggregate.aggregate(), window.window()));
    }
    Entity entity = new Entity("thing", List.of(Field.of("key", Scalar.STRING)));
    return FeatureView.of("oracle", entity, List.of("key"), features).over(ChangelogMode.RETRACT);
  }

  private static Queries asked(List<Question> questions) {
    Object[] keys = questions.stream().map(Question::key).toArray();
    return new Queries(
        List.of(new ObjectColumn(Scalar.STRING, keys)),
        questions.stream().mapToLong(Question::q).toArray());
  }

  private static void load(List<Accepted> log, List<Question> questions) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE TABLE rows (key VARCHAR, whole BIGINT, real DOUBLE, text VARCHAR,"
              + " flag BOOLEAN, event BIGINT, seen BIGINT, part INTEGER, pos BIGINT, gone BIGINT)");
      statement.execute("CREATE OR REPLACE TABLE questions (i INTEGER, key VARCHAR, q BIGINT)");
    }
    try (PreparedStatement insert =
        duck.prepareStatement("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Accepted row : log) {
        if (row.of() == null) {
          List<@Nullable Object> values = new ArrayList<>(row.values());
          values.addAll(List.of(row.event(), row.seen(), row.part(), row.pos()));
          values.add(
              log.stream()
                  .filter(other -> other.of() == row)
                  .map(Accepted::seen)
                  .findFirst()
                  .orElse(null));
          insert(insert, values);
        }
      }
      insert.executeBatch();
    }
    try (PreparedStatement insert =
        duck.prepareStatement("INSERT INTO questions VALUES (?, ?, ?)")) {
      for (int i = 0; i < questions.size(); i++) {
        insert(insert, List.of(i, questions.get(i).key(), questions.get(i).q()));
      }
      insert.executeBatch();
    }
  }

  private static void insert(PreparedStatement insert, List<@Nullable Object> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      insert.setObject(i + 1, values.get(i));
    }
    insert.addBatch();
  }

  private static void compare(
      OracleWindow window, List<FeatureColumn> columns, String visible, long seed)
      throws SQLException {
    String values =
        OracleAggregate.ALL.stream().map(OracleAggregate::sql).collect(Collectors.joining(",\n  "));
    String sql =
        "WITH asked AS (SELECT i, q, rows.* FROM questions JOIN rows USING (key)"
            + (" WHERE event < q AND " + visible + ")\n")
            + ("SELECT " + values + "\nFROM questions n LEFT JOIN (" + window.rows() + ") m")
            + " ON m.i = n.i GROUP BY n.i, n.q ORDER BY n.i";
    int present = 0;
    try (Statement statement = duck.createStatement();
        ResultSet expected = statement.executeQuery(sql)) {
      for (int i = 0; i < QUESTIONS; i++) {
        assertThat(expected.next()).isTrue();
        for (int f = 0; f < columns.size(); f++) {
          Object value = columns.get(f).answer(i).value();
          Object other = expected.getObject(f + 1);
          present += value == null ? 0 : 1;
          if (!agree(OracleAggregate.ALL.get(f), value, other)) {
            throw new AssertionError(
                ("seed " + seed + ", question " + i + " over " + window.window().text())
                    + (" where " + visible + ": ")
                    + (OracleAggregate.ALL.get(f).aggregate() + " is " + value)
                    + (", DuckDB says " + other));
          }
        }
      }
    } catch (SQLException e) {
      throw new SQLException(sql, e);
    }
    assertThat(present).as("values over %s", window.window().text()).isGreaterThan(QUESTIONS);
  }

  private static boolean agree(
      OracleAggregate aggregate, @Nullable Object value, @Nullable Object other) {
    if (value instanceof Double real && other instanceof Double exact) {
      return Math.abs(real - exact) <= aggregate.tolerance() * Math.max(1, Math.abs(exact));
    } else if (value instanceof Number number && other instanceof Number same) {
      return number.doubleValue() == same.doubleValue();
    }
    return value == null ? other == null : value.equals(other);
  }
}
