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
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import dev.penstock.feature.Window;
import dev.penstock.format.Condition;
import dev.penstock.offline.Explanation.Cause;
import dev.penstock.offline.Explanation.NamedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the rows that make a served answer differ from its replay: changes the visible rows of
 * the key in small ways (another position, a row less, a row twice, a row over a window's edge)
 * until the view gives what was served.
 */
final class MismatchSearch {
  /** How far around the window rows are looked at, microseconds. */
  private static final long AROUND_MICROS = 3_600_000_000L;

  /** The most changes tried of one kind. */
  private static final int MOST_TRIALS = 20_000;

  private final FeatureView view;
  private final long time;
  private final Positions positions;
  private final List<Column> keys;
  private final Batch rows;

  MismatchSearch(
      FeatureView view,
      ViewInput input,
      List<Column> requestKeys,
      int requestRow,
      long time,
      Positions positions) {
    this.view = view;
    this.time = time;
    this.positions = positions;
    this.keys =
        requestKeys.stream().map(column -> column.slice(requestRow, requestRow + 1)).toList();
    this.rows = rowsOfKey(input);
  }

  /**
   * @param served the view's features as served, in the view's order
   */
  Explanation explain(List<FeatureValue> served) {
    Explanation position = anotherPosition(served);
    if (position != null) {
      return position;
    }
    Explanation lost = oneChange(served, Change.WITHOUT, Cause.ROW_LOST);
    if (lost != null) {
      return lost;
    }
    Explanation twice = oneChange(served, Change.TWICE, Cause.ROW_TWICE);
    if (twice != null) {
      return twice;
    }
    Explanation edge = windowEdges(served);
    if (edge != null) {
      return edge;
    }
    return new Explanation(
        Cause.UNEXPLAINED,
        "no small change of the rows gives the served answer; these are the newest visible ones",
        named(newestFirst(visible(positions))));
  }

  private @Nullable Explanation anotherPosition(List<FeatureValue> served) {
    LongColumn offsets = (LongColumn) rows.column(SystemColumns.OFFSET);
    IntColumn partitions = (IntColumn) rows.column(SystemColumns.PARTITION);
    int[] logged = visible(positions);
    // The nearest positions first: those just after each row of the key, before and behind q's.
    List<Integer> nearest = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      nearest.add(row);
    }
    nearest.sort(
        Comparator.comparingLong(
            row -> Math.abs(offsets.values()[row] - positions.next(partitions.values()[row]))));
    int trials = 0;
    for (int row : nearest) {
      if (++trials > MOST_TRIALS) {
        break;
      }
      int partition = partitions.values()[row];
      long offset = offsets.values()[row];
      boolean below = offset < positions.next(partition);
      int[] candidate = visible(positions.with(partition, below ? offset : offset + 1));
      if (!Arrays.equals(candidate, logged) && gives(served, candidate)) {
        return below
            ? new Explanation(
                Cause.READ_TOO_EARLY,
                "the answer is that of position "
                    + partition
                    + ":"
                    + offset
                    + ", it logged "
                    + positions
                    + ": these rows were not yet applied",
                named(minus(logged, candidate)))
            : new Explanation(
                Cause.POSITION_TOO_LOW,
                "the answer is that of position "
                    + partition
                    + ":"
                    + (offset + 1)
                    + ", it logged "
                    + positions
                    + ": these rows were already applied",
                named(minus(candidate, logged)));
      }
    }
    return null;
  }

  private enum Change {
    WITHOUT,
    TWICE
  }

  private @Nullable Explanation oneChange(List<FeatureValue> served, Change change, Cause cause) {
    int[] visible = visible(positions);
    for (int[] group : singlesThenTies(visible)) {
      int[] changed = change == Change.WITHOUT ? minus(visible, group) : plus(visible, group);
      if (gives(served, changed)) {
        return new Explanation(
            cause,
            change == Change.WITHOUT
                ? "without these rows the replay gives the served answer: they were lost"
                : "with these rows counted twice the replay gives the served answer",
            named(group));
      }
    }
    return null;
  }

  /** Each window by itself: a row that it alone took in or left out. */
  private @Nullable Explanation windowEdges(List<FeatureValue> served) {
    Map<Window, List<Integer>> byWindow = new LinkedHashMap<>();
    for (int i = 0; i < view.features().size(); i++) {
      byWindow.computeIfAbsent(view.features().get(i).window(), w -> new ArrayList<>()).add(i);
    }
    int[] visible = visible(positions);
    List<NamedRow> named = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    for (Map.Entry<Window, List<Integer>> entry : byWindow.entrySet()) {
      List<Feature> features = entry.getValue().stream().map(view.features()::get).toList();
      List<FeatureValue> wanted = entry.getValue().stream().map(served::get).toList();
      FeatureView part =
          new FeatureView(
              view.name(),
              view.entity(),
              view.keyColumns(),
              view.where(),
              features,
              view.retention(),
              view.maxAge());
      if (matches(part, wanted, rows.gather(visible))) {
        continue;
      }
      int[] culprits = edgeRows(part, wanted, visible, entry.getKey(), sentences);
      if (culprits == null) {
        return null;
      }
      named.addAll(named(culprits));
    }
    return sentences.isEmpty()
        ? null
        : new Explanation(Cause.WINDOW_EDGE, String.join("; ", sentences), named);
  }

  private int @Nullable [] edgeRows(
      FeatureView part,
      List<FeatureValue> wanted,
      int[] visible,
      Window window,
      List<String> sentences) {
    for (int[] group : singlesThenTies(visible)) {
      if (matches(part, wanted, rows.gather(minus(visible, group)))) {
        sentences.add("the window " + window.text() + " left out rows that are inside it");
        return group;
      }
    }
    long start = Math.max(time - window.reach().micros(), Long.MIN_VALUE / 2);
    for (int[] group : singlesThenTies(outside(start))) {
      if (matches(part, wanted, withInside(visible, group, start))) {
        sentences.add("the window " + window.text() + " took in rows that are outside it");
        return group;
      }
    }
    for (int[] group : singlesThenTies(visible)) {
      if (matches(part, wanted, rows.gather(plus(visible, group)))) {
        sentences.add("the window " + window.text() + " counted rows twice");
        return group;
      }
    }
    return null;
  }

  /** Rows below the position that the window does not hold: before its start, or from q on. */
  private int[] outside(long start) {
    long[] events = longs(SystemColumns.EVENT_TIME);
    List<Integer> out = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
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
  private Batch withInside(int[] visible, int[] group, long start) {
    Batch inside = rows.gather(visible);
    Batch moved = rows.gather(group);
    long[] events = ((LongColumn) moved.column(SystemColumns.EVENT_TIME)).values().clone();
    for (int i = 0; i < events.length; i++) {
      events[i] = events[i] < start ? start : time - 1;
    }
    List<Column> columns = new ArrayList<>(moved.columns());
    columns.set(
        moved.schema().require(SystemColumns.EVENT_TIME),
        new LongColumn(Scalar.TIMESTAMP, events, null));
    return Batch.concat(inside.schema(), List.of(inside, new Batch(moved.schema(), columns)));
  }

  private boolean gives(List<FeatureValue> served, int[] chosen) {
    return matches(view, served, rows.gather(chosen));
  }

  private boolean matches(FeatureView part, List<FeatureValue> wanted, Batch chosen) {
    List<FeatureColumn> answers =
        ViewHistory.of(part, List.of(chosen))
            .read(new Queries(keys, new long[] {time}), Visibility.AS_HAPPENED);
    for (int i = 0; i < wanted.size(); i++) {
      if (!ParityReplay.sameValue(wanted.get(i), answers.get(i).answer(0))) {
        return false;
      }
    }
    return true;
  }

  private int[] visible(Positions below) {
    long[] events = longs(SystemColumns.EVENT_TIME);
    long[] offsets = longs(SystemColumns.OFFSET);
    int[] partitions = ((IntColumn) rows.column(SystemColumns.PARTITION)).values();
    int[] found = new int[rows.rows()];
    int count = 0;
    for (int row = 0; row < found.length; row++) {
      if (events[row] < time && below.covers(partitions[row], offsets[row])) {
        found[count++] = row;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Each row alone, the newest first, then all rows that share an event time. */
  private List<int[]> singlesThenTies(int[] chosen) {
    long[] events = longs(SystemColumns.EVENT_TIME);
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
    return groups.subList(0, Math.min(groups.size(), MOST_TRIALS));
  }

  private int[] newestFirst(int[] chosen) {
    long[] events = longs(SystemColumns.EVENT_TIME);
    return Arrays.stream(chosen)
        .boxed()
        .sorted(Comparator.comparingLong((Integer row) -> events[row]).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int[] minus(int[] chosen, int[] without) {
    int[] sorted = without.clone();
    Arrays.sort(sorted);
    return Arrays.stream(chosen).filter(row -> Arrays.binarySearch(sorted, row) < 0).toArray();
  }

  private static int[] plus(int[] chosen, int[] more) {
    int[] all = Arrays.copyOf(chosen, chosen.length + more.length);
    System.arraycopy(more, 0, all, chosen.length, more.length);
    return all;
  }

  private List<NamedRow> named(int[] chosen) {
    long[] events = longs(SystemColumns.EVENT_TIME);
    long[] seen = longs(SystemColumns.SEEN_TIME);
    long[] offsets = longs(SystemColumns.OFFSET);
    int[] partitions = ((IntColumn) rows.column(SystemColumns.PARTITION)).values();
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

  private long[] longs(String column) {
    return ((LongColumn) rows.column(column)).values();
  }

  /** The key's rows around the view's reach, with the columns the view and the names need. */
  private Batch rowsOfKey(ViewInput input) {
    long reach = view.retention().micros();
    List<Condition> range =
        reach == Long.MAX_VALUE || input.transform() != null
            ? List.of()
            : List.of(
                Condition.range(
                    SystemColumns.EVENT_TIME, time - reach - AROUND_MICROS, time + AROUND_MICROS));
    List<String> columns = new ArrayList<>(view.columns());
    columns.add(SystemColumns.ID);
    EntityKey key = Objects.requireNonNull(EntityKey.of(keys, 0));
    List<Batch> found = new ArrayList<>();
    for (Batch batch : input.rows(columns, range)) {
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
    return Batch.concat(input.schema(columns), found);
  }
}
