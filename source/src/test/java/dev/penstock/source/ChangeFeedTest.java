package dev.penstock.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import dev.penstock.testkit.RowExpression;
import dev.penstock.testkit.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What acceptance makes of rows that are put, replaced and deleted by primary key. */
class ChangeFeedTest {
  private static final long NOON = Flights.NOON;

  private static final Schema COLUMNS =
      Schema.of(
          Field.of("order", Scalar.INT64),
          Field.of("at", Scalar.TIMESTAMP),
          Field.required("amount", Scalar.FLOAT64),
          Field.of("op", Scalar.STRING),
          Field.of("event", Scalar.STRING));

  private static final List<String> SHOWN =
      List.of(
          "order",
          "at",
          "amount",
          "_event_time",
          "_offset",
          "_retracts_partition",
          "_retracts_offset");

  private static final SourceSpec ORDERS =
      SourceSpec.of("orders", COLUMNS, RowExpression.column("at", Scalar.TIMESTAMP))
          .changes(ChangeFeed.debezium("op", "order"));

  private final MemoryIdIndex ids = new MemoryIdIndex();
  private final MemoryLiveRows live = new MemoryLiveRows();
  private Positions next = Positions.NONE;

  private static Rows rows() {
    return Rows.of(COLUMNS);
  }

  private Decision decide(SourceSpec source, Arrival arrival, Batch batch) {
    Decision decision =
        new Acceptance(source).decide(RawRows.pushed(batch), arrival, 0, next, ids, live);
    next = decision.next();
    return decision;
  }

  private List<List<Object>> push(Rows rows) {
    return shown(decide(ORDERS, new Arrival.Live(NOON), rows.batch()));
  }

