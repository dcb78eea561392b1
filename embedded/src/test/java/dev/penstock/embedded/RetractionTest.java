package dev.penstock.embedded;

import static dev.penstock.embedded.Taps.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureService;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ServiceView;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import dev.penstock.feature.Window;
import dev.penstock.online.FeatureReader;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveView;
import dev.penstock.online.Reading;
import dev.penstock.online.ServedFeatures;
import dev.penstock.source.Acceptance;
import dev.penstock.source.Arrival;
import dev.penstock.source.ChangeFeed;
import dev.penstock.source.ClockMode;
import dev.penstock.source.Decision;
import dev.penstock.source.MemoryIdIndex;
import dev.penstock.source.MemoryLiveRows;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import dev.penstock.testkit.RowExpression;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that are made, changed and taken back, in a store and in the replay of its log. */
class RetractionTest {
  static final String NAME = "orders";

  static final Schema COLUMNS =
      Schema.of(
          Field.of("order", Scalar.INT64),
          Field.of("at", Scalar.TIMESTAMP),
          Field.of("shop", Scalar.STRING),
          Field.of("amount", Scalar.FLOAT64),
          Field.of("op", Scalar.STRING));

  static final SourceSpec ORDERS =
      SourceSpec.of(NAME, COLUMNS, RowExpression.column("at", Scalar.TIMESTAMP))
          .changes(ChangeFeed.debezium("op", "order"));

  private static final FeatureView VIEW =
      FeatureView.of(
              "by_shop",
              new Entity("shop", List.of(Field.of("shop", Scalar.STRING))),
              List.of("shop"),
              features())
          .over(ChangelogMode.RETRACT);

  static final LiveView LIVE = new LiveView(Taps.fingerprint("by_shop"), VIEW, NAME, null);
  static final LiveGraph GRAPH = new LiveGraph(List.of(LIVE));

  private static final FeatureReader READER =
      new FeatureReader(
          new FeatureService(
              "shops", List.of(new ServiceView(VIEW, "by_shop", List.of("shop"))), List.of()),
          Taps.fingerprint("shops"),
          GRAPH.views());

  @TempDir Path folder;
  private EmbeddedStore store;

  private static List<Feature> features() {
    var amount = RowExpression.column("amount", Scalar.FLOAT64);
    List<Feature> features = new ArrayList<>();
    features.add(new Feature("count", Aggregate.count(), Window.LIFETIME));
    for (AggregateFunction function :
        List.of(AggregateFunction.SUM, AggregateFunction.MAX, AggregateFunction.LAST)) {
      features.add(new Feature(function + "", Aggregate.of(function, amount), Window.LIFETIME));
      features.add(
          new Feature(
              function + "_24h",
              Aggregate.of(function, amount),
              Window.trailing(Span.ofHours(24))));
    }
    return features;
  }

