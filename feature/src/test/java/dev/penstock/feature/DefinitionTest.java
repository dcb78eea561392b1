package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Span;
import dev.penstock.feature.internal.AtLeast;
import dev.penstock.feature.internal.InputColumn;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefinitionTest {
  private static final Entity AIRPORT =
      new Entity("airport", List.of(Field.of("airport", Scalar.STRING)));
  private static final Expression DELAY = new InputColumn("delay", Scalar.INT64);
  private static final Window DAY = Window.trailing(Span.parse("24h"));
  private static final Feature MEAN =
      new Feature("delay_1d", Aggregate.of(AggregateFunction.MEAN, DELAY), DAY);
  private static final Feature P90 =
      new Feature(
          "p90",
          Aggregate.percentile(DELAY, 0.9).where(new AtLeast("distance", 10)),
          Window.trailing(Span.parse("7d")));

  private static FeatureView view(Feature... features) {
    return FeatureView.of("origin_delays", AIRPORT, List.of("origin"), List.of(features));
  }

  @Test
  void text_is_canonical() {
    assertThat(view(MEAN, P90).text())
        .isEqualTo(
            """
            view origin_delays of airport(airport string) by origin retention 1w
            delay_1d = mean(delay) over 1d
            p90 = percentile(delay, 0.9) where distance >= 10 over 1w""");
    assertThat(
            Aggregate.of(AggregateFunction.TOP_K, List.of(3.0), DELAY)
                .where(new AtLeast("distance", 10))
                .withDefault("'it''s'")
                .text())
        .isEqualTo("top_k(delay, 3, 10000) where distance >= 10 default 'it''s'");
    assertThat(Aggregate.of(AggregateFunction.DECAY_SUM, List.of(6.048e11, 3.6e9), DELAY).text())
        .isEqualTo("decay_sum(delay, 1w, 1h)");
    assertThat(Aggregate.of(AggregateFunction.RATIO, DELAY, DELAY).withDefault("-0").text())
        .isEqualTo("ratio(delay, delay) default 0.0");
    assertThat(new Feature("f", Aggregate.count(), Window.LIFETIME).text())
        .isEqualTo("f = count() over lifetime");
  }

  @Test
  void fingerprint_parts_hold_the_semantics_of_aggregates_and_expressions() {
    assertThat(view(MEAN, P90).fingerprintParts())
        .containsSequence("aggregate mean 1", "aggregate percentile 1", "function >= 1");
    assertThat(view(MEAN, P90).fingerprintParts(MEAN))
        .contains("delay_1d = mean(delay) over 1d", "aggregate mean 1")
        .doesNotContain("function >= 1");
  }

  @Test
  void fingerprint_parts_hold_the_rules_of_the_zones_that_windows_name() {
    Window day =
        new Window.Calendar(Window.Turn.THIS, Window.Period.DAY, ZoneId.of("Europe/Berlin"));
    Feature today = new Feature("today", Aggregate.count(), day);
    assertThat(view(today).text()).endsWith("today = count() over this day in Europe/Berlin");
    assertThat(view(today).fingerprintParts())
        .anyMatch(part -> part.startsWith("zone rules of Europe/Berlin "));
    assertThat(view(today).fingerprintParts(today)).containsAll(Window.semantics(day));
  }

  @Test
  void everything_that_changes_values_changes_the_fingerprint() {
    FeatureView view = view(MEAN);
    Span year = Span.parse("365d");
    List<FeatureView> all =
        List.of(
            view,
            view(MEAN, P90),
            view(new Feature("delay_1d", MEAN.aggregate(), Window.LIFETIME)),
            FeatureView.of("other", AIRPORT, List.of("origin"), List.of(MEAN)),
            FeatureView.of("origin_delays", AIRPORT, List.of("destination"), List.of(MEAN)),
            new FeatureView(
                "origin_delays", AIRPORT, List.of("origin"), null, List.of(MEAN), year, null),
            new FeatureView(
                "origin_delays", AIRPORT, List.of("origin"), null, List.of(MEAN), year, year),
            new FeatureView(
                "origin_delays",
                AIRPORT,
                List.of("origin"),
                new AtLeast("delay", 0),
                List.of(MEAN),
                DAY.reach(),
                null),
            view(MEAN).over(ChangelogMode.RETRACT));
    Set<Fingerprint> fingerprints = new HashSet<>();
    all.forEach(each -> fingerprints.add(Fingerprint.of(each.fingerprintParts())));
    assertThat(fingerprints).hasSize(all.size());
    assertThat(Fingerprint.of(view(MEAN).fingerprintParts()))
        .isEqualTo(Fingerprint.of(view.fingerprintParts()));
  }

  @Test
  void a_view_names_the_columns_it_reads() {
    assertThat(view(MEAN, P90).columns())
        .containsExactly(
            "_event_time", "_offset", "_partition", "_seen_time", "delay", "distance", "origin");
  }

  @Test
  void a_view_of_retractable_rows_reads_what_they_retract() {
    assertThat(view(MEAN).over(ChangelogMode.RETRACT).columns())
        .contains("_retracts_offset", "_retracts_partition");
  }

  @Test
  void resolution_over_retractable_rows_is_refused_by_name() {
    FeatureView view =
        view(
            new Feature(
                "delay_7d",
                MEAN.aggregate(),
                new Window.Stepped(Span.parse("7d"), Span.parse("1h"))));
    assertThatThrownBy(() -> view.over(ChangelogMode.RETRACT))
        .isInstanceOfSatisfying(
            PenstockException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION_VALUE);
              assertThat(e.getMessage()).contains("delay_7d over 1w resolution 1h");
              assertThat(e.hint()).contains("without 'resolution'");
            });
  }

  @Test
  void unknown_aggregate_suggests_the_nearest() {
    assertThatThrownBy(() -> AggregateFunction.named("mena"))
        .isInstanceOfSatisfying(
            PenstockException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.AGGREGATE_NOT_FOUND);
              assertThat(e.hint()).contains("Did you mean 'mean'?");
            });
    assertThat(AggregateFunction.named("Percentile")).isEqualTo(AggregateFunction.PERCENTILE);
  }

  @Test
  void definitions_that_make_no_sense_are_refused() {
    Expression text = new InputColumn("origin", Scalar.STRING);
    refused(ErrorCode.TYPE_MISMATCH, () -> Aggregate.of(AggregateFunction.SUM, text));
    refused(ErrorCode.TYPE_MISMATCH, () -> Aggregate.of(AggregateFunction.MAX, text));
    refused(ErrorCode.TYPE_MISMATCH, () -> Aggregate.of(AggregateFunction.SHARE, DELAY));
    refused(ErrorCode.TYPE_MISMATCH, () -> Aggregate.count().where(DELAY));
    refused(ErrorCode.DEFINITION_VALUE, () -> Aggregate.percentile(DELAY, 1.1));
    refused(ErrorCode.DEFINITION_VALUE, () -> Aggregate.percentile(DELAY, Double.NaN));
    refused(
        ErrorCode.DEFINITION_VALUE, () -> new Aggregate(AggregateFunction.SUM, List.of(), null));
    refused(ErrorCode.DEFINITION_VALUE, () -> Aggregate.of(AggregateFunction.CORR, DELAY));
    refused(
        ErrorCode.DEFINITION_VALUE,
        () -> Aggregate.of(AggregateFunction.FIRST_N, List.of(1.5), DELAY));
    refused(
        ErrorCode.DEFINITION_VALUE,
        () -> Aggregate.of(AggregateFunction.DECAY_SUM, List.of(1.0), DELAY));
    refused(ErrorCode.TYPE_MISMATCH, () -> Aggregate.of(AggregateFunction.VECTOR_SUM, DELAY));
    refused(ErrorCode.TYPE_MISMATCH, () -> Aggregate.of(AggregateFunction.MAX_BY, DELAY, text));
    refused(ErrorCode.DEFINITION_VALUE, () -> Aggregate.count().withDefault("1"));
    refused(ErrorCode.DEFINITION_VALUE, () -> MEAN.aggregate().withDefault("NaN"));
    refused(ErrorCode.DEFINITION_VALUE, () -> MEAN.aggregate().withDefault("'none'"));
    refused(ErrorCode.DEFINITION_DUPLICATE, () -> view(MEAN, MEAN));
    refused(
        ErrorCode.DEFINITION_VALUE, () -> FeatureView.of("v", AIRPORT, List.of(), List.of(MEAN)));
    refused(
        ErrorCode.DEFINITION_VALUE,
        () ->
            new FeatureView(
                "v", AIRPORT, List.of("origin"), null, List.of(P90), DAY.reach(), null));
    refused(ErrorCode.TYPE_MISMATCH, () -> new Entity("e", List.of(Field.of("x", Scalar.FLOAT64))));
  }

  @Test
  void a_service_answers_with_prefixed_columns_stored_ones_first() {
    OnDemandView request =
        new OnDemandView(
            "flight",
            List.of(new OnDemandFeature("far", new AtLeast("distance", 1000))),
            List.of(Field.of("distance", Scalar.INT64)));
    FeatureService service =
        new FeatureService(
            "flights",
            List.of(
                new ServiceView(view(MEAN), "from", List.of("origin")),
                new ServiceView(view(MEAN), "to", List.of("destination"))),
            List.of(request));
    assertThat(service.columns())
        .containsExactly(
            Field.of("from__delay_1d", Scalar.FLOAT64),
            Field.of("to__delay_1d", Scalar.FLOAT64),
            Field.of("flight__far", Scalar.BOOLEAN));
    refused(
        ErrorCode.DEFINITION_DUPLICATE,
        () ->
            new FeatureService(
                "twice", List.of(service.views().get(0), service.views().get(0)), List.of()));
  }

  private static void refused(ErrorCode code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(PenstockException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
