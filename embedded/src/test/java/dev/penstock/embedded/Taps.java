package dev.penstock.embedded;

import dev.penstock.data.Batch;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
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
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.ServiceView;
import dev.penstock.feature.Window;
import dev.penstock.online.FeatureReader;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveView;
import dev.penstock.online.Reading;
import dev.penstock.online.ServedFeatures;
import dev.penstock.source.NamedExpression;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import dev.penstock.testkit.RowExpression;
import dev.penstock.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Taps that are turned: a source, two views of it, and a service of both. */
final class Taps {
  static final long SECOND = 1_000_000L;
  static final long HOUR = 3_600 * SECOND;

  static final String NAME = "taps";

  static final Schema COLUMNS =
      Schema.of(
          Field.required("at", Scalar.TIMESTAMP),
          Field.required("tap", Scalar.STRING),
          Field.of("litres", Scalar.FLOAT64));

  /** What pushes bring: the columns and the row's id. */
  static final Schema WITH_ID = COLUMNS.with(List.of(Field.of(RawRows.ID, Scalar.STRING)));

  static final SourceSpec SOURCE =
      SourceSpec.of(NAME, COLUMNS, RowExpression.column("at", Scalar.TIMESTAMP))
          .rules(
              List.of(
                  new NamedExpression(
                      "not_negative",
                      new RowExpression(
                          "litres >= 0 or litres is null",
                          Scalar.BOOLEAN,
                          Set.of("litres"),
                          row -> row.get("litres") == null || (Double) row.get("litres") >= 0))));

  private static final Entity TAP =
      new Entity("tap", List.of(Field.required("tap", Scalar.STRING)));

  private static final Expression LITRES = RowExpression.column("litres", Scalar.FLOAT64);

  static final LiveView BY_TAP = live("by_tap", null);
  static final LiveView LARGE = live("large", new Large());
  static final LiveGraph GRAPH = new LiveGraph(List.of(BY_TAP, LARGE));

  static final FeatureService SERVICE =
      new FeatureService(
          "flow",
          List.of(
              new ServiceView(BY_TAP.view(), "by_tap", List.of("tap")),
              new ServiceView(LARGE.view(), "large", List.of("tap"))),
          List.of());

  static final FeatureReader READER =
      new FeatureReader(SERVICE, fingerprint("flow"), GRAPH.views());

  private Taps() {}

  static Fingerprint fingerprint(String name) {
    return Fingerprint.of(List.of(name));
  }

  private static LiveView live(String name, RowTransform transform) {
    List<Feature> features = new ArrayList<>();
    for (Window window :
        List.of(
            Window.trailing(Span.ofHours(1)), Window.trailing(Span.ofHours(24)), Window.LIFETIME)) {
      features.add(new Feature("turns_" + window.text(), Aggregate.count(), window));
      features.add(
          new Feature(
              "litres_" + window.text(), Aggregate.of(AggregateFunction.SUM, LITRES), window));
    }
    features.add(
        new Feature("last", Aggregate.of(AggregateFunction.LAST, LITRES), Window.LIFETIME));
    FeatureView view = FeatureView.of(name, TAP, List.of("tap"), features);
    return new LiveView(fingerprint(name), view, NAME, transform);
  }

  /** Raw rows of taps; a row's id is its number. */
  static RawRows push(long firstId, long at, String... taps) {
    Rows rows = Rows.of(WITH_ID);
    for (int i = 0; i < taps.length; i++) {
      rows.row(at, taps[i], (double) (firstId + i), "n" + (firstId + i));
    }
    return RawRows.pushed(rows.batch());
  }

  static ServedFeatures read(Reading reading, String... taps) {
    Rows rows = Rows.of(Schema.of(Field.of("tap", Scalar.STRING)));
    for (String tap : taps) {
      rows.row(tap);
    }
    return READER.read(rows.batch(), reading);
  }

  static Object value(ServedFeatures served, String column, int row) {
    return served.values().column(column).value(row);
  }

  /** The whole count of a tap as a reading sees it. */
  static long turns(Reading reading, String tap) {
    return (Long) value(read(reading, tap), "by_tap__turns_lifetime", 0);
  }

  /** Only turns of more than ten litres. */
  private static final class Large implements RowTransform {
    @Override
    public Schema schema() {
      return COLUMNS;
    }

    @Override
    public Set<String> columns() {
      return Set.copyOf(COLUMNS.names());
    }

    @Override
    public String text() {
      return "select * from taps where litres > 10";
    }

    @Override
    public List<String> semantics() {
      return List.of();
    }

    @Override
    public Batch apply(Batch batch) {
      int[] rows =
          IntStream.range(0, batch.rows())
              .filter(
                  row ->
                      !batch.column("litres").isNull(row)
                          && (Double) batch.column("litres").value(row) > 10)
              .toArray();
      List<String> names = new ArrayList<>(COLUMNS.names());
      SystemColumns.FIELDS.forEach(field -> names.add(field.name()));
      return batch.gather(rows).select(names);
    }
  }
}