  @BeforeEach
  void open() {
    store = EmbeddedStore.open(folder, StoreOptions.of(ClockMode.REPLAY, () -> 0));
    store.define(List.of(ORDERS), GRAPH);
    if (!store.resume(LIVE)) {
      store.fill(List.of(LIVE), List.of(), store.history(NAME));
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Decision push(long seenTime, Object... row) {
    return store
        .push(NAME, RawRows.pushed(Rows.of(COLUMNS).row(row).batch()).seenAt(seenTime))
        .join();
  }

  private static ServedFeatures read(Reading reading, String shop) {
    return READER.read(
        Rows.of(Schema.of(Field.of("shop", Scalar.STRING))).row(shop).batch(), reading);
  }

  private List<Object> values(long q) {
    try (Reading reading = store.at(q)) {
      Batch values = read(reading, "a").values();
      return List.of(
          values.column("by_shop__count").value(0),
          values.column("by_shop__sum").value(0),
          values.column("by_shop__max").value(0));
    }
  }

  @Test
  void features_follow_what_is_made_changed_and_taken_back() {
    push(HOUR, 1L, 10L, "a", 5.0, "c");
    push(HOUR + 1, 2L, 20L, "a", 7.0, "c");
    assertThat(values(2 * HOUR)).containsExactly(2L, 12.0, 7.0);
    push(3 * HOUR, 2L, 20L, "a", 1.0, "u");
    assertThat(values(4 * HOUR)).containsExactly(2L, 6.0, 5.0);
    push(5 * HOUR, 1L, null, null, null, "d");
    assertThat(values(6 * HOUR)).containsExactly(1L, 1.0, 1.0);
    assertThat(store.log().end(NAME)).isEqualTo(Positions.of(0, 5));
  }

  @Test
  void a_row_from_before_the_store_was_closed_is_taken_back() {
    push(HOUR, 1L, 10L, "a", 5.0, "c");
    push(HOUR + 1, 2L, 20L, "a", 7.0, "c");
    close();
    open();
    push(2 * HOUR, 2L, null, null, null, "d");
    assertThat(values(3 * HOUR)).containsExactly(1L, 5.0, 5.0);
    Decision again = push(3 * HOUR, 2L, null, null, null, "d");
    assertThat(again.quarantined().get(0).reason()).isEqualTo(QuarantineReason.NO_ROW_TO_RETRACT);
  }

  @Test
  void a_row_of_history_is_taken_back() {
    Batch made = Rows.of(COLUMNS).row(1L, 10L, "a", 5.0, "c").row(2L, 20L, "a", 7.0, "c").batch();
    Batch history =
        new Acceptance(ORDERS)
            .decide(
                RawRows.pushed(made),
                new Arrival.AsHistory(HOUR),
                0,
                Positions.NONE,
                new MemoryIdIndex(),
                new MemoryLiveRows())
            .accepted();
    store.rememberRows(ORDERS, List.of(history));
    store.startLive(NAME, Positions.of(0, 2), HOUR);
    store.fill(List.of(LIVE), List.of(history), Positions.of(0, 2));
    push(2 * HOUR, 2L, null, null, null, "d");
    assertThat(values(3 * HOUR)).containsExactly(1L, 5.0, 5.0);
  }

  @Test
  void every_served_answer_is_that_of_the_replayed_log() {
    SplittableRandom random = new SplittableRandom(3);
    List<ServedFeatures> answers = new ArrayList<>();
    List<Positions> positions = new ArrayList<>();
    long[] moments = new long[60];
    for (int i = 0; i < moments.length; i++) {
      Rows rows = Rows.of(COLUMNS);
      for (int n = random.nextInt(6); n >= 0; n--) {
        String op = random.nextInt(3) == 0 ? "d" : random.nextBoolean() ? "c" : "u";
        long at = random.nextLong(i + 1) * HOUR / 2;
        String shop = random.nextInt(4) == 0 ? "b" : "a";
        rows.row((long) random.nextInt(12), at, shop, random.nextInt(1000) / 10.0, op);
      }
      store.push(NAME, RawRows.pushed(rows.batch()).seenAt((i + 1) * HOUR)).join();
      moments[i] = (i + 1) * HOUR + 1;
      try (Reading reading = store.at(moments[i])) {
        answers.add(read(reading, "a"));
        positions.add(reading.positions(LIVE));
      }
    }
    List<Batch> log = new ArrayList<>();
    store.log().read(NAME, Positions.NONE, store.log().end(NAME)).forEach(log::add);
    Object[] shops = new Object[moments.length];
    Arrays.fill(shops, "a");
    List<FeatureColumn> replayed =
        ViewHistory.of(VIEW, log)
            .read(
                new Queries(List.of(new ObjectColumn(Scalar.STRING, shops)), moments),
                new Visibility.ByPosition(positions));
    List<FeatureColumn> asSeen =
        ViewHistory.of(VIEW, log)
            .read(
                new Queries(List.of(new ObjectColumn(Scalar.STRING, shops)), moments),
                Visibility.AS_SEEN);
    for (int i = 0; i < moments.length; i++) {
      for (int feature = 0; feature < VIEW.features().size(); feature++) {
        Object served = answers.get(i).values().column(feature).value(0);
        assertThat(replayed.get(feature).answer(i).value()).isEqualTo(served);
        assertThat(asSeen.get(feature).answer(i).value()).isEqualTo(served);
      }
    }
  }
}