  private static List<List<Object>> shown(Decision decision) {
    assertThat(decision.quarantined()).isEmpty();
    return Rows.of(decision.accepted().select(SHOWN));
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  @Test
  void a_new_key_is_a_row_and_a_known_one_a_retraction_and_a_row() {
    assertThat(push(rows().row(1L, 10L, 5.0, "c", null)))
        .containsExactly(row(1L, 10L, 5.0, 10L, 0L, null, null));
    assertThat(push(rows().row(1L, 20L, 6.0, "u", null)))
        .containsExactly(row(1L, 10L, 5.0, 10L, 1L, 0, 0L), row(1L, 20L, 6.0, 20L, 2L, null, null));
    assertThat(next).isEqualTo(Positions.of(0, 3));
  }

  @Test
  void a_deletion_needs_its_key_and_retracts_the_row_in_full() {
    push(rows().row(1L, 10L, 5.0, "c", null));
    assertThat(push(rows().row(1L, null, null, "d", null)))
        .containsExactly(row(1L, 10L, 5.0, 10L, 1L, 0, 0L));
    assertThat(live.size()).isZero();
    assertThat(push(rows().row(1L, 30L, 7.0, "c", null)))
        .containsExactly(row(1L, 30L, 7.0, 30L, 2L, null, null));
  }

  @Test
  void rows_of_one_batch_meet_each_other() {
    assertThat(
            push(
                rows()
                    .row(1L, 10L, 5.0, "c", null)
                    .row(1L, 11L, 6.0, "u", null)
                    .row(1L, null, null, "d", null)
                    .row(1L, 12L, 7.0, "c", null)))
        .containsExactly(
            row(1L, 10L, 5.0, 10L, 0L, null, null),
            row(1L, 10L, 5.0, 10L, 1L, 0, 0L),
            row(1L, 11L, 6.0, 11L, 2L, null, null),
            row(1L, 11L, 6.0, 11L, 3L, 0, 2L),
            row(1L, 12L, 7.0, 12L, 4L, null, null));
  }

  @Test
  void a_retraction_becomes_known_with_the_change_that_makes_it() {
    push(rows().row(1L, 10L, 5.0, "c", null));
    Decision later =
        decide(ORDERS, new Arrival.Live(NOON + 7), rows().row(1L, 20L, 6.0, "u", null).batch());
    assertThat(Rows.of(later.accepted().select(List.of("_event_time", "_seen_time"))))
        .containsExactly(row(10L, NOON + 7), row(20L, NOON + 7));
  }

  @Test
  void history_knows_of_a_deletion_by_its_own_time() {
    SourceSpec lagging = ORDERS.seen(new SeenTime.Lag(new Span(5)));
    Rows rows = rows().row(1L, 10L, 5.0, "c", null).row(1L, 50L, null, "d", null);
    Decision history = decide(lagging, new Arrival.AsHistory(NOON), rows.batch());
    assertThat(Rows.of(history.accepted().select(List.of("_event_time", "_seen_time"))))
        .containsExactly(row(10L, 15L), row(10L, 55L));
    Rows timeless = rows().row(2L, 10L, 5.0, "c", null).row(2L, null, null, "d", null);
    assertThat(
            decide(lagging, new Arrival.AsHistory(NOON), timeless.batch())
                .quarantined()
                .get(0)
                .reason())
        .isEqualTo(QuarantineReason.NULL_EVENT_TIME);
  }

  @Test
  void what_makes_no_sense_goes_to_quarantine() {
    Rows rows =
        rows()
            .row(9L, null, null, "d", null)
            .row(null, 10L, 5.0, "c", null)
            .row(null, null, null, "d", null)
            .row(1L, 10L, 5.0, "t", null)
            .row(1L, 10L, null, "c", null);
    Decision decision = decide(ORDERS, new Arrival.Live(NOON), rows.batch());
    assertThat(decision.accepted().rows()).isZero();
    assertThat(decision.quarantined().stream().map(Quarantined::reason))
        .containsExactly(
            QuarantineReason.NO_ROW_TO_RETRACT,
            QuarantineReason.NULL_PRIMARY_KEY,
            QuarantineReason.NULL_PRIMARY_KEY,
            QuarantineReason.UNKNOWN_OPERATION,
            QuarantineReason.NULL_VALUE);
    assertThat(decision.next()).isEqualTo(Positions.of(0, 0));
  }

  @Test
  void a_repeated_change_is_a_duplicate_also_after_its_ids_were_learnt_from_the_log() {
    SourceSpec events = ORDERS.identified(new RowId.FromColumn("event"), Span.parse("30d"));
    Rows rows =
        rows()
            .row(1L, 10L, 5.0, "c", "e1")
            .row(1L, 20L, 6.0, "u", "e2")
            .row(1L, null, null, "d", "e3");
    Decision first = decide(events, new Arrival.Live(NOON), rows.batch());
    assertThat(first.accepted().rows()).isEqualTo(4);
    MemoryIdIndex learnt = new MemoryIdIndex();
    new Acceptance(events).remember(first.accepted(), learnt);
    for (IdIndex known : List.of(ids, learnt)) {
      Decision again =
          new Acceptance(events)
              .decide(RawRows.pushed(rows.batch()), new Arrival.Live(NOON), 0, next, known, live);
      assertThat(again.accepted().rows()).isZero();
      assertThat(again.quarantined()).isEmpty();
      assertThat(again.duplicates().stream().map(Duplicate::offset)).containsExactly(0L, 2L, 3L);
    }
  }

  @Test
  void a_deletion_with_a_wrong_id_goes_to_quarantine_and_takes_nothing_back() {
    SourceSpec events = ORDERS.identified(new RowId.FromColumn("event"), Span.parse("30d"));
    Rows rows =
        rows()
            .row(1L, 10L, 5.0, "c", "e1")
            .row(1L, null, null, "d", "e1")
            .row(1L, null, null, "d", null);
    Decision decision = decide(events, new Arrival.Live(NOON), rows.batch());
    assertThat(decision.quarantined().stream().map(Quarantined::reason))
        .containsExactly(QuarantineReason.ID_REUSED, QuarantineReason.NULL_ID);
    assertThat(decision.taken(RawRows.pushed(rows.batch()))).isEqualTo(1);
    assertThat(live.size()).isEqualTo(1);
  }

  @Test
  void a_change_is_one_row_taken_however_many_rows_of_the_log_it_is() {
    Rows rows = rows().row(1L, 10L, 5.0, "c", null).row(1L, 11L, 6.0, "u", null);
    Decision decision = decide(ORDERS, new Arrival.Live(NOON), rows.batch());
    assertThat(decision.accepted().rows()).isEqualTo(3);
    assertThat(decision.taken(RawRows.pushed(rows.batch()))).isEqualTo(2);
    assertThat(Rows.of(ChangeFeed.rowsPut(decision.accepted()).select(List.of("amount"))))
        .containsExactly(row(5.0), row(6.0));
  }

  @Test
  void live_rows_learnt_from_the_log_are_those_that_acceptance_kept() {
    MemoryLiveRows learnt = new MemoryLiveRows();
    Map<Long, Double> table = new HashMap<>();
    Map<Long, Double> ofLog = new HashMap<>();
    SplittableRandom random = new SplittableRandom(7);
    for (int batch = 0; batch < 40; batch++) {
      Rows rows = rows();
      for (int i = random.nextInt(20); i >= 0; i--) {
        long order = random.nextInt(10);
        if (random.nextInt(3) > 0) {
          double amount = random.nextInt(100);
          rows.row(order, (long) i, amount, random.nextBoolean() ? "c" : "u", null);
          table.put(order, amount);
        } else if (table.remove(order) != null) {
          rows.row(order, null, null, "d", null);
        }
      }
      Decision decision = decide(ORDERS, new Arrival.Live(NOON), rows.batch());
      new Acceptance(ORDERS).remember(decision.accepted(), learnt);
      for (List<Object> row : shown(decision)) {
        if (row.get(6) == null) {
          assertThat(ofLog.put((Long) row.get(0), (Double) row.get(2))).isNull();
        } else {
          assertThat(ofLog.remove((Long) row.get(0))).isEqualTo(row.get(2));
        }
      }
    }
    assertThat(ofLog).isEqualTo(table);
    assertThat(live.size()).isEqualTo(table.size());
    assertThat(learnt.size()).isEqualTo(table.size());
  }

  @Test
  void a_row_accepted_under_other_columns_is_retracted_under_todays() {
    push(rows().row(1L, 10L, 5.0, "c", null));
    List<Field> fields = new ArrayList<>(COLUMNS.fields());
    fields.add(Field.of("note", Scalar.STRING));
    SourceSpec wider =
        SourceSpec.of("orders", new Schema(fields), RowExpression.column("at", Scalar.TIMESTAMP))
            .changes(ChangeFeed.debezium("op", "order"));
    Batch deletion = Rows.of(wider.columns()).row(1L, null, null, "d", null, "unwanted").batch();
    Decision decision = decide(wider, new Arrival.Live(NOON), deletion);
    assertThat(Rows.of(decision.accepted().select(List.of("amount", "note"))))
        .containsExactly(row(5.0, null));
  }

  @Test
  void without_an_operation_every_row_takes_the_place_of_its_keys() {
    SourceSpec upserts = ORDERS.changes(ChangeFeed.upserts("order"));
    Rows rows = rows().row(1L, 10L, 5.0, null, null).row(1L, 20L, 6.0, "d", null);
    assertThat(shown(decide(upserts, new Arrival.Live(NOON), rows.batch()))).hasSize(3);
  }

  @Test
  void a_source_whose_rows_change_is_not_judged_without_its_live_rows() {
    assertThatThrownBy(
            () ->
                new Acceptance(ORDERS)
                    .decide(
                        RawRows.pushed(rows().batch()),
                        new Arrival.Live(NOON),
                        0,
                        Positions.NONE,
                        ids))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ORDERS.changes(ChangeFeed.upserts("amount")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
