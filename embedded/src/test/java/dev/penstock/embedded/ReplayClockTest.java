package dev.penstock.embedded;

import static dev.penstock.embedded.Taps.GRAPH;
import static dev.penstock.embedded.Taps.NAME;
import static dev.penstock.embedded.Taps.SOURCE;
import static dev.penstock.embedded.Taps.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Field;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.online.LiveView;
import dev.penstock.online.Reading;
import dev.penstock.source.ClockMode;
import dev.penstock.source.Decision;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayClockTest {
  @TempDir Path folder;
  private EmbeddedStore store;

  @BeforeEach
  void openWithTheReplayClock() {
    store =
        EmbeddedStore.open(
            folder,
            StoreOptions.of(
                ClockMode.REPLAY,
                () -> {
                  throw new AssertionError("the wall clock was asked");
                }));
    store.define(List.of(SOURCE), GRAPH);
    for (LiveView view : GRAPH.views()) {
      if (!store.resume(view)) {
        store.fill(List.of(view), List.of(), store.history(NAME));
      }
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private long turnsAt(long q) {
    try (Reading reading = store.at(q)) {
      assertThat(reading.q()).isEqualTo(q);
      return Taps.turns(reading, "a");
    }
  }

  @Test
  void an_instants_questions_come_before_its_rows() {
    store.push(NAME, push(1, 50, "a").seenAt(100)).join();
    assertThat(turnsAt(101)).isEqualTo(1);
    assertThat(turnsAt(200)).isEqualTo(1);
    store.push(NAME, push(2, 150, "a").seenAt(200)).join();
    assertThatThrownBy(() -> store.at(200)).hasMessageContaining("CLOCK_CONFLICT");
    assertThat(turnsAt(201)).isEqualTo(2);
  }

  @Test
  void pushes_of_two_sources_may_overlap_but_none_goes_back_behind_a_question() {
    store.push(NAME, push(1, 50, "a").seenAt(100)).join();
    store.push(NAME, push(2, 50, "a").seenAt(100)).join();
    assertThat(store.push(NAME, push(3, 50, "a").seenAt(99)).join().accepted().rows()).isEqualTo(1);
    turnsAt(300);
    assertThatThrownBy(() -> store.push(NAME, push(4, 50, "a").seenAt(299)).join())
        .hasMessageContaining("CLOCK_CONFLICT");
    assertThat(store.push(NAME, push(4, 50, "a").seenAt(300)).join().accepted().rows())
        .isEqualTo(1);
  }

  @Test
  void refused_push_leaves_nothing_and_its_rows_may_come_again() {
    store.push(NAME, push(1, 50, "a").seenAt(99)).join();
    turnsAt(100);
    assertThatThrownBy(() -> store.push(NAME, push(2, 50, "a").seenAt(10)).join())
        .hasMessageContaining("CLOCK_CONFLICT");
    Decision decision = store.push(NAME, push(2, 50, "a").seenAt(100)).join();
    assertThat(decision.duplicates()).isEmpty();
    assertThat(decision.next()).isEqualTo(Positions.of(0, 2));
  }

  @Test
  void refused_push_leaves_the_clock_where_it_was() {
    store.push(NAME, push(1, 50, "a").seenAt(99)).join();
    turnsAt(200);
    assertThatThrownBy(() -> store.push(NAME, push(2, 50, "a").seenAt(10)).join())
        .hasMessageContaining("CLOCK_CONFLICT");
    assertThat(store.lastSeenTime()).isEqualTo(99);
    assertThat(turnsAt(200)).isEqualTo(1);
  }

  @Test
  void rows_may_bring_a_seen_time_each() {
    var schema = Taps.WITH_ID.with(List.of(Field.of(RawRows.SEEN_TIME, Scalar.TIMESTAMP)));
    store
        .push(
            NAME,
            RawRows.pushed(
                Rows.of(schema)
                    .row(1L, "a", 1.0, "n1", 100L)
                    .row(1L, "a", 1.0, "n2", 200L)
                    .batch()))
        .join();
    assertThat(store.lastSeenTime()).isEqualTo(200);
    assertThatThrownBy(() -> store.at(200)).hasMessageContaining("CLOCK_CONFLICT");
  }

  @Test
  void push_without_a_seen_time_and_reading_without_a_moment_are_refused() {
    assertThatThrownBy(() -> store.push(NAME, push(1, 50, "a")).join())
        .hasMessageContaining("USAGE");
    assertThatThrownBy(() -> store.now()).hasMessageContaining("USAGE");
  }

  @Test
  void future_is_judged_by_the_given_seen_time() {
    long allowance = SOURCE.futureAllowance().micros();
    Decision decision = store.push(NAME, push(1, 100 + allowance, "a").seenAt(100)).join();
    assertThat(decision.accepted().rows()).isEqualTo(1);
    decision = store.push(NAME, push(2, 101 + allowance, "a").seenAt(100)).join();
    assertThat(decision.quarantined()).hasSize(1);
  }

  @Test
  void row_of_the_future_is_not_counted_before_it_happened() {
    store.push(NAME, push(1, 150, "a").seenAt(100)).join();
    assertThat(turnsAt(150)).isZero();
    assertThat(turnsAt(151)).isEqualTo(1);
  }

  @Test
  void time_that_history_reached_is_not_asked_about_again() {
    store.startLive(NAME, Positions.of(0, 5), 1_000);
    assertThatThrownBy(() -> store.at(1_000)).hasMessageContaining("CLOCK_CONFLICT");
    store.close();
    openWithTheReplayClock();
    assertThatThrownBy(() -> store.at(1_000)).hasMessageContaining("CLOCK_CONFLICT");
  }
}
