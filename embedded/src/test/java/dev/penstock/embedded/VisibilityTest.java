package dev.penstock.embedded;

import static dev.penstock.embedded.Taps.GRAPH;
import static dev.penstock.embedded.Taps.HOUR;
import static dev.penstock.embedded.Taps.NAME;
import static dev.penstock.embedded.Taps.SOURCE;
import static dev.penstock.embedded.Taps.push;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.data.SystemColumns;
import dev.penstock.online.Reading;
import dev.penstock.online.ServedFeatures;
import dev.penstock.source.ClockMode;
import dev.penstock.source.WallClock;
import dev.penstock.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VisibilityTest {
  private static final long START = 1_000_000 * HOUR;
  private static final int PUSHES = 150;

  @TempDir Path folder;

  private record Seen(long q, long rows, long left, long right) {}

  static LongStream seeds() {
    return Seeds.of(2, 100);
  }

  /** A clock that runs a few microseconds at each look, and sometimes steps back by an hour. */
  private static WallClock stumbling(long seed) {
    AtomicLong time = new AtomicLong(START);
    SplittableRandom random = new SplittableRandom(seed);
    return () -> {
      synchronized (random) {
        return time.addAndGet(random.nextInt(200) == 0 ? -HOUR : random.nextInt(3));
      }
    };
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void reading_sees_all_or_none_of_a_push_and_exactly_the_rows_seen_before_its_moment(long seed)
      throws Exception {
    StoreOptions options = StoreOptions.of(ClockMode.WALL, stumbling(seed));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (EmbeddedStore store = EmbeddedStore.open(folder, options)) {
      store.define(List.of(SOURCE), GRAPH);
      store.fill(GRAPH.views(), List.of(), Positions.NONE);
      AtomicBoolean done = new AtomicBoolean();
      List<Future<List<Seen>>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(threads.submit(reader(store, done)));
      }
      List<Future<?>> pushers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        long first = i * 1_000_000L;
        pushers.add(threads.submit(() -> pushAll(store, first)));
      }
      for (Future<?> pusher : pushers) {
        pusher.get();
      }
      done.set(true);
      long[] seenTimes = seenTimes(store);
      assertThat(seenTimes).hasSize(4 * PUSHES).isSorted();
      for (Future<List<Seen>> reader : readers) {
        for (Seen seen : reader.get()) {
          assertThat(seen.left()).isEqualTo(seen.right()).isEqualTo(seen.rows() / 2);
          assertThat(Arrays.stream(seenTimes).filter(time -> time < seen.q()).count())
              .isEqualTo(seen.rows());
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<List<Seen>> reader(EmbeddedStore store, AtomicBoolean done) {
    return () -> {
      List<Seen> seen = new ArrayList<>();
      while (!done.get()) {
        try (Reading reading = store.now()) {
          ServedFeatures served = Taps.read(reading, "left", "right");
          seen.add(
              new Seen(
                  reading.q(),
                  reading.positions(Taps.BY_TAP).next(0),
                  (Long) Taps.value(served, "by_tap__turns_lifetime", 0),
                  (Long) Taps.value(served, "by_tap__turns_lifetime", 1)));
        }
      }
      return seen;
    };
  }

  /** Keeps a few pushes on their way, so that commits are groups. */
  private static void pushAll(EmbeddedStore store, long first) {
    List<CompletableFuture<?>> waiting = new ArrayList<>();
    for (int i = 0; i < PUSHES; i++) {
      waiting.add(store.push(NAME, push(first + 2 * i, START - 10 * HOUR, "left", "right")));
      if (waiting.size() == 5) {
        waiting.forEach(CompletableFuture::join);
        waiting.clear();
      }
    }
    waiting.forEach(CompletableFuture::join);
  }

  private static long[] seenTimes(EmbeddedStore store) {
    LongStream.Builder times = LongStream.builder();
    for (Batch rows : store.log().read(NAME, Positions.NONE, store.log().end(NAME))) {
      for (int row = 0; row < rows.rows(); row++) {
        times.add((Long) rows.column(SystemColumns.SEEN_TIME).value(row));
      }
    }
    return times.build().toArray();
  }
}
