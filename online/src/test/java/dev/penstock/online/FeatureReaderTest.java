package dev.penstock.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.Positions;
import dev.penstock.data.RowTransform;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureService;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.OnDemandFeature;
import dev.penstock.feature.OnDemandView;
import dev.penstock.feature.ServiceView;
import dev.penstock.feature.Window;
import dev.penstock.source.ClockMode;
import dev.penstock.testkit.RowExpression;
import dev.penstock.testkit.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FeatureReaderTest {
  private static final Schema FLIGHTS =
      Schema.of(
              Field.required("origin", Scalar.STRING),
              Field.required("destination", Scalar.STRING),
              Field.of("delay", Scalar.FLOAT64))
          .with(SystemColumns.FIELDS);

  private static final Entity AIRPORT =
      new Entity("airport", List.of(Field.required("airport", Scalar.STRING)));

  private static final LiveView DEPARTURES = view("departures", "origin", null);
  private static final LiveView ARRIVALS = view("arrivals", "destination", null);

  private static final OnDemandView REQUEST =
      new OnDemandView(
          "request",
          List.of(
              new OnDemandFeature(
                  "late_distance",
                  RowExpression.of(
                      "distance * from__delay_1h",
                      Scalar.FLOAT64,
                      Set.of("distance", "from__delay_1h"),
                      row -> row.number("distance") * (Double) row.get("from__delay_1h"))),
              new OnDemandFeature(
                  "asked", RowExpression.column(OnDemandView.REQUEST_TIME, Scalar.TIMESTAMP))),
          List.of(Field.of("distance", Scalar.INT64)));

  private static final FeatureService SERVICE =
      new FeatureService(
          "delay",
          List.of(
              new ServiceView(DEPARTURES.view(), "from", List.of("origin")),
              new ServiceView(ARRIVALS.view(), "to", List.of("destination")),
              new ServiceView(ARRIVALS.view(), "at_origin", List.of("origin"))),
          List.of(REQUEST));

  private static final Fingerprint SERVICE_FINGERPRINT = Fingerprint.of(List.of("delay"));

  private static final FeatureReader READER =
      new FeatureReader(SERVICE, SERVICE_FINGERPRINT, List.of(DEPARTURES, ARRIVALS));

  private static final Schema REQUESTS =
      Schema.of(
          Field.of("origin", Scalar.STRING),
          Field.of("destination", Scalar.STRING),
          Field.of("distance", Scalar.INT64),
          Field.of("passenger", Scalar.STRING));

  private static LiveView view(String name, String key, RowTransform transform) {
    FeatureView view =
        FeatureView.of(
            name,
            AIRPORT,
            List.of(key),
            List.of(
                new Feature("flights_1h", Aggregate.count(), Window.trailing(Span.ofHours(1))),
                new Feature(
                    "delay_1h",
                    Aggregate.of(
                        AggregateFunction.MEAN, RowExpression.column("delay", Scalar.FLOAT64)),
                    Window.trailing(Span.ofHours(1)))));
    return new LiveView(Fingerprint.of(List.of(name)), view, "flights", transform);
  }

  private static Batch flights() {
    return Rows.of(FLIGHTS)
        .row("BOS", "JFK", 10.0, 100L, 100L, 0, 0L, "1")
        .row("BOS", "LAX", 30.0, 200L, 200L, 0, 1L, "2")
        .row("JFK", "BOS", null, 300L, 300L, 0, 2L, "3")
        .batch();
  }

  private static MemoryStore filled() {
    MemoryStore store = new MemoryStore(DEPARTURES, ARRIVALS);
    new ViewUpdater(new LiveGraph(List.of(DEPARTURES, ARRIVALS)))
        .apply("flights", flights(), store);
    return store;
  }

  private static FeatureColumn column(ServedFeatures served, String name) {
    return served.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void one_view_answers_in_each_of_its_roles_by_the_key_of_that_role() {
    ServedFeatures served =
        READER.read(
            Rows.of(REQUESTS).row("BOS", "JFK", 100L, "x").row("JFK", "BOS", 200L, "y").batch(),
            filled().at(1_000));
    assertThat(served.columns())
        .extracting(FeatureColumn::name)
        .containsExactlyElementsOf(SERVICE.columns().stream().map(Field::name).toList());
    assertThat(Rows.of(served.values()))
        .containsExactly(
            Arrays.<Object>asList(2L, 20.0, 1L, 10.0, 1L, null, 2_000.0, 1_000L),
            Arrays.<Object>asList(1L, null, 1L, null, 1L, 10.0, null, 1_000L));
  }

  @Test
  void answer_carries_what_it_takes_to_ask_it_again() {
    ServedFeatures served =
        READER.read(Rows.of(REQUESTS).row("BOS", "JFK", 1L, "x").batch(), filled().at(1_000));
    assertThat(served.q()).isEqualTo(1_000);
    assertThat(served.clockMode()).isEqualTo(ClockMode.REPLAY);
    assertThat(served.positions()).containsOnlyKeys("flights");
    assertThat(served.positions().get("flights")).isEqualTo(Positions.of(0, 9));
    assertThat(served.service()).isEqualTo(SERVICE_FINGERPRINT);
    assertThat(served.views())
        .containsEntry("departures", DEPARTURES.fingerprint())
        .containsEntry("arrivals", ARRIVALS.fingerprint());
  }

  @Test
  void unknown_key_and_null_key_are_not_found_and_count_nothing() {
    ServedFeatures served =
        READER.read(
            Rows.of(REQUESTS).row("XXX", "JFK", 1L, "x").row(null, "JFK", 1L, "x").batch(),
            filled().at(1_000));
    for (int row = 0; row < 2; row++) {
      assertThat(column(served, "from__flights_1h").answer(row).value()).isEqualTo(0L);
      assertThat(column(served, "from__flights_1h").status(row)).isEqualTo(FeatureStatus.NOT_FOUND);
      assertThat(column(served, "from__delay_1h").answer(row).value()).isNull();
      assertThat(column(served, "request__late_distance").status(row))
          .isEqualTo(FeatureStatus.NULL_VALUE);
    }
  }

  @Test
  void many_rows_are_taken_in_and_answered_as_one_by_one() {
    Rows flights = Rows.of(FLIGHTS);
    Rows asked = Rows.of(REQUESTS);
    for (int i = 0; i < 200; i++) {
      String from = "A" + i % 7;
      String to = "B" + i % 11;
      flights.row(from, to, i * 0.1, 100L + i, 100L + i, 0, (long) i, "f" + i);
      asked.row(from, to, (long) i, "x");
    }
    MemoryStore together = new MemoryStore(DEPARTURES, ARRIVALS);
    MemoryStore alone = new MemoryStore(DEPARTURES, ARRIVALS);
    ViewUpdater updater = new ViewUpdater(new LiveGraph(List.of(DEPARTURES, ARRIVALS)));
    updater.apply("flights", flights.batch(), together);
    List<List<Object>> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      updater.apply("flights", flights.batch().slice(i, i + 1), alone);
    }
    for (int i = 0; i < 200; i++) {
      Batch row = asked.batch().slice(i, i + 1);
      Rows.of(READER.read(row, alone.at(1_000)).values()).forEach(expected::add);
    }
    assertThat(Rows.of(READER.read(asked.batch(), together.at(1_000)).values()))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void request_without_rows_is_answered_without_rows() {
    ServedFeatures served = READER.read(Rows.of(REQUESTS).batch(), filled().at(1_000));
    assertThat(served.values().rows()).isZero();
    assertThat(served.columns()).hasSize(8);
  }

  @Test
  void request_without_a_key_column_or_with_one_of_another_type_is_refused() {
    assertThatThrownBy(
            () ->
                READER.read(
                    Rows.of(REQUESTS.select(List.of("origin"))).row("BOS").batch(),
                    filled().at(1_000)))
        .hasMessageContaining("COLUMN_NOT_FOUND")
        .hasMessageContaining("'destination'");
    Schema numbers = Schema.of(Field.of("origin", Scalar.INT64));
    assertThatThrownBy(() -> READER.read(Rows.of(numbers).row(1L).batch(), filled().at(1_000)))
        .hasMessageContaining("TYPE_MISMATCH");
  }

  @Test
  void service_over_a_view_that_is_not_served_is_refused() {
    assertThatThrownBy(() -> new FeatureReader(SERVICE, SERVICE_FINGERPRINT, List.of(DEPARTURES)))
        .hasMessageContaining("NOT_APPLIED")
        .hasMessageContaining("'arrivals'");
  }

  @Test
  void views_over_one_transform_share_its_rows_and_a_view_not_ready_gets_none() {
    AtomicInteger runs = new AtomicInteger();
    RowTransform counting = new Counting(runs);
    LiveView first = view("first", "origin", counting);
    LiveView second = view("second", "destination", counting);
    LiveView filling = view("filling", "origin", counting);
    MemoryStore store = new MemoryStore(first, second);
    new ViewUpdater(new LiveGraph(List.of(first, second, filling)))
        .apply("flights", flights(), store);
    assertThat(runs).hasValue(1);
    assertThat(store.state(filling.fingerprint())).isNull();
    new ViewUpdater(new LiveGraph(List.of(first))).apply("trains", flights(), store);
    assertThat(runs).hasValue(1);
  }

  @Test
  void graph_names_the_readers_of_a_source_and_refuses_a_view_twice() {
    LiveGraph graph = new LiveGraph(List.of(DEPARTURES, ARRIVALS));
    assertThat(graph.readersOf("flights")).containsExactly(DEPARTURES, ARRIVALS);
    assertThat(graph.readersOf("trains")).isEmpty();
    assertThat(graph.sources()).containsExactly("flights");
    assertThatThrownBy(() -> new LiveGraph(List.of(DEPARTURES, DEPARTURES)))
        .hasMessageContaining("DEFINITION_DUPLICATE");
  }

  private record Counting(AtomicInteger runs) implements RowTransform {
    @Override
    public Schema schema() {
      return FLIGHTS.select(List.of("origin", "destination", "delay"));
    }

    @Override
    public Set<String> columns() {
      return Set.of("origin", "destination", "delay");
    }

    @Override
    public String text() {
      return "select * from flights";
    }

    @Override
    public List<String> semantics() {
      return List.of();
    }

    @Override
    public Batch apply(Batch batch) {
      runs.incrementAndGet();
      return batch;
    }
  }
}
