package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.EntityKey;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Span;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateWriter;
import dev.penstock.feature.ViewState;
import dev.penstock.feature.Visibility;
import dev.penstock.feature.Window;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How much work there is for one hot key, in rows and entries: what holds at any speed. */
class WorkTest {
  private static final long DAYS = 30 * RandomView.DAY;
  private static final long START = RandomLog.DAY_OF_TIME_CHANGE;
  private static final int FEW = 2_000;
  private static final int MANY = 10 * FEW;

  /** How many tiles a window is made of at most. */
  private static final int MOST_TILES = 60;

  /** Takes rows in and out, and counts them. */
  private static final class Counted implements Sliding {
    long rows;

    @Override
    public void bind(Rows rows) {}

    @Override
    public void clear() {}

    @Override
    public void add(int row) {
      rows++;
    }

    @Override
    public void remove(int row) {
      rows++;
    }

    @Override
    public void answer(Aggregate aggregate, long moment, Answer answer) {}
  }

  /** A store that counts the entries that are read or written, and the bytes in them. */
  private static final class CountedStore implements StateWriter {
    private final MemoryStore store = new MemoryStore();
    private long entries;
    private long bytes;

    /** What was counted since this was called before: entries, bytes. */
    long[] reset() {
      long[] counted = {entries, bytes};
      entries = 0;
      bytes = 0;
      return counted;
    }

    private byte[] count(byte[] value) {
      entries++;
      bytes += value == null ? 0 : value.length;
      return value;
    }

    @Override
    public byte[] get(byte[] address) {
      return count(store.get(address));
    }

    @Override
    public List<byte[]> getAll(List<byte[]> addresses) {
      return store.getAll(addresses).stream().map(this::count).toList();
    }

    @Override
    public void put(byte[] address, byte[] value) {
      store.put(address, count(value));
    }

    @Override
    public void delete(byte[] address) {
      entries++;
      store.delete(address);
    }

