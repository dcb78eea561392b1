package dev.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.testkit.Seeds;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random expressions over random rows: DuckDB and our nodes give the same values. */
class DuckDbOracleTest {
  private static final int ROWS = 200;
  private static final int EXPRESSIONS = 40;

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("a", Scalar.INT64),
          Field.of("b", Scalar.INT64),
          Field.of("big", Scalar.INT64),
          Field.of("x", Scalar.FLOAT64),
          Field.of("y", Scalar.FLOAT64),
          Field.of("s", Scalar.STRING),
          Field.of("t", Scalar.STRING),
          Field.of("yes", Scalar.BOOLEAN),
          Field.of("happened", Scalar.LOCAL_TIMESTAMP),
          Field.of("d", Scalar.DATE),
          Field.of("p", new Type.Decimal(4, 2)),
          Field.of("q", new Type.Decimal(4, 4)));

  private static Connection duck;

  @BeforeAll
  static void open() throws SQLException {
    duck = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterAll
  static void close() throws SQLException {
    duck.close();
  }

  static LongStream seeds() {
    return Seeds.of(6, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void expressions_mean_what_they_mean_to_duckdb(long seed) throws SQLException {
    SplittableRandom random = new SplittableRandom(seed);
    Object[][] rows = new Object[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      rows[i] = row(random);
    }
    Batch batch = Rows.of(SCHEMA, rows);
    load(rows);
    RandomExpressions expressions = new RandomExpressions(random);
    for (int e = 0; e < EXPRESSIONS; e++) {
      compare(expressions.any(), batch, seed);
    }
  }

  private static void compare(RandomExpressions.Pair pair, Batch batch, long seed)
      throws SQLException {
    Column ours;
    try {
      ours = Rows.compile(pair.ours(), SCHEMA).evaluate(batch);
    } catch (PenstockException e) {
      throw new AssertionError("seed " + seed + ": " + pair.ours(), e);
    }
    try (Statement statement = duck.createStatement();
        ResultSet theirs =
            statement.executeQuery("SELECT " + pair.duck() + " FROM rows ORDER BY id")) {
      for (int i = 0; i < batch.rows(); i++) {
        assertThat(theirs.next()).isTrue();
        Object expected = plain(theirs.getObject(1));
        Object actual = ours.value(i);
        if (!equal(expected, actual, pair.close())) {
          throw new AssertionError(
              "seed "
                  + seed
                  + " row "
                  + i
                  + " "
                  + Rows.rows(batch.slice(i, i + 1))
                  + "\nours "
                  + pair.ours()
                  + " = "
                  + actual
                  + "\nduck "
                  + pair.duck()
                  + " = "
                  + expected);
        }
      }
    } catch (SQLException e) {
      throw new SQLException("seed " + seed + ": " + pair.duck(), e);
    }
  }

  private static boolean equal(Object expected, Object actual, boolean close) {
    if (expected instanceof Double x && actual instanceof Double y) {
      double tolerance = close ? 1e-13 * Math.abs(x) : 0;
      return (x.isNaN() && y.isNaN()) || x + 0.0 == y || Math.abs(x - y) <= tolerance;
    } else if (expected instanceof BigDecimal x && actual instanceof BigDecimal y) {
      return x.compareTo(y) == 0;
    } else if (expected instanceof Number x && actual instanceof Number y) {
      return x.longValue() == y.longValue();
    }
    return java.util.Objects.equals(expected, actual);
  }

  private static Object plain(Object value) {
    if (value instanceof java.sql.Timestamp time) {
      return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time.toLocalDateTime());
    } else if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    return value;
  }

  private static Object[] row(SplittableRandom random) {
    Object[] row = {
      (long) random.nextInt(-9, 10),
      (long) random.nextInt(-3, 4),
      pick(random, 0L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 62, -3_037_000_500L, 1_000_003L),
      pick(random, 0.0, -1.0, 0.5, 2.5, -2.5, 1e-3, 1e300, Double.NaN, Double.POSITIVE_INFINITY),
      (random.nextInt(2_000_001) - 1_000_000) / 64.0,
      pick(random, "", "a", "ATL", " atl ", "é😀", "zz", "A%L"),
      "" + (char) ('a' + random.nextInt(4)),
      random.nextBoolean(),
      random.nextLong(-2_208_988_800_000_000L, 4_102_444_800_000_000L),
      random.nextInt(-25_567, 47_482),
      BigDecimal.valueOf(random.nextInt(-9_999, 10_000), 2),
      BigDecimal.valueOf(random.nextInt(-99, 100), 4)
    };
    for (int c = 0; c < row.length; c++) {
      row[c] = random.nextInt(6) == 0 ? null : row[c];
    }
    return row;
  }

  private static Object pick(SplittableRandom random, Object... options) {
    return options[random.nextInt(options.length)];
  }

  private static void load(Object[][] rows) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE TABLE rows (id INTEGER, a BIGINT, b BIGINT, big BIGINT, x DOUBLE,"
              + " y DOUBLE, s VARCHAR, t VARCHAR, yes BOOLEAN, happened TIMESTAMP, d DATE,"
              + " p DECIMAL(4,2), q DECIMAL(4,4))");
    }
    try (PreparedStatement insert =
        duck.prepareStatement("INSERT INTO rows VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
      for (int i = 0; i < rows.length; i++) {
        insert.setInt(1, i);
        for (int c = 0; c < rows[i].length; c++) {
          insert.setObject(c + 2, bound(rows[i][c], SCHEMA.field(c).type()));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static Object bound(Object value, Type type) {
    if (value == null) {
      return null;
    } else if (type == Scalar.LOCAL_TIMESTAMP) {
      long micros = (Long) value;
      return LocalDateTime.ofEpochSecond(
          Math.floorDiv(micros, 1_000_000L),
          (int) Math.floorMod(micros, 1_000_000L) * 1_000,
          ZoneOffset.UTC);
    } else if (type == Scalar.DATE) {
      return LocalDate.ofEpochDay((Integer) value);
    }
    return value;
  }
}
