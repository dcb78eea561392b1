package dev.penstock.source;

import static dev.penstock.source.Flights.COLUMNS;
import static dev.penstock.source.Flights.MINUTE;
import static dev.penstock.source.Flights.NOON;
import static dev.penstock.source.Flights.SOURCE;
import static dev.penstock.source.Flights.flight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import dev.penstock.data.SystemColumns;
import dev.penstock.testkit.RowExpression;
import dev.penstock.testkit.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
  private static final Arrival LIVE = new Arrival.Live(NOON);

  private final MemoryIdIndex ids = new MemoryIdIndex();

  private Decision live(SourceSpec source, Batch rows) {
    return new Acceptance(source).decide(RawRows.pushed(rows), LIVE, 0, Positions.NONE, ids);
  }

  private Decision history(SourceSpec source, Batch rows, Positions next) {
    return new Acceptance(source)
        .decide(RawRows.ofFile(rows, "f", row -> row), new Arrival.AsHistory(NOON), 0, next, ids);
  }

  private static Quarantined only(Decision decision) {
    assertThat(decision.accepted().rows()).isZero();
    assertThat(decision.quarantined()).hasSize(1);
    return decision.quarantined().get(0);
  }

  @Test
  void accepted_row_has_its_columns_the_computed_ones_and_the_system_columns() {
    Decision decision = live(SOURCE, flight(0, "BOS", 5.0));
    assertThat(decision.accepted().schema()).isEqualTo(SOURCE.acceptedSchema());
    assertThat(Rows.of(decision.accepted()))
        .containsExactly(List.of(0L, "BOS", 5.0, MINUTE, MINUTE, NOON, 0, 0L, "0:0"));
    assertThat(decision.next()).isEqualTo(Positions.of(0, 1));
    assertThat(decision.quarantined()).isEmpty();
  }

  @Test
  void offsets_are_dense_and_skip_what_is_not_accepted() {
    Batch rows = Rows.of(COLUMNS).row(0, "A", 1.0).row(0, "B", 500.0).row(0, "C", 2.0).batch();
    Decision decision =
        new Acceptance(SOURCE).decide(RawRows.pushed(rows), LIVE, 0, Positions.of(0, 7), ids);
    assertThat(decision.accepted().column(SystemColumns.OFFSET).value(0)).isEqualTo(7L);
    assertThat(decision.accepted().column(SystemColumns.OFFSET).value(1)).isEqualTo(8L);
    assertThat(decision.accepted().column("origin").value(1)).isEqualTo("C");
    assertThat(decision.next()).isEqualTo(Positions.of(0, 9));
  }

  @Test
  void null_in_a_column_that_is_not_null_goes_to_quarantine() {
    Quarantined row = only(live(SOURCE, flight(0, null, 5.0)));
    assertThat(row.reason()).isEqualTo(QuarantineReason.NULL_VALUE);
    assertThat(row.rule()).isEqualTo("origin");
    assertThat(row.place()).isEqualTo("push#0");
    assertThat(row.values())
        .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"origin\":null,\"delay\":5.0}");
  }

  @Test
  void false_rule_and_null_rule_both_go_to_quarantine_and_say_which() {
    Quarantined failed = only(live(SOURCE, flight(0, "BOS", 100.0)));
    assertThat(failed.reason()).isEqualTo(QuarantineReason.RULE_FAILED);
    assertThat(failed.message()).isEqualTo("rule plausible is false: delay < 100");
    Quarantined unknown = only(live(SOURCE, flight(0, "BOS", null)));
    assertThat(unknown.reason()).isEqualTo(QuarantineReason.RULE_FAILED);
    assertThat(unknown.message()).contains("is null, which is not passed");
  }

  @Test
  void null_event_time_goes_to_quarantine() {
    Quarantined row = only(live(SOURCE, flight(0, "NOWHERE", 5.0)));
    assertThat(row.reason()).isEqualTo(QuarantineReason.NULL_EVENT_TIME);
  }

  @Test
  void event_time_at_the_allowance_is_accepted_and_one_microsecond_later_is_not() {
    long edge = NOON + 5 * MINUTE - MINUTE;
    assertThat(live(SOURCE, flight(edge, "BOS", 5.0)).accepted().rows()).isEqualTo(1);
    Quarantined row = only(live(SOURCE, flight(edge + 1, "BOS", 5.0)));
    assertThat(row.reason()).isEqualTo(QuarantineReason.FUTURE_EVENT_TIME);
    assertThat(row.message()).contains("1970-01-01T12:05:00.000001Z", "5m");
  }

  @Test
  void future_of_history_is_judged_by_the_wall_clock() {
    Decision decision = history(SOURCE, flight(NOON + 10 * MINUTE, "BOS", 5.0), Positions.NONE);
    assertThat(only(decision).reason()).isEqualTo(QuarantineReason.FUTURE_EVENT_TIME);
  }

  @Test
  void event_time_that_a_transform_gives_must_be_valid_too() {
    SourceSpec source =
        SOURCE.retimings(
            List.of(
                new NamedExpression(
                    "by_departure",
                    RowExpression.of(
                        "at + 1h",
                        Scalar.TIMESTAMP,
                        Set.of("at"),
                        row -> row.number("at") + 60 * MINUTE))));
    assertThat(live(source, flight(0, "BOS", 5.0)).accepted().rows()).isEqualTo(1);
    Quarantined row = only(live(source, flight(NOON - MINUTE, "BOS", 5.0)));
    assertThat(row.reason()).isEqualTo(QuarantineReason.FUTURE_EVENT_TIME);
    assertThat(row.rule()).isEqualTo("by_departure");
  }

  @Test
  void value_of_a_castable_type_is_cast_and_another_is_quarantined() {
    Schema texts =
        Schema.of(
            Field.of("at", Scalar.STRING),
            Field.of("origin", Scalar.STRING),
            Field.of("delay", Scalar.STRING));
    Decision decision =
        live(
            SOURCE,
            Rows.of(texts)
                .row("1970-01-01T00:01:00Z", "BOS", "-0.0")
                .row("1970-01-01 00:01", "BOS", "late")
                .batch());
    assertThat(decision.accepted().rows()).isEqualTo(1);
    assertThat(decision.accepted().column("at").value(0)).isEqualTo(MINUTE);
    assertThat(decision.accepted().column("delay").value(0)).isEqualTo(0.0);
    Quarantined row = decision.quarantined().get(0);
    assertThat(row.reason()).isEqualTo(QuarantineReason.WRONG_TYPE);
    assertThat(row.message()).isEqualTo("delay is \"late\", which is no float64");
    assertThat(row.place()).isEqualTo("push#1");
  }

  @Test
  void column_of_a_hopeless_type_refuses_the_whole_batch() {
    Schema wrong =
        Schema.of(
            Field.of("at", Scalar.LOCAL_TIMESTAMP),
            Field.of("origin", Scalar.STRING),
            Field.of("delay", Scalar.FLOAT64));
    assertThatThrownBy(() -> live(SOURCE, Rows.of(wrong).row(0, "A", 1.0).batch()))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("SCHEMA_INCOMPATIBLE")
        .hasMessageContaining("'at' is local_timestamp, declared timestamp");
  }

  @Test
  void missing_required_column_refuses_the_batch_and_a_missing_nullable_one_is_null() {
    assertThatThrownBy(() -> live(SOURCE, flight(0, "A", 1.0).select(List.of("at", "delay"))))
        .hasMessageContaining("column 'origin' is missing");
    SourceSpec lenient = SOURCE.rules(List.of());
    Decision decision = live(lenient, flight(0, "A", 1.0).select(List.of("origin", "at")));
    assertThat(decision.accepted().column("delay").value(0)).isNull();
  }

  @Test
  void undeclared_column_is_refused_or_ignored_as_the_source_says() {
    Batch more =
        flight(0, "A", 1.0)
            .with(
                List.of(Field.of("gate", Scalar.STRING)),
                List.of(
                    Rows.of(Schema.of(Field.of("gate", Scalar.STRING)))
                        .row("B7")
                        .batch()
                        .column(0)));
    assertThatThrownBy(() -> live(SOURCE, more)).hasMessageContaining("'gate' is not declared");
    Decision decision = live(SOURCE.extraColumns(ExtraColumns.IGNORE), more);
    assertThat(decision.accepted().schema()).isEqualTo(SOURCE.acceptedSchema());
  }

  @Test
  void nan_and_negative_zero_are_made_canonical() {
    SourceSpec lenient = SOURCE.rules(List.of());
    double odd = Double.longBitsToDouble(0x7ff8000000000123L);
    Decision decision = live(lenient, Rows.of(COLUMNS).row(0, "A", odd).row(0, "A", -0.0).batch());
    Object nan = decision.accepted().column("delay").value(0);
    Object zero = decision.accepted().column("delay").value(1);
    assertThat(Double.doubleToRawLongBits((Double) nan)).isEqualTo(0x7ff8000000000000L);
    assertThat(Double.doubleToRawLongBits((Double) zero)).isZero();
  }

  @Test
  void row_that_comes_again_is_a_duplicate_with_its_first_position() {
    Batch rows = flight(0, "BOS", 5.0);
    history(SOURCE, rows, Positions.of(0, 41));
    Decision again = history(SOURCE, rows, Positions.of(0, 42));
    assertThat(again.accepted().rows()).isZero();
    assertThat(again.quarantined()).isEmpty();
    assertThat(again.duplicates()).containsExactly(new Duplicate(0, "f#0", 0, 41));
    assertThat(again.next()).isEqualTo(Positions.of(0, 42));
  }

  @Test
  void id_that_comes_again_with_other_content_goes_to_quarantine() {
    history(SOURCE, flight(0, "BOS", 5.0), Positions.NONE);
    Quarantined row = only(history(SOURCE, flight(0, "BOS", 6.0), Positions.of(0, 1)));
    assertThat(row.reason()).isEqualTo(QuarantineReason.ID_REUSED);
    assertThat(row.id()).isEqualTo("f#0");
    assertThat(row.message()).contains("0:0");
  }

  @Test
  void id_is_remembered_to_the_microsecond_and_then_forgotten() {
    SourceSpec source = Flights.remembering("1h").rules(List.of());
    Acceptance acceptance = new Acceptance(source);
    RawRows rows = RawRows.ofFile(flight(0, "BOS", 5.0), "f", row -> row);
    long hour = 60 * MINUTE;
    acceptance.decide(rows, new Arrival.Live(NOON), 0, Positions.NONE, ids);
    Decision inside =
        acceptance.decide(rows, new Arrival.Live(NOON + hour), 0, Positions.of(0, 1), ids);
    assertThat(inside.duplicates()).hasSize(1);
    Decision outside =
        acceptance.decide(rows, new Arrival.Live(NOON + hour + 1), 0, Positions.of(0, 1), ids);
    assertThat(outside.accepted().rows()).isEqualTo(1);
    Decision renewed =
        acceptance.decide(rows, new Arrival.Live(NOON + hour + 2), 0, Positions.of(0, 2), ids);
    assertThat(renewed.duplicates()).containsExactly(new Duplicate(0, "f#0", 0, 1));
  }

  @Test
  void id_twice_in_one_batch_is_a_duplicate_of_the_first() {
    SourceSpec source = SOURCE.identified(new RowId.FromColumn("origin"), SourceSpec.REMEMBER_IDS);
    Batch rows = Rows.of(COLUMNS).row(0, "A", 1.0).row(0, "A", 1.0).row(0, "A", 2.0).batch();
    Decision decision = live(source, rows);
    assertThat(decision.accepted().rows()).isEqualTo(1);
    assertThat(decision.duplicates()).containsExactly(new Duplicate(1, "A", 0, 0));
    assertThat(decision.quarantined()).extracting(Quarantined::place).containsExactly("push#2");
  }

  @Test
  void null_id_goes_to_quarantine() {
    Schema columns =
        Schema.of(Field.required("at", Scalar.TIMESTAMP), Field.of("key", Scalar.STRING));
    SourceSpec source =
        SourceSpec.of("s", columns, RowExpression.column("at", Scalar.TIMESTAMP))
            .identified(new RowId.FromColumn("key"), SourceSpec.REMEMBER_IDS);
    Quarantined row = only(live(source, Rows.of(columns).row(0L, null).batch()));
    assertThat(row.reason()).isEqualTo(QuarantineReason.NULL_ID);
  }

  @Test
  void history_is_seen_a_lag_after_it_happened_but_never_after_now() {
    SourceSpec source = SOURCE.seen(new SeenTime.Lag(new Span(10 * MINUTE)));
    Batch rows = Rows.of(COLUMNS).row(0, "A", 1.0).row(NOON - 3 * MINUTE, "B", 1.0).batch();
    Batch accepted = history(source, rows, Positions.NONE).accepted();
    assertThat(accepted.column(SystemColumns.SEEN_TIME).value(0)).isEqualTo(11 * MINUTE);
    assertThat(accepted.column(SystemColumns.SEEN_TIME).value(1)).isEqualTo(NOON);
  }

  @Test
  void history_is_seen_at_its_arrival_column_and_a_row_without_is_quarantined() {
    Schema columns =
        Schema.of(Field.required("at", Scalar.TIMESTAMP), Field.of("arrived", Scalar.TIMESTAMP));
    SourceSpec source =
        SourceSpec.of("s", columns, RowExpression.column("at", Scalar.TIMESTAMP))
            .seen(new SeenTime.Arrival("arrived"));
    Decision decision =
        history(source, Rows.of(columns).row(0L, 17L).row(0L, null).batch(), Positions.NONE);
    assertThat(decision.accepted().column(SystemColumns.SEEN_TIME).value(0)).isEqualTo(17L);
    assertThat(decision.quarantined())
        .extracting(Quarantined::reason)
        .containsExactly(QuarantineReason.NULL_SEEN_TIME);
  }

  @Test
  void replayed_rows_bring_their_seen_times_which_may_stand_still_but_not_go_back() {
    Schema columns = COLUMNS.with(List.of(Field.of(RawRows.SEEN_TIME, Scalar.TIMESTAMP)));
    Batch forward =
        Rows.of(columns)
            .row(0, "A", 1.0, NOON)
            .row(0, "B", 1.0, NOON)
            .row(0, "C", 1.0, NOON + 1)
            .batch();
    Acceptance acceptance = new Acceptance(SOURCE);
    Decision decision =
        acceptance.decide(
            RawRows.pushed(forward), new Arrival.Replayed(NOON), 0, Positions.NONE, ids);
    assertThat(decision.accepted().column(SystemColumns.SEEN_TIME).value(2)).isEqualTo(NOON + 1);
    assertThatThrownBy(
            () ->
                acceptance.decide(
                    RawRows.pushed(forward),
                    new Arrival.Replayed(NOON + 1),
                    0,
                    Positions.NONE,
                    ids))
        .satisfies(
            e -> assertThat(((PenstockException) e).code()).isEqualTo(ErrorCode.CLOCK_CONFLICT));
  }

  @Test
  void same_rows_by_push_and_by_file_are_accepted_the_same() {
    List<Map<String, Object>> json = new ArrayList<>();
    Rows file = Rows.of(COLUMNS);
    for (int i = 0; i < 200; i++) {
      Object origin = i % 17 == 0 ? "NOWHERE" : i % 19 == 0 ? null : "A" + i % 5;
      Object delay = i % 13 == 0 ? null : (double) i;
      file.row(i * MINUTE, origin, delay);
      Map<String, Object> row = new HashMap<>();
      row.put("at", "1970-01-01T%02d:%02d:00Z".formatted(i / 60, i % 60));
      row.put("origin", origin);
      row.put("delay", i % 2 == 0 && delay != null ? Integer.valueOf(i) : delay);
      row.put("_id", "f#" + i);
      json.add(row);
    }
    Acceptance acceptance = new Acceptance(SOURCE);
    Decision filed =
        acceptance.decide(
            RawRows.ofFile(file.batch(), "f", row -> row),
            LIVE,
            0,
            Positions.NONE,
            new MemoryIdIndex());
    Decision pushed =
        acceptance.decide(
            PushedRows.ofRows(SOURCE, json), LIVE, 0, Positions.NONE, new MemoryIdIndex());
    assertThat(filed.accepted().rows()).isBetween(1, 199);
    assertThat(Rows.of(pushed.accepted())).isEqualTo(Rows.of(filed.accepted()));
    assertThat(pushed.quarantined().stream().map(row -> row.id() + row.reason() + row.message()))
        .containsExactlyElementsOf(
            filed.quarantined().stream()
                .map(row -> row.id() + row.reason() + row.message())
                .toList());
  }
}
