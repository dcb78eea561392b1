package dev.penstock.platform.live;

import static dev.penstock.platform.TapsProject.CLOCK;
import static dev.penstock.platform.TapsProject.done;
import static dev.penstock.platform.TapsProject.micros;
import static dev.penstock.platform.TapsProject.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.ShopProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Lookup;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.run.ProjectOperations;
import dev.penstock.platform.serve.FeatureReader;
import dev.penstock.platform.serve.Intake;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import dev.penstock.testkit.Seeds;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random change feeds, half history and half live with a restart between, against DuckDB: a version
 * of a row counts from when it was seen until the next change of its key was.
 */
class ChangesOracleTest {
  private static final long MINUTE = 60_000_000L;
  private static final long BEGIN = micros("2001-01-01T00:00:00Z");
  private static final long LIVE = micros("2001-01-03T00:00:00Z");
  private static final int HISTORY = 250;
  private static final int PUSHES = 40;
  private static final List<String> SHOPS = List.of("a", "b", "c");

  private static final String ANSWERS =
      """
      WITH versions AS (
        SELECT *, lead(seen) OVER (PARTITION BY order_id ORDER BY seq) AS gone FROM changes)
      SELECT count(*), sum(amount), max(amount), last(amount ORDER BY happened, seq),
        count(*) FILTER (amount >= 10)
      FROM versions
      WHERE op <> 'd' AND shop = ? AND seen < ? AND NOT coalesce(gone < ?, false)
        AND happened >= ? AND happened < ?
      """;

  @TempDir Path folder;

  /** A change; of a deletion only key and time. */
  private record Change(long order, long at, @Nullable String shop, double amount, String op) {}

  private static final class Feed {
    final SplittableRandom random;
    final Set<Long> there = new HashSet<>();

    Feed(long seed) {
      random = new SplittableRandom(seed);
    }

    Change next(long from, long to) {
      long order = random.nextInt(30);
      // Whole minutes: ties are many, and amounts are quarters: sums are exact.
      long at = from + random.nextLong((to - from) / MINUTE) * MINUTE;
      if (there.contains(order) && random.nextInt(4) == 0) {
        there.remove(order);
        return new Change(order, at, null, 0, "d");
      }
      String op = there.add(order) ? "c" : "u";
      return new Change(
          order, at, SHOPS.get(random.nextInt(SHOPS.size())), random.nextInt(80) / 4.0, op);
    }
  }

  private static LongStream seeds() {
    return Seeds.of(2, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void answers_are_those_of_duckdb_over_the_changes(long seed) throws SQLException {
    Feed feed = new Feed(seed);
    StringBuilder csv = new StringBuilder("order_id,at,shop,amount,op\n");
    TestProject definitions = ShopProject.write(folder);
    definitions.change("shop.yaml", "row_count <= 5", "row_count >= 1");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      execute(
          duckdb,
          "CREATE TABLE changes (seq BIGINT, order_id BIGINT, happened BIGINT, shop VARCHAR,"
              + " amount DOUBLE, op VARCHAR, seen BIGINT)");
      long seq = 0;
      for (; seq < HISTORY; seq++) {
        Change change = feed.next(BEGIN, LIVE);
        String values = change.shop() == null ? "," : change.shop() + "," + change.amount();
        csv.append(change.order() + "," + instant(change.at()) + "," + values + "," + change.op());
        csv.append('\n');
        insert(duckdb, seq, change, change.at() + MINUTE);
      }
      definitions.file("orders.csv", csv.toString());
      ProjectOperations operations = open(definitions);
      try {
        done(operations.apply(Progress.SILENT));
        done(
            operations.ingest(
                new Ingest("orders", List.of(folder.resolve("orders.csv")), Ingest.Mode.HISTORY),
                Progress.SILENT));
        long now = LIVE;
        int compared = 0;
        for (int push = 0; push < PUSHES; push++) {
          if (push == PUSHES / 2) {
            operations.close();
            operations = open(definitions);
          }
          Intake orders = operations.serving(ClockMode.REPLAY).source("orders");
          Rows rows = Rows.of(orders.schema());
          for (int i = feed.random.nextInt(8); i >= 0; i--) {
            Change change = feed.next(now - 2 * 24 * 60 * MINUTE, now);
            boolean deletes = change.shop() == null;
            rows.row(
                change.order(),
                deletes ? null : change.at(),
                change.shop(),
                deletes ? null : change.amount(),
                change.op());
            insert(duckdb, seq++, change, now);
          }
          assertThat(orders.push(RawRows.pushed(rows.batch()).seenAt(now)).quarantined()).isEmpty();
          now += 1 + feed.random.nextLong(90 * MINUTE);
          for (String shop : SHOPS) {
            List<@Nullable Object> wanted = answers(duckdb, shop, now);
            assertThat(served(operations, shop, now))
                .as("seed %d, %s at %s", seed, shop, instant(now))
                .isEqualTo(wanted);
            compared += wanted.contains(null) ? 0 : 1;
          }
        }
        assertThat(compared).isGreaterThan(PUSHES);
        for (int question = 0; question < 20; question++) {
          long q = BEGIN + feed.random.nextLong(now - BEGIN);
          String shop = SHOPS.get(feed.random.nextInt(SHOPS.size()));
          assertThat(offline(operations, shop, q))
              .as("seed %d, history of %s at %s", seed, shop, instant(q))
              .isEqualTo(answers(duckdb, shop, q));
        }
      } finally {
        operations.close();
      }
    }
  }

  private static ProjectOperations open(TestProject definitions) {
    return new ProjectOperations(new OpenProject(TapsProject.workspace(definitions), CLOCK));
  }

  private static List<@Nullable Object> served(ProjectOperations operations, String shop, long q) {
    FeatureReader reader =
        operations.serving(ClockMode.REPLAY).features(new FeatureSelection.Service("shops"));
    Batch question = Rows.of(reader.inputs()).row(shop).batch();
    List<@Nullable Object> values = new ArrayList<>();
    for (FeatureColumn column : reader.read(question, q).columns()) {
      values.add(column.values().value(0));
    }
    return values;
  }

  private static List<@Nullable Object> offline(ProjectOperations operations, String shop, long q) {
    Answer answer =
        operations.explain(
            new Lookup(
                new FeatureSelection.Service("shops"), List.of(new Assignment("shop", shop)), q));
    List<@Nullable Object> values = new ArrayList<>();
    table(done(answer), "features").forEach(row -> values.add(row.get(1)));
    return values;
  }

  private static List<@Nullable Object> answers(Connection duckdb, String shop, long q)
      throws SQLException {
    try (PreparedStatement statement = duckdb.prepareStatement(ANSWERS)) {
      statement.setString(1, shop);
      statement.setLong(2, q);
      statement.setLong(3, q);
      statement.setLong(4, q - 24 * 60 * MINUTE);
      statement.setLong(5, q);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        List<@Nullable Object> values = new ArrayList<>();
        for (int column = 1; column <= 5; column++) {
          values.add(row.getObject(column));
        }
        return values;
      }
    }
  }

  private static void insert(Connection duckdb, long seq, Change change, long seen)
      throws SQLException {
    execute(
        duckdb,
        "INSERT INTO changes VALUES (%d, %d, %d, %s, %s, '%s', %d)"
            .formatted(
                seq,
                change.order(),
                change.at(),
                change.shop() == null ? "NULL" : "'" + change.shop() + "'",
                change.amount(),
                change.op(),
                seen));
  }

  private static void execute(Connection duckdb, String sql) throws SQLException {
    try (var statement = duckdb.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
