package dev.penstock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import dev.penstock.feature.Window;
import dev.penstock.testkit.RowExpression;
import dev.penstock.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShardedHistoryTest {
  private static final int ROWS = 300_000;
  private static final int ROWS_PER_BATCH = 30_000;
  private static final int QUERIES = 4_000;
  private static final int KEYS = 300;
  private static final long HOUR = 3_600_000_000L;

  private static final Schema SCHEMA =
      Schema.of(
              Field.of("name", Scalar.STRING),
              Field.of("number", Scalar.INT32),
              Field.of("real", Scalar.FLOAT64),
              Field.of("text", Scalar.STRING))
          .with(SystemColumns.FIELDS)
          .with(SystemColumns.RETRACTION_FIELDS);

  private final SplittableRandom random = new SplittableRandom(7);
  private final List<Batch> rows = rows();
  private final FeatureView view = view();
  private final Queries some = queries();
  private final Queries others = queries();

  /** Late rows, ties, retractions, absent values and absent keys. */
  private List<Batch> rows() {
    List<Batch> batches = new ArrayList<>();
    List<Object[]> standing = new ArrayList<>();
    Rows batch = Rows.of(SCHEMA);
    for (int i = 1; i <= ROWS; i++) {
      long event = (long) random.nextInt(1000) * HOUR / 10;
      @Nullable Object[] row = {
        random.nextInt(50) == 0 ? null : "k" + random.nextInt(KEYS),
        random.nextInt(3),
        random.nextInt(20) == 0 ? null : (Object) (random.nextInt(100_000) / 100.0),
        "t" + random.nextInt(9),
        event,
        event + random.nextInt(2) * HOUR,
        0,
        (long) i,
        "id" + i,
        null,
        null
      };
      if (random.nextInt(20) == 0 && !standing.isEmpty()) {
        @Nullable Object[] gone = standing.remove(random.nextInt(standing.size())).clone();
        gone[9] = gone[6];
        gone[10] = gone[7];
        gone[5] = (long) gone[5] + HOUR;
        gone[7] = (long) i;
        gone[8] = "id" + i;
        row = gone;
      } else {
        standing.add(row);
      }
      batch.row(row);
      if (i % ROWS_PER_BATCH == 0) {
        batches.add(batch.batch());
        batch = Rows.of(SCHEMA);
      }
    }
    return batches;
  }

  private static FeatureView view() {
    Window day = Window.trailing(Span.parse("1d"));
    List<Feature> features =
        List.of(
            new Feature("n", Aggregate.count(), day),
            new Feature("sum", Aggregate.of(AggregateFunction.SUM, column("real")), day),
            new Feature("most", Aggregate.of(AggregateFunction.MAX, column("real")), day),
            new Feature(
                "last",
                Aggregate.of(AggregateFunction.LAST, column("text")),
                new Window.Lifetime()),
            new Feature(
                "top",
                Aggregate.of(AggregateFunction.TOP_K, List.of(3.0, 1000.0), column("text")),
                day));
    Entity entity =
        new Entity(
            "thing",
            List.of(Field.required("name", Scalar.STRING), Field.required("part", Scalar.INT64)));
    return FeatureView.of("view", entity, List.of("name", "number"), features)
        .over(ChangelogMode.RETRACT);
  }

  private static RowExpression column(String name) {
    return RowExpression.column(name, SCHEMA.field(name).type());
  }

  /** Known and unknown keys, and none; numbers as wide as the entity has them. */
  private Queries queries() {
    Object[] names = new Object[QUERIES];
    long[] numbers = new long[QUERIES];
    long[] times = new long[QUERIES];
    for (int i = 0; i < QUERIES; i++) {
      names[i] = random.nextInt(30) == 0 ? null : "k" + random.nextInt(KEYS + 20);
      numbers[i] = random.nextInt(4);
      times[i] = (long) random.nextInt(1100) * HOUR / 10 + random.nextInt(2);
    }
    return new Queries(
        List.of(
            new ObjectColumn(Scalar.STRING, names), new LongColumn(Scalar.INT64, numbers, null)),
        times);
  }

  private void compare(Visibility visibility, long budget, boolean spilled) {
    ViewHistory whole = ViewHistory.of(view, rows);
    try (ShardedHistory sharded = ShardedHistory.of(view, rows, budget)) {
      assertThat(sharded.hasSpilled()).isEqualTo(spilled);
      List<List<FeatureColumn>> read = sharded.read(List.of(some, others), visibility, 3);
      assertThat(texts(read.get(0))).isEqualTo(texts(whole.read(some, visibility)));
      assertThat(texts(read.get(1))).isEqualTo(texts(whole.read(others, visibility)));
      assertThat(texts(read.get(0)))
          .filteredOn(text -> text.contains("PRESENT"))
          .hasSizeGreaterThan(100);
    }
  }

  private static List<String> texts(List<FeatureColumn> columns) {
    return IntStream.range(0, QUERIES)
        .mapToObj(
            row ->
                columns.stream()
                    .map(column -> column.values().value(row) + " " + column.status(row))
                    .toList()
                    .toString())
        .toList();
  }

  @Test
  void shards_answer_what_the_whole_answers() {
    compare(Visibility.AS_SEEN, Long.MAX_VALUE, false);
    compare(Visibility.AS_HAPPENED, Long.MAX_VALUE, false);
  }

  @Test
  void rows_laid_aside_answer_the_same() {
    compare(Visibility.AS_SEEN, 10_000_000, true);
    compare(Visibility.AS_HAPPENED, 1, true);
  }

  @Test
  void positions_stay_with_their_queries() {
    List<Positions> positions =
        IntStream.range(0, QUERIES).mapToObj(i -> Positions.of(0, random.nextInt(ROWS))).toList();
    compare(new Visibility.ByPosition(positions), 10_000_000, true);
  }

  @Test
  void keys_are_sent_by_their_value_whatever_holds_it() {
    int[][] narrow =
        KeyShards.of(List.of(new IntColumn(Scalar.INT32, new int[] {-1, 7, 70_000}, null)), 3);
    int[][] wide =
        KeyShards.of(List.of(new LongColumn(Scalar.INT64, new long[] {-1, 7, 70_000}, null)), 3);
    assertThat(narrow).isDeepEqualTo(wide);
  }

  @Test
  void shards_share_the_rows_about_equally() {
    long[] keys = IntStream.range(0, 64_000).asLongStream().toArray();
    int[][] shards = KeyShards.of(List.of(new LongColumn(Scalar.INT64, keys, null)), keys.length);
    assertThat(List.of(shards)).allSatisfy(shard -> assertThat(shard).hasSizeBetween(800, 1200));
  }
}
