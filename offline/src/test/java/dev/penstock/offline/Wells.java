package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.RowTransform;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureService;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.OnDemandFeature;
import dev.penstock.feature.OnDemandView;
import dev.penstock.feature.ServiceView;
import dev.penstock.feature.Window;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.testkit.RowExpression;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Wells and how deep they were found, in a lake; and what their features are, said plainly. */
final class Wells implements AutoCloseable {
  static final String SOURCE = "wells";
  static final long SECOND = 1_000_000L;

  /** Moments are seconds after this one. */
  static final long ZERO = 1_000_000 * SECOND;

  static final Schema COLUMNS =
      Schema.of(Field.required("well", Scalar.STRING), Field.of("depth", Scalar.INT64));

  static final Schema KEYS = Schema.of(Field.of("well", Scalar.STRING));

  private static final Expression DEPTH = RowExpression.column("depth", Scalar.INT64);

  private static final Entity WELL =
      new Entity("well", List.of(Field.required("well", Scalar.STRING)));

  /** Count and sum over 10 s and 60 s, the last over 60 s. */
  static final FeatureView VIEW =
      FeatureView.of(
          "depths",
          WELL,
          List.of("well"),
          List.of(
              new Feature("n_10", Aggregate.count(), window(10)),
              new Feature("n_60", Aggregate.count(), window(60)),
              new Feature("sum_10", Aggregate.of(AggregateFunction.SUM, DEPTH), window(10)),
              new Feature("sum_60", Aggregate.of(AggregateFunction.SUM, DEPTH), window(60)),
              new Feature("last_60", Aggregate.of(AggregateFunction.LAST, DEPTH), window(60))));

  /** The view in two roles, and twice its last depth. */
  static final FeatureService SERVICE =
      new FeatureService(
          "service",
          List.of(
              new ServiceView(VIEW, "here", List.of("well")),
              new ServiceView(VIEW, "there", List.of("other"))),
          List.of(
              new OnDemandView(
                  "asked",
                  List.of(
                      new OnDemandFeature(
                          "twice",
                          RowExpression.of(
                              "here__last_60 * 2",
                              Scalar.INT64,
                              Set.of("here__last_60"),
                              row -> row.number("here__last_60") * 2))),
                  List.of())));

  /** What the service is asked with. */
  static final Schema REQUEST =
      Schema.of(Field.of("well", Scalar.STRING), Field.of("other", Scalar.STRING));

  /** A row of the log; times in seconds after {@link #ZERO}. */
  record Row(String well, @Nullable Long depth, long event, long seen, long offset) {
    String id() {
      return "r" + offset;
    }
  }

  private final Lake lake;
  private final LakeTable table;

  Wells(Path folder) {
    lake = Lake.open(folder, "wells");
    table = lake.create(SOURCE, COLUMNS.with(SystemColumns.FIELDS));
  }

  private static Window window(long seconds) {
    return Window.trailing(new Span(seconds * SECOND));
  }

  /** Adds rows; the snapshot they make. */
  long append(List<Row> rows) {
    return table.write().append(BatchReader.of(table.schema(), List.of(batch(rows)))).snapshotId();
  }

  static Batch batch(List<Row> rows) {
    Rows batch = Rows.of(COLUMNS.with(SystemColumns.FIELDS));
    for (Row row : rows) {
      batch.row(
          row.well(),
          row.depth(),
          micros(row.event()),
          micros(row.seen()),
          0,
          row.offset(),
          row.id());
    }
    return batch.batch();
  }

  static long micros(long second) {
    return ZERO + second * SECOND;
  }

  ViewInput input() {
    return new ViewInput(SOURCE, table, Ref.current(), null);
  }

  /** Only the deep ones, and not how deep. */
  ViewInput deep() {
    return new ViewInput(SOURCE, table, Ref.current(), new Deep());
  }

  /**
   * The view's answers over all rows that count, written as plainly as can be.
   *
   * @param moment in seconds after {@link #ZERO}
   */
  static List<FeatureValue> naive(
      List<Row> rows, String well, long moment, Predicate<Row> visible) {
    List<Row> seen =
        rows.stream()
            .filter(row -> row.well().equals(well) && visible.test(row))
            .filter(row -> row.event() < moment && row.event() >= moment - 60)
            .sorted(Comparator.comparingLong(Row::event).thenComparingLong(Row::offset))
            .toList();
    List<Row> short10 = seen.stream().filter(row -> row.event() >= moment - 10).toList();
    List<Long> depths = seen.stream().map(Row::depth).filter(Objects::nonNull).toList();
    List<FeatureValue> answers = new ArrayList<>();
    answers.add(new FeatureValue((long) short10.size(), FeatureStatus.PRESENT));
    answers.add(new FeatureValue((long) seen.size(), FeatureStatus.PRESENT));
    answers.add(orNull(sum(short10)));
    answers.add(orNull(sum(seen)));
    answers.add(orNull(depths.isEmpty() ? null : depths.get(depths.size() - 1)));
    return seen.isEmpty()
        ? answers.stream().map(a -> new FeatureValue(a.value(), FeatureStatus.NOT_FOUND)).toList()
        : answers;
  }

  private static @Nullable Long sum(List<Row> rows) {
    return rows.stream().map(Row::depth).filter(Objects::nonNull).reduce(Long::sum).orElse(null);
  }

  private static FeatureValue orNull(@Nullable Long value) {
    return new FeatureValue(
        value, value == null ? FeatureStatus.NULL_VALUE : FeatureStatus.PRESENT);
  }

  @Override
  public void close() {
    lake.close();
  }

  private static final class Deep implements RowTransform {
    @Override
    public Schema schema() {
      return KEYS;
    }

    @Override
    public Set<String> columns() {
      return Set.of("well", "depth");
    }

    @Override
    public String text() {
      return "select well from wells where depth > 100";
    }

    @Override
    public List<String> semantics() {
      return List.of();
    }

    @Override
    public Batch apply(Batch batch) {
      int[] deep =
          IntStream.range(0, batch.rows())
              .filter(row -> batch.column("depth").value(row) instanceof Long d && d > 100)
              .toArray();
      return batch
          .gather(deep)
          .select(batch.schema().names().stream().filter(name -> !name.equals("depth")).toList());
    }
  }
}
