package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.EntityKey;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureView;
import dev.penstock.format.Condition;
import dev.penstock.offline.Explanation.NamedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The rows of one key around one moment, by their places in a batch, for {@link MismatchSearch} to
 * choose from.
 */
final class KeyRows {
  /** How far around the window rows are looked at, microseconds. */
  private static final long AROUND_MICROS = 3_600_000_000L;

  private final Batch rows;
  private final long time;
  private final long[] events;
  private final long[] seen;
  private final int[] partitions;
  private final long[] offsets;

  private KeyRows(Batch rows, long time) {
    this.rows = rows;
    this.time = time;
    this.events = longs(SystemColumns.EVENT_TIME);
    this.seen = longs(SystemColumns.SEEN_TIME);
    this.partitions = ((IntColumn) rows.column(SystemColumns.PARTITION)).values();
    this.offsets = longs(SystemColumns.OFFSET);
  }

  /** The key's rows around the view's reach, with the columns the view and the names need. */
  static KeyRows read(ViewInput input, FeatureView view, List<Column> keys, long time) {
    long reach = view.retention().micros();
    List<Condition> range =
        reach == Long.MAX_VALUE || input.transform() != null || view.upstream() != null
            ? List.of()
            : List.of(
                Condition.range(
                    SystemColumns.EVENT_TIME, time - reach - AROUND_MICROS, time + AROUND_MICROS));
    List<String> columns = new ArrayList<>(view.columns());
    columns.add(SystemColumns.ID);
    EntityKey key = Objects.requireNonNull(EntityKey.of(keys, 0));
    List<Batch> found = new ArrayList<>();
    for (Batch batch : input.rows(view, columns, range)) {
      List<Column> keyColumns = view.keyColumns().stream().map(batch::column).toList();
      int[] matching = new int[batch.rows()];
      int count = 0;
      for (int row = 0; row < batch.rows(); row++) {
        if (key.equals(EntityKey.of(keyColumns, row))) {
          matching[count++] = row;
        }
      }
      found.add(batch.gather(Arrays.copyOf(matching, count)).select(columns));
    }
    return new KeyRows(Batch.concat(input.schema(view, columns), found), time);
  }

  private long[] longs(String column) {
    return ((LongColumn) rows.column(column)).values();
  }

  /** The rows below a position that happened before the moment. */
  int[] visible(Positions below) {
    return Arrays.stream(below(below)).filter(row -> events[row] < time).toArray();
  }

  /** The rows below a position, whenever they happened. */
  int[] below(Positions below) {
    return IntStream.range(0, rows.rows())
        .filter(row -> below.covers(partitions[row], offsets[row]))
        .toArray();
  }

  /** Those of some rows that happened at one moment. */
  int[] at(int[] chosen, long moment) {
    return Arrays.stream(chosen).filter(row -> events[row] == moment).toArray();
  }

  /** The rows, those next to a position first; not more than are worth a trial. */
  int[] nearestTo(Positions position) {
    return IntStream.range(0, rows.rows())
        .boxed()
        .sorted(
            Comparator.comparingLong(
                row -> Math.abs(offsets[row] - position.next(partitions[row]))))
        .limit(MismatchSearch.MOST_TRIALS)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  int partition(int row) {
    return partitions[row];
  }

  long offset(int row) {
    return offsets[row];
  }

  Batch batch(int[] chosen) {
    return rows.gather(chosen);
  }

  /** Rows below the position that the window does not hold: before its start, or from q on. */
  int[] outside(Positions below, long start) {
    List<Integer> out = new ArrayList<>();
    for (int row : below(below)) {
      if (events[row] < start || events[row] >= time) {
        out.add(row);
      }
    }
    out.sort(
        Comparator.comparingLong(
            row -> Math.min(Math.abs(events[row] - start), Math.abs(events[row] - time))));
    return out.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The visible rows and the group's, these moved just inside the window. */
  Batch withInside(int[] visible, int[] group, long start) {
    Batch before = rows.gather(visible);
    Batch moved = rows.gather(group);
    long[] inside = new long[group.length];
    for (int i = 0; i < group.length; i++) {
      inside[i] = events[group[i]] < start ? start : time - 1;
    }
    List<Column> columns = new ArrayList<>(moved.columns());
    columns.set(
        moved.schema().require(SystemColumns.EVENT_TIME),
        new LongColumn(Scalar.TIMESTAMP, inside, null));
    return Batch.concat(before.schema(), List.of(before, new Batch(moved.schema(), columns)));
  }

  /** Each row alone, the newest first, then all rows that share an event time. */
  List<int[]> singlesThenTies(int[] chosen) {
    List<int[]> groups = new ArrayList<>();
    Map<Long, List<Integer>> ties = new LinkedHashMap<>();
    for (int row : newestFirst(chosen)) {
      groups.add(new int[] {row});
      ties.computeIfAbsent(events[row], t -> new ArrayList<>()).add(row);
    }
    for (List<Integer> tied : ties.values()) {
      if (tied.size() > 1) {
        groups.add(tied.stream().mapToInt(Integer::intValue).toArray());
      }
    }
    return groups.subList(0, Math.min(groups.size(), MismatchSearch.MOST_TRIALS));
  }

  int[] newestFirst(int[] chosen) {
    return Arrays.stream(chosen)
        .boxed()
        .sorted(Comparator.comparingLong((Integer row) -> events[row]).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static int[] minus(int[] chosen, int[] without) {
    int[] sorted = without.clone();
    Arrays.sort(sorted);
    return Arrays.stream(chosen).filter(row -> Arrays.binarySearch(sorted, row) < 0).toArray();
  }

  static int[] plus(int[] chosen, int[] more) {
    int[] all = Arrays.copyOf(chosen, chosen.length + more.length);
    System.arraycopy(more, 0, all, chosen.length, more.length);
    return all;
  }

  List<NamedRow> named(int[] chosen) {
    ObjectColumn ids = (ObjectColumn) rows.column(SystemColumns.ID);
    return Arrays.stream(chosen)
        .limit(Explanation.MOST_ROWS)
        .mapToObj(
            row ->
                new NamedRow(
                    Objects.requireNonNull(ids.string(row)),
                    partitions[row],
                    offsets[row],
                    events[row],
                    seen[row]))
        .toList();
  }
}
