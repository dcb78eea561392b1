package dev.penstock.embedded;

import static dev.penstock.embedded.Taps.GRAPH;
import static dev.penstock.embedded.Taps.HOUR;
import static dev.penstock.embedded.Taps.NAME;
import static dev.penstock.embedded.Taps.SOURCE;
import static dev.penstock.embedded.Taps.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveView;
import dev.penstock.online.Reading;
import dev.penstock.online.ServedFeatures;
import dev.penstock.source.Acceptance;
import dev.penstock.source.Arrival;
import dev.penstock.source.ClockMode;
import dev.penstock.source.Decision;
import dev.penstock.source.MemoryIdIndex;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FillTest {
  private static final long START = 1_000_000 * HOUR;
  private static final String[] TAPS = {"a", "b", "c"};

  @TempDir Path folder;
  private final AtomicLong wall = new AtomicLong(START);
  private final List<Batch> history = new ArrayList<>();
  private Positions end = Positions.NONE;
  private EmbeddedStore store;

  @BeforeEach
  void openAfterSomeHistory() {
    SplittableRandom random = new SplittableRandom(1);
    MemoryIdIndex ids = new MemoryIdIndex();
    for (int batch = 0; batch < 20; batch++) {
      Rows rows = Rows.of(Taps.WITH_ID);
      for (int i = 0; i < 50; i++) {
        rows.row(
            START - random.nextLong(30 * HOUR),
            TAPS[random.nextInt(3)],
            random.nextDouble() * 30,
            "h" + batch + "/" + i);
      }
      Decision decision =
          new Acceptance(SOURCE)
              .decide(
                  RawRows.ofFile(rows.batch(), "h", row -> row),
                  new Arrival.AsHistory(START),
                  0,
                  end,
                  ids);
      history.add(decision.accepted());
      end = decision.next();
    }
    open();
    store.startLive(NAME, end, START);
  }

  private void open() {
    store = EmbeddedStore.open(folder, StoreOptions.of(ClockMode.WALL, wall::get));
    store.define(List.of(SOURCE), GRAPH);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> answers() {
    try (Reading reading = store.now()) {
      return answers(Taps.read(reading, TAPS));
    }
  }

  private static List<String> answers(ServedFeatures served) {
    List<String> answers = new ArrayList<>();
    for (FeatureColumn column : served.columns()) {
      for (int row = 0; row < TAPS.length; row++) {
        answers.add(column.name() + " " + column.values().value(row) + " " + column.status(row));
      }
    }
    return answers;
  }

  private void fillAll() {
    store.fill(GRAPH.views(), history, end);
  }

  @Test
  void filled_view_answers_as_if_it_had_been_there_all_the_time() {
    fillAll();
    store.push(NAME, push(1, START, "a", "b", "a")).join();
    List<String> expected = answers();
    assertThat(expected.toString()).contains("by_tap__turns_lifetime");
    store.drop(Taps.BY_TAP.fingerprint());
    store.drop(Taps.LARGE.fingerprint());
    fillAll();
    assertThat(answers()).isEqualTo(expected);
  }

  @Test
  void view_is_not_read_before_it_is_filled_and_rows_pushed_meanwhile_are_in_it() {
    AtomicInteger batches = new AtomicInteger();
    Iterable<Batch> whilePushing =
        () -> {
          Iterator<Batch> rows = history.iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return rows.hasNext();
            }

            @Override
            public Batch next() {
              store.push(NAME, push(batches.incrementAndGet(), START, "a")).join();
              assertThatThrownBy(FillTest.this::answers).hasMessageContaining("NOT_APPLIED");
              return rows.next();
            }
          };
        };
    store.fill(GRAPH.views(), whilePushing, end);
    List<String> filled = answers();
    for (LiveView view : GRAPH.views()) {
      store.drop(view.fingerprint());
    }
    store.fill(GRAPH.views(), history, end);
    assertThat(answers()).isEqualTo(filled);
    try (Reading reading = store.now()) {
      assertThat(reading.positions(Taps.BY_TAP)).isEqualTo(Positions.of(0, end.next(0) + 20));
    }
  }

  @Test
  void half_filled_view_is_wiped_and_filled_again() {
    fillAll();
    List<String> expected = answers();
    GRAPH.views().forEach(view -> store.drop(view.fingerprint()));
    Iterable<Batch> broken =
        () -> {
          Iterator<Batch> rows = history.subList(0, 10).iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return true;
            }

            @Override
            public Batch next() {
              return rows.next();
            }
          };
        };
    assertThatThrownBy(() -> store.fill(GRAPH.views(), broken, end));
    store.close();
    open();
    assertThat(store.views()).allMatch(view -> view.phase() == StoredView.Phase.FILLING);
    assertThat(store.resume(Taps.BY_TAP)).isFalse();
    fillAll();
    assertThat(answers()).isEqualTo(expected);
  }

  @Test
  void parked_view_catches_up_from_the_log() {
    fillAll();
    store.push(NAME, push(1, START, "a", "b")).join();
    store.define(List.of(SOURCE), new LiveGraph(List.of(Taps.BY_TAP)));
    store.push(NAME, push(3, START, "a", "c")).join();
    store.close();
    open();
    store.push(NAME, push(5, START, "b")).join();
    assertThatThrownBy(this::answers).hasMessageContaining("NOT_APPLIED");
    assertThat(store.resume(Taps.LARGE)).isTrue();
    List<String> resumed = answers();
    GRAPH.views().forEach(view -> store.drop(view.fingerprint()));
    fillAll();
    assertThat(answers()).isEqualTo(resumed);
  }

  @Test
  void parked_view_whose_rows_left_the_log_must_be_filled() {
    fillAll();
    store.define(List.of(SOURCE), new LiveGraph(List.of(Taps.BY_TAP)));
    store.push(NAME, push(1, START, "a")).join();
    store.log().trim(NAME, store.log().end(NAME));
    store.define(List.of(SOURCE), GRAPH);
    assertThat(store.resume(Taps.LARGE)).isFalse();
    assertThat(store.resume(Taps.BY_TAP)).isTrue();
  }

  @Test
  void history_that_ends_before_the_log_begins_is_refused() {
    store.push(NAME, push(1, START, "a", "b")).join();
    store.log().trim(NAME, store.log().end(NAME));
    assertThatThrownBy(this::fillAll).hasMessageContaining("CONFLICT_RETRY");
  }

  @Test
  void history_cannot_grow_once_rows_came_live() {
    store.startLive(NAME, end, START);
    store.push(NAME, push(1, START, "a")).join();
    store.startLive(NAME, end, START);
    assertThatThrownBy(() -> store.startLive(NAME, end.with(0, 5_000), START))
        .hasMessageContaining("CONFLICT_RETRY");
  }

  @Test
  void view_over_rows_that_no_push_adds_to_stands_at_the_positions_it_was_filled_at() {
    LiveView table =
        new LiveView(Taps.fingerprint("table"), Taps.BY_TAP.view(), "monthly_taps", null);
    store.define(List.of(SOURCE), new LiveGraph(List.of(table)));
    store.fill(List.of(table), history, Positions.of(0, 77));
    store.push(NAME, push(1, START, "a")).join();
    try (Reading reading = store.now()) {
      assertThat(reading.positions(table)).isEqualTo(Positions.of(0, 77));
    }
  }
}
