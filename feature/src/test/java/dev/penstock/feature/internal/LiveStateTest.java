package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static dev.penstock.feature.internal.Facts.count;
import static dev.penstock.feature.internal.Facts.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.EntityKey;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Span;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateWriter;
import dev.penstock.feature.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveStateTest {
  private static final long T = RandomLog.DAY_OF_TIME_CHANGE;
  private static final EntityKey KEY = EntityKey.of("a");

  private static final FeatureView VIEW =
      FeatureView.of(
          "view",
          Facts.THING,
          List.of("name"),
          List.of(
              new Feature("count_1h", count(), Window.trailing(new Span(HOUR))),
              new Feature("count_1d", count(), Window.trailing(new Span(24 * HOUR))),
              new Feature(
                  "sum_1d",
                  of(AggregateFunction.SUM, "real"),
                  Window.trailing(new Span(24 * HOUR)))));

  /** Counts what is asked of a store. */
  private static final class CountingStore implements StateWriter {
    private final MemoryStore store = new MemoryStore();
    private int gets;
    private int puts;
    private long bytesPut;
    private int scans;
    private int scanned;

    @Override
    public byte[] get(byte[] address) {
      gets++;
      return store.get(address);
    }

    @Override
    public List<byte[]> getAll(List<byte[]> addresses) {
      gets += addresses.size();
      return store.getAll(addresses);
    }

    @Override
    public StateCursor scan(byte[] from, byte[] to) {
      scans++;
      StateCursor cursor = store.scan(from, to);
      return new StateCursor() {
        @Override
        public boolean next() {
          boolean next = cursor.next();
          scanned += next ? 1 : 0;
          return next;
        }

        @Override
        public boolean nextFrom(byte[] address) {
          scans++;
          boolean next = cursor.nextFrom(address);
          scanned += next ? 1 : 0;
          return next;
        }

        @Override
        public byte[] address() {
          return cursor.address();
        }

        @Override
        public byte[] value() {
          return cursor.value();
        }

        @Override
        public void close() {
          cursor.close();
        }
      };
    }

    @Override
    public void put(byte[] address, byte[] value) {
      puts++;
      bytesPut += value.length;
      store.put(address, value);
    }

    @Override
    public void delete(byte[] address) {
      store.delete(address);
    }

    private void reset() {
      gets = 0;
      puts = 0;
      bytesPut = 0;
      scans = 0;
      scanned = 0;
    }
  }

  private static Facts steady(int rows, long pace) {
    Facts facts = new Facts();
    for (int i = 0; i < rows; i++) {
      facts.row(T + i * pace, "real", i * 0.1);
    }
    return facts;
  }

  @Test
  void an_event_costs_the_same_for_a_key_with_many_rows() {
    LiveState state = new LiveState(VIEW);
    CountingStore small = new CountingStore();
    CountingStore hot = new CountingStore();
    state.apply(InputRow.batch(steady(10, 1_000).rows()), small);
    state.apply(InputRow.batch(steady(20_000, 1_000).rows()), hot);
    InputRow next = new Facts().at(0, 99_999, T + 30_000_000, T, "real", 1.0).rows().get(0);
    for (CountingStore store : List.of(small, hot)) {
      store.reset();
      state.apply(InputRow.batch(List.of(next)), store);
      // The meta entry and two levels of tiles are read; one row and two tiles are written.
      assertThat(store.gets).isEqualTo(3);
      assertThat(store.puts).isEqualTo(3);
      assertThat(store.scans).isZero();
      assertThat(store.bytesPut).isLessThan(150);
    }
  }

  @Test
  void a_batch_writes_each_tile_it_touches_once() {
    CountingStore store = new CountingStore();
    Facts facts = new Facts();
    for (int i = 0; i < 100; i++) {
      // Back and forth between two of the finest tiles of one coarse one.
      facts.row(T + (i % 2) * RandomView.MINUTE * 6 + i);
    }
    new LiveState(VIEW).apply(InputRow.batch(facts.rows()), store);
    assertThat(store.puts).isEqualTo(1 + 100 + 2 + 1);
  }

  @Test
  void a_read_looks_at_few_entries_however_many_rows_there_are() {
    CountingStore store = new CountingStore();
    LiveState state = new LiveState(VIEW);
    state.apply(InputRow.batch(steady(20_000, 4_000_000).rows()), store);
    store.reset();
    List<FeatureValue> values = state.at(T + 20_000 * 4_000_000L, store).read(KEY);
    assertThat(values.get(0).value()).isEqualTo(900L);
    assertThat(values.get(1).value()).isEqualTo(20_000L);
    assertThat(store.gets).isEqualTo(1);
    assertThat(store.scanned).isLessThan(300);
    assertThat(store.scans).isLessThan(10);
  }

  @Test
  void rows_after_the_moment_asked_about_are_not_seen() {
    MemoryStore store = new MemoryStore();
    LiveState state = new LiveState(VIEW);
    state.apply(InputRow.batch(steady(10, RandomView.MINUTE).rows()), store);
    assertThat(state.at(T + 4 * RandomView.MINUTE, store).read(KEY).get(0).value()).isEqualTo(4L);
  }

  @Test
  void trimmed_state_answers_later_moments_and_says_so_of_earlier_ones() {
    MemoryStore store = new MemoryStore();
    LiveState state = new LiveState(VIEW);
    state.apply(InputRow.batch(steady(3 * 24 * 60, RandomView.MINUTE).rows()), store);
    long end = T + 3 * 24 * HOUR;
    List<FeatureValue> before = state.at(end, store).read(KEY);
    int size = store.size();
    state.trim(end, store);
    assertThat(store.size()).isLessThan(size / 2);
    assertThat(state.at(end, store).read(KEY)).isEqualTo(before);
    assertThat(state.at(end + HOUR, store).read(KEY).get(1).value()).isEqualTo(23 * 60L);
    assertThat(state.at(end - HOUR, store).read(KEY))
        .extracting(FeatureValue::status)
        .containsExactly(FeatureStatus.PRESENT, FeatureStatus.UNCOVERED, FeatureStatus.UNCOVERED);
    assertThat(state.at(end - HOUR, store).read(EntityKey.of("b")))
        .extracting(FeatureValue::status)
        .containsOnly(FeatureStatus.UNCOVERED);
  }

  @Test
  void trimming_keeps_the_other_keys_and_lifetime_tiles() {
    FeatureView view =
        FeatureView.of(
            "view",
            Facts.THING,
            List.of("name"),
            List.of(new Feature("count", count(), Window.LIFETIME)));
    MemoryStore store = new MemoryStore();
    LiveState state = new LiveState(view);
    Facts facts = steady(50, HOUR).row(T, "name", "b\0c").row(T, "name", "");
    state.apply(InputRow.batch(facts.rows()), store);
    state.trim(T + 1_000 * HOUR, store);
    long later = T + 2_000 * HOUR;
    assertThat(state.at(later, store).read(KEY).get(0).value()).isEqualTo(50L);
    assertThat(state.at(later, store).read(EntityKey.of("b\0c")).get(0).value()).isEqualTo(1L);
    assertThat(state.at(later, store).read(EntityKey.of("")).get(0).value()).isEqualTo(1L);
    state.apply(InputRow.batch(new Facts().at(9, 0, T, T).rows()), store);
    assertThat(state.at(later, store).read(KEY).get(0).value()).isEqualTo(51L);
    assertThat(state.at(T + HOUR / 2, store).read(KEY).get(0).status())
        .isEqualTo(FeatureStatus.UNCOVERED);
  }

  @Test
  void state_of_another_version_or_on_other_grids_is_refused() {
    MemoryStore store = new MemoryStore();
    LiveState state = new LiveState(VIEW);
    state.apply(InputRow.batch(steady(1, 1).rows()), store);
    LiveState other = new LiveState(VIEW, new Tiling(List.of(HOUR)));
    assertRefused(() -> other.at(T, store).read(KEY), ErrorCode.STATE_VERSION);
    byte[] meta = store.get(Addresses.META).clone();
    meta[0] = 9;
    store.put(Addresses.META, meta);
    assertRefused(() -> state.at(T, store).read(KEY), ErrorCode.STATE_VERSION);
    assertRefused(
        () -> state.apply(InputRow.batch(steady(1, 1).rows()), store), ErrorCode.STATE_VERSION);
  }

  @Test
  void state_that_ends_early_is_refused() {
    MemoryStore store = new MemoryStore();
    LiveState state = new LiveState(VIEW);
    state.apply(InputRow.batch(steady(1, 1).rows()), store);
    long tile = Math.floorDiv(T, 300_000_000L);
    byte[] address = Addresses.tile(Addresses.ofKey(KEY.bytes()), 0, tile);
    store.put(address, java.util.Arrays.copyOf(store.get(address), store.get(address).length - 3));
    assertRefused(() -> state.at(T + HOUR, store).read(KEY), ErrorCode.STATE_CORRUPT);
  }

  private static void assertRefused(Runnable action, ErrorCode code) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(PenstockException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
