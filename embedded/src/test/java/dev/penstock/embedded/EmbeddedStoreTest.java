package dev.penstock.embedded;

import static dev.penstock.embedded.Taps.GRAPH;
import static dev.penstock.embedded.Taps.HOUR;
import static dev.penstock.embedded.Taps.NAME;
import static dev.penstock.embedded.Taps.SECOND;
import static dev.penstock.embedded.Taps.SOURCE;
import static dev.penstock.embedded.Taps.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.StateCursor;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.Reading;
import dev.penstock.source.Acceptance;
import dev.penstock.source.Arrival;
import dev.penstock.source.ClockMode;
import dev.penstock.source.Decision;
import dev.penstock.source.Duplicate;
import dev.penstock.source.MemoryIdIndex;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {
  private static final long START = 1_000_000 * HOUR;

  @TempDir Path folder;
  private final AtomicLong wall = new AtomicLong(START);
  private final Stumbling.Gate gate = new Stumbling.Gate();
  private EmbeddedStore store;

  @BeforeEach
  void openWithTheWallClock() {
    open(options());
  }

  @AfterEach
  void close() {
    gate.open.countDown();
    store.close();
  }

  private StoreOptions options() {
    return StoreOptions.of(ClockMode.WALL, wall::get);
  }

  private void open(StoreOptions options) {
    store = EmbeddedStore.open(folder, options);
    store.define(List.of(SOURCE), GRAPH);
    for (var view : GRAPH.views()) {
      if (!store.resume(view)) {
        store.fill(List.of(view), List.of(), store.history(NAME));
      }
    }
  }

  private void reopen(StoreOptions options) {
    store.close();
    open(options);
  }

  private long turns(String tap) {
    try (Reading reading = store.now()) {
      return Taps.turns(reading, tap);
    }
  }

  private static void assertFails(CompletableFuture<?> future, ErrorCode code) {
    assertThatThrownBy(future::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(PenstockException.class)
        .satisfies(e -> assertThat(((PenstockException) e).code()).isEqualTo(code));
  }

  @Test
  void acknowledged_row_is_in_the_next_reading() {
    Decision decision = store.push(NAME, push(1, START, "a", "b", "a")).join();
    assertThat(decision.accepted().rows()).isEqualTo(3);
    assertThat(turns("a")).isEqualTo(2);
    assertThat(turns("b")).isEqualTo(1);
    assertThat(turns("c")).isZero();
  }

  @Test
  void reading_says_at_which_position_and_moment_it_was() {
    store.push(NAME, push(1, START, "a", "b")).join();
    wall.addAndGet(SECOND);
    try (Reading reading = store.now()) {
      assertThat(reading.positions(Taps.BY_TAP)).isEqualTo(Positions.of(0, 2));
      assertThat(reading.q()).isEqualTo(START + SECOND);
      assertThat(reading.clockMode()).isEqualTo(ClockMode.WALL);
    }
  }

  @Test
  void open_reading_does_not_see_later_commits() {
    store.push(NAME, push(1, START, "a")).join();
    try (Reading before = store.now()) {
      store.push(NAME, push(2, START, "a")).join();
      assertThat(Taps.turns(before, "a")).isEqualTo(1);
      assertThat(before.positions(Taps.BY_TAP)).isEqualTo(Positions.of(0, 1));
    }
    assertThat(turns("a")).isEqualTo(2);
  }

  @Test
  void seen_times_and_moments_never_repeat_each_other_while_the_wall_clock_stands_still_or_back() {
    List<Long> moments = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      wall.addAndGet(-HOUR);
      Decision decision = store.push(NAME, push(i, START - 10 * HOUR, "a")).join();
      moments.add((Long) decision.accepted().column(SystemColumns.SEEN_TIME).value(0));
      try (Reading reading = store.now()) {
        moments.add(reading.q());
      }
    }
    assertThat(moments).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void clock_goes_on_behind_every_moment_given_before_the_store_was_opened_again() {
    wall.addAndGet(HOUR);
    long q;
    try (Reading reading = store.now()) {
      q = reading.q();
    }
    wall.set(START);
    reopen(options());
    Decision decision = store.push(NAME, push(1, START, "a")).join();
    assertThat((Long) decision.accepted().column(SystemColumns.SEEN_TIME).value(0))
        .isGreaterThan(q);
  }

  @Test
  void clock_does_not_run_ahead_over_an_orderly_closing() {
    long q;
    try (Reading reading = store.now()) {
      q = reading.q();
    }
    wall.addAndGet(1);
    reopen(options());
    try (Reading reading = store.now()) {
      assertThat(reading.q()).isBetween(q + 1, q + 10);
    }
  }

  @Test
  void trimming_lets_rows_go_and_changes_no_answer() {
    for (int i = 0; i < 60; i++) {
      store.push(NAME, push(3 * i, wall.addAndGet(HOUR), "a", "b", "a")).join();
    }
    try (Reading before = store.now()) {
      store.trimViews();
      try (Reading after = store.now()) {
        assertThat(entries(after)).isLessThan(entries(before) - 60);
        assertThat(Rows.of(Taps.read(after, "a", "b").values()))
            .isEqualTo(Rows.of(Taps.read(before, "a", "b").values()));
      }
    }
  }

  private static int entries(Reading reading) {
    int entries = 0;
    try (StateCursor cursor =
        reading.state(Taps.BY_TAP).scan(new byte[] {0}, new byte[] {(byte) 0xFF})) {
      while (cursor.next()) {
        entries++;
      }
    }
    return entries;
  }

  @Test
  void everything_is_there_after_opening_again() {
    store.push(NAME, push(1, START, "a", "b")).join();
    store.push(NAME, push(3, START, "a")).join();
    reopen(options());
    assertThat(turns("a")).isEqualTo(2);
    assertThat(store.log().end(NAME)).isEqualTo(Positions.of(0, 3));
    store.push(NAME, push(4, START, "a")).join();
    assertThat(turns("a")).isEqualTo(3);
    assertThat(store.log().end(NAME)).isEqualTo(Positions.of(0, 4));
  }

  @Test
  void row_that_comes_again_is_acknowledged_with_its_first_position_and_counted_once() {
    store.push(NAME, push(1, START, "a", "b")).join();
    Decision again = store.push(NAME, push(2, START, "b")).join();
    assertThat(again.duplicates()).containsExactly(new Duplicate(0, "n2", 0, 1));
    reopen(options());
    again = store.push(NAME, push(2, START, "b")).join();
    assertThat(again.duplicates()).containsExactly(new Duplicate(0, "n2", 0, 1));
    Decision reused = store.push(NAME, push(2, START, "c")).join();
    assertThat(reused.quarantined().get(0).reason()).isEqualTo(QuarantineReason.ID_REUSED);
    assertThat(turns("b")).isEqualTo(1);
  }

  @Test
  void ids_of_history_are_known_to_pushes() {
    Decision history =
        new Acceptance(SOURCE)
            .decide(
                push(1, START, "a", "b"),
                new Arrival.AsHistory(START),
                0,
                Positions.NONE,
                new MemoryIdIndex());
    store.rememberIds(SOURCE, List.of(history.accepted()));
    store.startLive(NAME, history.next(), START);
    Decision again = store.push(NAME, push(2, START, "b", "c")).join();
    assertThat(again.duplicates()).containsExactly(new Duplicate(0, "n2", 0, 1));
    assertThat(again.accepted().column(SystemColumns.OFFSET).value(0)).isEqualTo(2L);
    assertThat(store.history(NAME)).isEqualTo(Positions.of(0, 2));
  }

  @Test
  void forgotten_ids_are_deleted_and_remembered_ones_stay() {
    store.push(NAME, push(1, START, "a")).join();
    wall.addAndGet(HOUR);
    store.push(NAME, push(2, START, "a")).join();
    assertThat(store.forgetIds(NAME, START + 1)).isEqualTo(1);
    assertThat(store.push(NAME, push(1, START, "a")).join().accepted().rows()).isEqualTo(1);
    assertThat(store.push(NAME, push(2, START, "a")).join().duplicates()).hasSize(1);
  }

  @Test
  void refused_row_is_in_quarantine_once_however_often_it_comes() {
    RawRows bad = RawRows.pushed(Rows.of(Taps.WITH_ID).row(START, "a", -1.0, "n1").batch());
    store.push(NAME, bad).join();
    store.push(NAME, bad).join();
    assertThat(store.quarantine().count(NAME)).isEqualTo(1);
    QuarantineShelf.Entry entry = store.quarantine().list(NAME, 10).get(0);
    assertThat(entry.row().reason()).isEqualTo(QuarantineReason.RULE_FAILED);
    assertThat(entry.row().rule()).isEqualTo("not_negative");
    reopen(options());
    store.quarantine().drop(NAME, List.of(entry.name(), "unknown"));
    assertThat(store.quarantine().count(NAME)).isZero();
    store.quarantine().add(List.of(entry.row()));
    assertThat(store.quarantine().list(NAME, 10)).containsExactly(entry);
  }

  @Test
  void log_is_read_by_positions_whatever_pushes_it_came_in() {
    for (int i = 0; i < 10; i++) {
      store.push(NAME, push(3 * i, START, "a", "b", "c")).join();
    }
    for (int from = 0; from <= 30; from += 4) {
      for (int to = from; to <= 30; to += 5) {
        List<Long> offsets = new ArrayList<>();
        for (Batch rows : store.log().read(NAME, Positions.of(0, from), Positions.of(0, to))) {
          for (int row = 0; row < rows.rows(); row++) {
            offsets.add((Long) rows.column(SystemColumns.OFFSET).value(row));
          }
        }
        assertThat(offsets).hasSize(to - from).isSorted().doesNotHaveDuplicates();
        assertThat(offsets.stream().allMatch(new Between(from, to)::holds)).isTrue();
      }
    }
  }

  private record Between(long from, long to) {
    boolean holds(long value) {
      return from <= value && value < to;
    }
  }

  @Test
  void trimmed_rows_are_gone_to_the_row_and_the_rest_stays() {
    store.push(NAME, push(1, START, "a", "b", "c")).join();
    store.push(NAME, push(4, START, "d", "e")).join();
    store.log().trim(NAME, Positions.of(0, 2));
    assertThat(store.log().begin(NAME)).isEqualTo(Positions.of(0, 2));
    reopen(options());
    Batch rest = store.log().read(NAME, Positions.of(0, 2), Positions.of(0, 5)).iterator().next();
    assertThat(rest.column("tap").value(0)).isEqualTo("c");
    assertThat(rest.rows()).isEqualTo(3);
    assertThatThrownBy(() -> store.log().read(NAME, Positions.of(0, 1), Positions.of(0, 5)))
        .hasMessageContaining("NOT_FOUND");
    store.log().trim(NAME, Positions.of(0, 99));
    assertThat(store.log().begin(NAME)).isEqualTo(Positions.of(0, 5));
    assertThat(store.push(NAME, push(6, START, "f")).join().next()).isEqualTo(Positions.of(0, 6));
  }

  @Test
  void log_keeps_the_schema_that_rows_were_accepted_under() {
    store.push(NAME, push(1, START, "a")).join();
    SourceSpec more =
        SourceSpec.of(
            NAME,
            Taps.COLUMNS.with(List.of(Field.of("colour", Scalar.STRING))),
            SOURCE.eventTime());
    store.define(List.of(more), GRAPH);
    store.push(NAME, push(2, START, "a")).join();
    List<Schema> schemas = new ArrayList<>();
    store
        .log()
        .read(NAME, Positions.NONE, store.log().end(NAME))
        .forEach(rows -> schemas.add(rows.schema()));
    assertThat(schemas).containsExactly(SOURCE.acceptedSchema(), more.acceptedSchema());
    assertThat(turns("a")).isEqualTo(2);
  }

  @Test
  void predictions_come_back_in_sequence_and_are_trimmed() {
    PredictionLog log = store.predictions();
    assertThat(log.append(7, List.of(new byte[] {1}, new byte[] {2, 3})).join()).isZero();
    assertThat(log.append(8, List.of(new byte[] {4})).join()).isEqualTo(2);
    reopen(options());
    log = store.predictions();
    List<LoggedEntry> entries = new ArrayList<>();
    log.read(1, 99).forEach(entries::add);
    assertThat(entries).extracting(LoggedEntry::sequence).containsExactly(1L, 2L);
    assertThat(entries).extracting(LoggedEntry::kind).containsExactly(7, 8);
    assertThat(entries.get(0).bytes()).containsExactly(2, 3);
    log.trim(3);
    assertThat(log.read(0, 99)).isEmpty();
    reopen(options());
    assertThat(store.predictions().append(7, List.of(new byte[0])).join()).isEqualTo(3);
  }

  @Test
  void push_that_does_not_fit_fails_alone() {
    CompletableFuture<Decision> wrong =
        store.push(
            NAME,
            RawRows.pushed(Rows.of(Schema.of(Field.of("at", Scalar.TIMESTAMP))).row(1L).batch()));
    CompletableFuture<Decision> right = store.push(NAME, push(1, START, "a"));
    assertFails(wrong, ErrorCode.SCHEMA_INCOMPATIBLE);
    assertThat(right.join().accepted().rows()).isEqualTo(1);
    assertFails(store.push("tabs", push(2, START, "a")), ErrorCode.NOT_APPLIED);
  }

  @Test
  void push_with_a_seen_time_is_refused_under_the_wall_clock() {
    assertFails(store.push(NAME, push(1, START, "a").seenAt(START)), ErrorCode.USAGE);
    assertThatThrownBy(() -> store.at(START)).hasMessageContaining("USAGE");
  }

  @Test
  void rows_that_the_updater_chokes_on_fail_alone_and_leave_nothing() {
    reopen(options().updatedBy(graph -> new Stumbling(graph, gate)));
    store.push(NAME, push(100, START, "slow"));
    Stumbling.Gate.pass(gate.reached);
    CompletableFuture<Decision> before = store.push(NAME, push(1, START, "a"));
    CompletableFuture<Decision> poison = store.push(NAME, push(2, START, "poison"));
    CompletableFuture<Decision> after = store.push(NAME, push(3, START, "a"));
    gate.open.countDown();
    before.join();
    assertThatThrownBy(poison::join).hasRootCauseMessage("poison");
    assertThat(after.join().accepted().column(SystemColumns.OFFSET).value(0)).isEqualTo(2L);
    assertThat(turns("a")).isEqualTo(2);
    assertThat(turns("poison")).isZero();
    assertThat(store.push(NAME, push(2, START, "a")).join().duplicates()).isEmpty();
  }

  @Test
  void nothing_is_written_after_what_broke_the_store() {
    reopen(options().updatedBy(graph -> new Stumbling(graph, gate)));
    store.push(NAME, push(100, START, "slow"));
    Stumbling.Gate.pass(gate.reached);
    CompletableFuture<Decision> poison = store.push(NAME, push(1, START, "poison"));
    CompletableFuture<Decision> fatal = store.push(NAME, push(2, START, "fatal"));
    CompletableFuture<Decision> after = store.push(NAME, push(3, START, "a"));
    gate.open.countDown();
    assertThatThrownBy(poison::join).hasRootCauseMessage("poison");
    assertThatThrownBy(fatal::join).hasMessageContaining("INTERNAL");
    assertThatThrownBy(after::join).hasMessageContaining("INTERNAL");
    assertThat(store.log().end(NAME)).isEqualTo(Positions.of(0, 1));
  }

  @Test
  void queue_is_limited_by_rows() {
    assertOverloadedAfter(options().queue(2, 1 << 20), 2);
  }

  @Test
  void queue_is_limited_by_bytes() {
    assertOverloadedAfter(options().queue(1_000, 300), 3);
  }

  /** Also: what waits when the store is closed is committed first. */
  private void assertOverloadedAfter(StoreOptions limited, int pushes) {
    reopen(limited.updatedBy(graph -> new Stumbling(graph, gate)));
    store.push(NAME, push(1, START, "slow"));
    Stumbling.Gate.pass(gate.reached);
    List<CompletableFuture<Decision>> waiting = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              for (int i = 2; i < 100; i++) {
                waiting.add(store.push(NAME, push(i, START, "a")));
              }
            })
        .hasMessageContaining("OVERLOADED");
    assertThat(waiting).hasSize(pushes);
    gate.open.countDown();
    store.close();
    assertThat(waiting).allMatch(CompletableFuture::isDone);
    open(options());
    assertThat(turns("a")).isEqualTo(pushes);
  }

  @Test
  void closed_store_takes_nothing_more() {
    store.close();
    assertThatThrownBy(() -> store.push(NAME, push(1, START, "a")))
        .hasMessageContaining("CONFLICT_RETRY");
    assertThatThrownBy(() -> store.now()).hasMessageContaining("CONFLICT_RETRY");
    open(options());
  }

  @Test
  void view_that_is_not_there_is_an_error_and_not_an_empty_answer() {
    store.drop(Taps.LARGE.fingerprint());
    assertThatThrownBy(() -> turns("a")).hasMessageContaining("NOT_APPLIED");
  }

  @Test
  void graph_without_views_takes_rows_all_the_same() {
    store.define(List.of(SOURCE), LiveGraph.EMPTY);
    assertThat(store.push(NAME, push(1, START, "a")).join().accepted().rows()).isEqualTo(1);
  }
}
