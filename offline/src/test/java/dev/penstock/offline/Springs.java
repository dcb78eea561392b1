package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import dev.penstock.feature.Window;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.testkit.RowExpression;
import dev.penstock.testkit.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A spring and what it gave, some of it taken back: answers about it, and why they differ. */
final class Springs {
  static final long MINUTE = 60_000_000L;

  /** 2001-03-10T00:00Z: times are microseconds after it. */
  static final long ZERO = 984_182_400_000_000L;

  private static final Schema COLUMNS =
      Schema.of(Field.required("spring", Scalar.STRING), Field.of("litres", Scalar.INT64))
          .with(SystemColumns.FIELDS)
          .with(SystemColumns.RETRACTION_FIELDS);

  private static final Expression LITRES = RowExpression.column("litres", Scalar.INT64);
  private static final List<Column> KEY =
      Rows.of(Schema.of(Field.of("spring", Scalar.STRING))).row("s").batch().columns();

  /**
   * A row of the log.
   *
   * @param id of the row, or of the change it is a part of
   * @param retracts the offset of the row that it takes back; null for most
   */
  record Row(String id, long offset, long event, long litres, @Nullable Long retracts) {
    Row at(long otherEvent) {
      return new Row(id, offset, otherEvent, litres, retracts);
    }

    /** In the place of another row of the log. */
    Row as(Row other) {
      return new Row(id, other.offset, event, litres, retracts);
    }

    /** What takes it back. */
    Row back(String change, long position) {
      return new Row(change, position, event, litres, offset);
    }
  }

  private Springs() {}

  /** Rows r0, r1 and so on, of one litre, two, four and so on. */
  static List<Row> rows(long... events) {
    List<Row> rows = new ArrayList<>();
    for (int offset = 0; offset < events.length; offset++) {
      rows.add(new Row("r" + offset, offset, events[offset], 1L << offset, null));
    }
    return rows;
  }

  /** How many, how much and the last, over each window; kept as long as the windows need. */
  static FeatureView view(Window... windows) {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < windows.length; i++) {
      Aggregate sum = Aggregate.of(AggregateFunction.SUM, LITRES);
      Aggregate last = Aggregate.of(AggregateFunction.LAST, LITRES);
      features.add(new Feature("n_" + i, Aggregate.count(), windows[i]));
      features.add(new Feature("sum_" + i, sum, windows[i]));
      features.add(new Feature("last_" + i, last, windows[i]));
    }
    Entity spring = new Entity("spring", List.of(Field.required("spring", Scalar.STRING)));
    return FeatureView.of("springs", spring, List.of("spring"), features);
  }

  static FeatureView keeping(FeatureView view, Span retention) {
    return new FeatureView(
        view.name(),
        view.entity(),
        view.keyColumns(),
        null,
        view.features(),
        retention,
        null,
        view.changes(),
        null);
  }

  static Batch batch(List<Row> rows) {
    Rows batch = Rows.of(COLUMNS);
    for (Row row : rows) {
      batch.row(
          "s",
          row.litres(),
          ZERO + row.event(),
          ZERO + row.event(),
          0,
          row.offset(),
          row.id(),
          row.retracts() == null ? null : 0,
          row.retracts());
    }
    return batch.batch();
  }

  /** What the view says of the spring over these rows, whatever their offsets. */
  static List<FeatureValue> answers(FeatureView view, long moment, List<Row> rows) {
    List<FeatureColumn> columns =
        ViewHistory.of(view, List.of(batch(rows)))
            .read(new Queries(KEY, new long[] {ZERO + moment}), Visibility.AS_HAPPENED);
    return columns.stream().map(column -> column.answer(0)).toList();
  }

  /**
   * Why an answer differs from its replay.
   *
   * @param log what the lake has
   * @param next the first offset that the answer did not see
   */
  static Explanation explain(
      Path folder,
      FeatureView view,
      List<Row> log,
      long moment,
      long next,
      List<FeatureValue> served) {
    try (Lake lake = Lake.open(Files.createTempDirectory(folder, "lake"), "springs")) {
      LakeTable table = lake.create("springs", COLUMNS);
      table.write().append(BatchReader.of(table.schema(), List.of(batch(log))));
      ViewInput input = new ViewInput("springs", table, Ref.current(), null);
      return new MismatchSearch(view, input, KEY, 0, ZERO + moment, Positions.of(0, next))
          .explain(served);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
