package dev.penstock.benchmarks;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.EntityKey;
import dev.penstock.data.Field;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.ViewReading;
import dev.penstock.feature.ViewState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** State in memory: what an event costs it, on one thread, and a read of P1's 20 features. */
final class Live {
  private static final long START = 978_307_200_000_000L;
  private static final long DAY = 86_400_000_000L;
  private static final int EVENTS = 2_000_000;
  private static final int[] EVENTS_PER_COMMIT = {1, 100, 1_000};
  private static final int[] ROWS_IN_WINDOW = {1_000, 1_000_000};
  private static final int READS = 20_000;
  private static final Schema ROW = row();

  private final FeatureView view = Views.of(Workload.of("P1"));
  private final int runs;

  Live(int runs) {
    this.runs = runs;
  }

  void run() throws Exception {
    System.out.printf("%nlive state in memory, one thread, P1's view%n");
    for (int size : EVENTS_PER_COMMIT) {
      List<Batch> commits = commits(size);
      Timing timing =
          Timing.of(
              "events, " + size + " a commit",
              runs,
              () -> apply(commits, new ArenaStore(4 * EVENTS)));
      System.out.printf(Locale.ROOT, "%s %,12.0f events/s%n", timing, EVENTS / timing.median());
    }
    for (int rows : ROWS_IN_WINDOW) {
      reads(rows);
    }
  }

  private void apply(List<Batch> commits, ArenaStore store) {
    ViewState state = new ViewState(view);
    commits.forEach(commit -> state.apply(commit, store));
  }

  /** Events of all keys over 90 days, in order of time. */
  private static List<Batch> commits(int size) {
    SplittableRandom random = new SplittableRandom(1);
    long step = Workload.DAYS * DAY / EVENTS;
    List<Batch> commits = new ArrayList<>();
    for (int from = 0; from < EVENTS; from += size) {
      int rows = Math.min(size, EVENTS - from);
      long[] keys = new long[rows];
      Arrays.setAll(keys, row -> random.nextLong(Workload.KEYS));
      commits.add(batch(keys, from, step, random));
    }
    return commits;
  }

  /** Reads of a key with so many rows in the longest window, at moments across its last hour. */
  private void reads(int rows) {
    ArenaStore store = new ArenaStore(2 * rows);
    ViewState state = new ViewState(view);
    SplittableRandom random = new SplittableRandom(2);
    long step = 30 * DAY / rows;
    for (int from = 0; from < rows; from += 1_000) {
      state.apply(batch(new long[Math.min(1_000, rows - from)], from, step, random), store);
    }
    EntityKey key = EntityKey.of(0L);
    long[] nanos = new long[READS];
    for (int warm = 0; warm < 2; warm++) {
      for (int read = 0; read < READS; read++) {
        long q = START + 30 * DAY - random.nextLong(DAY / 24);
        long began = System.nanoTime();
        ViewReading reading = state.at(q, store);
        if (reading.read(key).size() != view.features().size()) {
          throw new IllegalStateException("an answer is missing");
        }
        nanos[read] = System.nanoTime() - began;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "read of 20 features, %,d rows in the window: half within %.1f µs, 99 %% within %.1f µs%n",
        rows,
        nanos[READS / 2] / 1e3,
        nanos[READS * 99 / 100] / 1e3);
  }

  private static Batch batch(long[] keys, int from, long step, SplittableRandom random) {
    int rows = keys.length;
    long[] times = new long[rows];
    Arrays.setAll(times, row -> START + (from + row) * step);
    long[] offsets = new long[rows];
    Arrays.setAll(offsets, row -> from + row);
    double[] values = new double[rows];
    Arrays.setAll(values, row -> random.nextInt(1_000_000) / 100.0);
    LongColumn time = new LongColumn(Scalar.TIMESTAMP, times, null);
    List<Column> columns =
        List.of(
            new LongColumn(Scalar.INT64, keys, null),
            time,
            new DoubleColumn(Scalar.FLOAT64, values, null),
            time,
            time,
            new IntColumn(Scalar.INT32, new int[rows], null),
            new LongColumn(Scalar.INT64, offsets, null));
    return new Batch(ROW, columns);
  }

  private static Schema row() {
    List<Field> fields = new ArrayList<>(History.event(1).fields());
    fields.addAll(SystemColumns.FIELDS.subList(0, 4));
    return new Schema(fields);
  }
}