    @Override
    public StateCursor scan(byte[] from, byte[] to) {
      StateCursor cursor = store.scan(from, to);
      return new StateCursor() {
        @Override
        public boolean next() {
          return counted(cursor.next());
        }

        @Override
        public boolean nextFrom(byte[] address) {
          return counted(cursor.nextFrom(address));
        }

        private boolean counted(boolean found) {
          count(found ? cursor.value() : null);
          return found;
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
  }

  /** So many rows of one key over thirty days, a third of them known late, a tenth taken back. */
  private static Facts hot(int rows, ChangelogMode changes) {
    SplittableRandom random = new SplittableRandom(rows);
    Facts facts = new Facts();
    for (int row = 0; row < rows; row++) {
      long time = START + row * (DAYS / rows);
      long late = random.nextInt(3) == 0 ? random.nextLong(RandomView.DAY) : 0;
      facts.late(time, time + late, "whole", random.nextLong(1_000));
    }
    if (changes == ChangelogMode.RETRACT) {
      for (int row = 0; row < rows; row += 10) {
        facts.retract(row, facts.rows().get(row).seenTime() + random.nextLong(RandomView.DAY));
      }
    }
    return facts;
  }

  private static FeatureView view(Window window, ChangelogMode changes) {
    Aggregate sum = Aggregate.of(AggregateFunction.SUM, InputRow.column("whole"));
    return FeatureView.of(
            "hot", Facts.THING, List.of("name"), List.of(new Feature("sum", sum, window)))
        .over(changes);
  }

  static Stream<Arguments> windows() {
    return Stream.of(
            Window.trailing(Span.ofHours(24)),
            Window.LIFETIME,
            new Window.Offset(Span.ofHours(24), Span.ofHours(6)),
            new Window.Stepped(Span.ofHours(24), Span.ofHours(1)),
            new Window.Calendar(Window.Turn.LAST, Window.Period.DAY, ZoneId.of("Europe/Rome")),
            new Window.Session(Span.ofHours(2)),
            new Window.LastRows(100))
        .flatMap(
            window ->
                Stream.of(ChangelogMode.values())
                    .filter(
                        changes ->
                            !(window instanceof Window.Stepped)
                                || changes == ChangelogMode.INSERT_ONLY)
                    .map(changes -> Arguments.of(window, changes)));
  }

  /** How often a replay of one key with as many questions as rows adds a row or removes one. */
  private static long replayed(Window window, ChangelogMode changes, int rows) {
    FeatureView view = view(window, changes);
    HistoryRows history = HistoryRows.of(view, List.of(InputRow.batch(hot(rows, changes).rows())));
    Object[] keys = new Object[rows];
    Arrays.fill(keys, "a");
    long[] moments =
        IntStream.range(0, rows).mapToLong(q -> START + q * (DAYS / rows) + 1).toArray();
    Queries queries = new Queries(List.of(new ObjectColumn(Scalar.STRING, keys)), moments);
    Replay replay = new Replay(history, new Questions(view, queries, Visibility.AS_SEEN));
    Counted counted = new Counted();
    Slide slide = Slide.of(history.plan, history.plan.windows().get(0));
    new ReplayWorker(replay, List.of(new Slides(slide, List.of(counted), List.of()))).run(0, 1);
    return counted.rows;
  }

  @ParameterizedTest
  @MethodSource("windows")
  void a_replay_moves_each_row_a_few_times_however_many_there_are(
      Window window, ChangelogMode changes) {
    long few = replayed(window, changes, FEW);
    long many = replayed(window, changes, MANY);
    assertThat(few).isGreaterThan(FEW / 2);
    assertThat(many).isBetween(few, 11 * few);
    if (!Window.isBoundedByRetention(window)) {
      // Each row comes in once and goes out once.
      assertThat(many).isLessThanOrEqualTo(2L * MANY);
    }
  }

  /** State of one key that has so many rows, in a store that counts from now on. */
  private record Live(ViewState state, CountedStore store, Facts rows) {
    static Live of(Window window, ChangelogMode changes, int rows) {
      Live live =
          new Live(new ViewState(view(window, changes)), new CountedStore(), hot(rows, changes));
      live.state.apply(InputRow.batch(live.rows.rows()), live.store);
      live.store.reset();
      return live;
    }

    /** How many entries a row costs that happened then, and how many bytes. */
    long[] event(long time) {
      rows.at(1, rows.rows().size(), time, START + DAYS, "whole", 1L);
      return applied();
    }

    long[] retraction(int row) {
      rows.retract(row, START + DAYS);
      return applied();
    }

    private long[] applied() {
      List<InputRow> all = rows.rows();
      state.apply(InputRow.batch(all.subList(all.size() - 1, all.size())), store);
      return store.reset();
    }

    long read() {
      state.at(START + DAYS + 7, store).read(EntityKey.of("a"));
      return store.reset()[0];
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void an_event_touches_no_more_entries_of_a_large_key_than_of_a_small_one(
      Window window, ChangelogMode changes) {
    Live few = Live.of(window, changes, FEW);
    Live many = Live.of(window, changes, MANY);
    costsTheSame(few.event(START + DAYS - 1), many.event(START + DAYS - 1));
    costsTheSame(few.event(START + DAYS / 2 + 1), many.event(START + DAYS / 2 + 1));
    if (changes == ChangelogMode.RETRACT) {
      // One that was not taken back before.
      costsTheSame(few.retraction(FEW / 2 + 1), many.retraction(MANY / 2 + 1));
    }
  }

  private static void costsTheSame(long[] few, long[] many) {
    assertThat(few[0]).isPositive();
    assertThat(many[0]).isLessThanOrEqualTo(few[0]);
    // Greater numbers have more digits.
    assertThat(many[1]).isLessThan(2 * few[1]);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void a_read_touches_some_tiles_and_the_rows_where_it_cuts_two(
      Window window, ChangelogMode changes) {
    for (int rows : new int[] {FEW, MANY}) {
      FeatureView view = view(window, changes);
      long cut = 2 * rows * Tiling.of(new ViewPlan(view)).width(0) / DAYS;
      long rowsRead =
          window instanceof Window.Session
              ? 2L * rows
              : window instanceof Window.LastRows last
                  ? 3L * last.rows()
                  : window instanceof Window.Trailing || window instanceof Window.Offset ? cut : 0;
      assertThat(Live.of(window, changes, rows).read()).isBetween(10L, MOST_TILES + rowsRead);
    }
  }
}
