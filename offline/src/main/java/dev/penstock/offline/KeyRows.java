package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.EntityKey;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Span;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import dev.penstock.feature.Window.Bounds;
import dev.penstock.format.Condition;
import dev.penstock.offline.Explanation.NamedRow;
import dev.penstock.offline.StandingRows.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one key around one moment, by their places in a batch, for {@link MismatchSearch} to
 * choose from.
 */
final class KeyRows {
  /** How far around that rows are looked at besides, microseconds. */
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

  /**
   * The key's rows that the view does not exclude, as far back as twice its retention, with the
   * columns the view and the names need.
   */
  static KeyRows read(ViewInput input, FeatureView view, List<Column> keys, long time) {
    long reach = 2 * view.retention().micros();
    List<Condition> range =
        reach < 0 || input.transform() != null || view.upstream() != null
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
      Column where = view.where() == null ? null : view.where().evaluate(batch);
      int[] matching = new int[batch.rows()];
      int count = 0;
      for (int row = 0; row < batch.rows(); row++) {
        if (key.equals(EntityKey.of(keyColumns, row)) && isIn(where, row)) {
          matching[count++] = row;
        }
      }
      found.add(batch.gather(Arrays.copyOf(matching, count)).select(columns));
    }
    return new KeyRows(Batch.concat(input.schema(view, columns), found), time);
  }

  /** A condition that is null is not true. */
  private static boolean isIn(@Nullable Column where, int row) {
    return where == null || Boolean.TRUE.equals(where.value(row));
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

  /** Those of some rows that take others back. */
  int[] retractions(int[] chosen) {
    int column = rows.schema().indexOf(SystemColumns.RETRACTS_OFFSET);
    return column < 0
        ? new int[0]
        : Arrays.stream(chosen).filter(row -> !rows.column(column).isNull(row)).toArray();
  }

  /** Those of some rows that none of the others takes back, and that take none back. */
  int[] standing(int[] chosen) {
    int[] retractions = retractions(chosen);
    if (retractions.length == 0) {
      return chosen;
    }
    int[] ofPartition = ((IntColumn) rows.column(SystemColumns.RETRACTS_PARTITION)).values();
    long[] ofOffset = longs(SystemColumns.RETRACTS_OFFSET);
    Set<Position> gone = new HashSet<>();
    for (int row : retractions) {
      gone.add(new Position(ofPartition[row], ofOffset[row]));
    }
    return Arrays.stream(minus(chosen, retractions))
        .filter(row -> !gone.contains(new Position(partitions[row], offsets[row])))
        .toArray();
  }

  /** The least event time that a retention leaves. */
  long retained(Span retention) {
    return retention.equals(FeatureView.UNBOUNDED) ? Long.MIN_VALUE : time - retention.micros();
  }

  long eventTime(int row) {
    return events[row];
  }

  private String id(int row) {
    return Objects.requireNonNull(((ObjectColumn) rows.column(SystemColumns.ID)).string(row));
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

  /** Those of some rows that bounds do not hold, the nearest to an edge first. */
  int[] outside(int[] chosen, Bounds bounds) {
    return sorted(
        Arrays.stream(chosen)
            .filter(row -> events[row] < bounds.start() || events[row] >= bounds.end())
            .toArray(),
        Comparator.comparingLong(
            row ->
                Math.min(
                    Math.abs(events[row] - bounds.start()), Math.abs(events[row] - bounds.end()))));
  }

  /** Those of some rows that a session or a window of last rows within bounds holds. */
  int[] inside(Window window, int[] chosen, Bounds bounds) {
    int[] newest =
        newestFirst(Arrays.stream(chosen).filter(row -> events[row] >= bounds.start()).toArray());
    int size = 0;
    if (window instanceof Window.Session session) {
      long next = bounds.end();
      while (size < newest.length && next - events[newest[size]] < session.gap().micros()) {
        next = events[newest[size++]];
      }
    } else if (window instanceof Window.LastRows last) {
      size = Math.min(newest.length, last.rows());
    }
    return Arrays.copyOf(newest, size);
  }

  /** These rows and the group's, those moved just inside the bounds. */
  Batch withInside(int[] chosen, int[] group, Bounds bounds) {
    Batch before = rows.gather(chosen);
    Batch moved = rows.gather(group);
    long[] inside = new long[group.length];
    for (int i = 0; i < group.length; i++) {
      inside[i] = events[group[i]] < bounds.start() ? bounds.start() : bounds.end() - 1;
    }
    return Batch.concat(
        before.schema(),
        List.of(
            before,
            with(moved, SystemColumns.EVENT_TIME, new LongColumn(Scalar.TIMESTAMP, inside, null))));
  }

  /** These rows, with positions of one another where they are to be in another order. */
  Batch inOrder(int[] chosen, TieOrder order) {
    Map<Integer, Integer> positions = new HashMap<>();
    for (int i = 0; i < order.rows().length; i++) {
      positions.put(order.rows()[i], order.positions()[i]);
    }
    int[] from = Arrays.stream(chosen).map(row -> positions.getOrDefault(row, row)).toArray();
    Batch places = rows.gather(from);
    Batch ordered = rows.gather(chosen);
    for (String column : List.of(SystemColumns.PARTITION, SystemColumns.OFFSET)) {
      ordered = with(ordered, column, places.column(column));
    }
    return ordered;
  }

  private static Batch with(Batch batch, String name, Column column) {
    List<Column> columns = new ArrayList<>(batch.columns());
    columns.set(batch.schema().require(name), column);
    return new Batch(batch.schema(), columns);
  }

  /** Those of some rows that share an event time, by event time, in the order of positions. */
  List<int[]> ties(int[] chosen) {
    Map<Long, List<Integer>> ties = new LinkedHashMap<>();
    int[] newest = newestFirst(chosen);
    for (int i = newest.length - 1; i >= 0; i--) {
      ties.computeIfAbsent(events[newest[i]], t -> new ArrayList<>()).add(newest[i]);
    }
    return several(ties.values());
  }

  /** What may be wrong together: each row alone, the newest first, ties, the rows of one change. */
  List<int[]> groups(int[] chosen) {
    List<int[]> groups = new ArrayList<>();
    Map<Object, List<Integer>> changes = new LinkedHashMap<>();
    for (int row : newestFirst(chosen)) {
      groups.add(new int[] {row});
      changes.computeIfAbsent(id(row), id -> new ArrayList<>()).add(row);
    }
    groups.addAll(ties(chosen));
    groups.addAll(several(changes.values()));
    return groups.subList(0, Math.min(groups.size(), MismatchSearch.MOST_TRIALS));
  }

  private static List<int[]> several(Collection<List<Integer>> groups) {
    return groups.stream()
        .filter(group -> group.size() > 1)
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** By event time, then by position, backwards. */
  int[] newestFirst(int[] chosen) {
    return sorted(
        chosen,
        Comparator.comparingLong((Integer row) -> events[row])
            .thenComparingInt(row -> partitions[row])
            .thenComparingLong(row -> offsets[row])
            .reversed());
  }

  private static int[] sorted(int[] chosen, Comparator<Integer> order) {
    return Arrays.stream(chosen).boxed().sorted(order).mapToInt(Integer::intValue).toArray();
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
    return Arrays.stream(chosen)
        .limit(Explanation.MOST_ROWS)
        .mapToObj(
            row -> new NamedRow(id(row), partitions[row], offsets[row], events[row], seen[row]))
        .toList();
  }
}
