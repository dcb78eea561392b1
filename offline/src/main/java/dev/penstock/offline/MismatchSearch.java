package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Positions;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import dev.penstock.feature.Window;
import dev.penstock.offline.Explanation.Cause;
import dev.penstock.offline.Explanation.NamedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the rows that make a served answer differ from its replay: changes the visible rows of
 * the key in small ways (another position, a row less, a row twice, a row over a window's edge)
 * until the view gives what was served.
 */
final class MismatchSearch {
  /** The most changes tried of one kind. */
  static final int MOST_TRIALS = 20_000;

  private final FeatureView view;
  private final long time;
  private final Positions positions;
  private final List<Column> keys;
  private final KeyRows rows;
  private final int[] visible;

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
    this.rows = KeyRows.read(input, view, keys, time);
    this.visible = rows.visible(positions);
  }

  /**
   * @param served the view's features as served, in the view's order
   */
  Explanation explain(List<FeatureValue> served) {
    Explanation position = anotherPosition(served);
    if (position != null) {
      return position;
    }
    Explanation edges = windowEdges(served, this::wholeEdges);
    if (edges != null) {
      return edges;
    }
    Explanation lost = oneChange(served, Change.WITHOUT, Cause.ROW_LOST);
    if (lost != null) {
      return lost;
    }
    Explanation twice = oneChange(served, Change.TWICE, Cause.ROW_TWICE);
    if (twice != null) {
      return twice;
    }
    Explanation edge = windowEdges(served, this::edgeRows);
    if (edge != null) {
      return edge;
    }
    return new Explanation(
        Cause.UNEXPLAINED,
        "no small change of the rows gives the served answer; these are the newest visible ones",
        rows.named(rows.newestFirst(visible)));
  }

  private @Nullable Explanation anotherPosition(List<FeatureValue> served) {
    for (int row : rows.nearestTo(positions)) {
      int partition = rows.partition(row);
      long offset = rows.offset(row);
      boolean below = offset < positions.next(partition);
      int[] candidate = rows.visible(positions.with(partition, below ? offset : offset + 1));
      if (!Arrays.equals(candidate, visible) && gives(served, candidate)) {
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
                rows.named(KeyRows.minus(visible, candidate)))
            : new Explanation(
                Cause.POSITION_TOO_LOW,
                "the answer is that of position "
                    + partition
                    + ":"
                    + (offset + 1)
                    + ", it logged "
                    + positions
                    + ": these rows were already applied",
                rows.named(KeyRows.minus(candidate, visible)));
      }
    }
    return null;
  }

  private enum Change {
    WITHOUT,
    TWICE
  }

  private @Nullable Explanation oneChange(List<FeatureValue> served, Change change, Cause cause) {
    for (int[] group : rows.singlesThenTies(visible)) {
      int[] changed =
          change == Change.WITHOUT ? KeyRows.minus(visible, group) : KeyRows.plus(visible, group);
      if (gives(served, changed)) {
        return new Explanation(
            cause,
            change == Change.WITHOUT
                ? "without these rows the replay gives the served answer: they were lost"
                : "with these rows counted twice the replay gives the served answer",
            rows.named(group));
      }
    }
    return null;
  }

  /** Looks for the rows that one window took in or left out; null where there are none. */
  private interface EdgeSearch {
    int @Nullable [] rows(
        FeatureView part, List<FeatureValue> wanted, Window window, List<String> sentences);
  }

  /** Each window by itself: rows that it alone took in or left out. */
  private @Nullable Explanation windowEdges(List<FeatureValue> served, EdgeSearch search) {
    Map<Window, List<Integer>> byWindow = new LinkedHashMap<>();
    for (int i = 0; i < view.features().size(); i++) {
      byWindow.computeIfAbsent(view.features().get(i).window(), w -> new ArrayList<>()).add(i);
    }
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
              view.maxAge(),
              view.changes(),
              view.upstream());
      if (matches(part, wanted, rows.batch(visible))) {
        continue;
      }
      int[] culprits = search.rows(part, wanted, entry.getKey(), sentences);
      if (culprits == null) {
        return null;
      }
      named.addAll(rows.named(culprits));
    }
    return sentences.isEmpty()
        ? null
        : new Explanation(Cause.WINDOW_EDGE, String.join("; ", sentences), named);
  }

  /** The wrong brackets: the window without the rows at its start, with those at its end, both. */
  private int @Nullable [] wholeEdges(
      FeatureView part, List<FeatureValue> wanted, Window window, List<String> sentences) {
    long start = start(window);
    int[] atStart = rows.at(visible, start);
    int[] atEnd = rows.at(rows.below(positions), time);
    if (matches(part, wanted, rows.batch(KeyRows.minus(visible, atStart)))) {
      sentences.add("the window " + window.text() + " left out the rows at its start");
      return atStart;
    }
    if (matches(part, wanted, rows.withInside(visible, atEnd, start))) {
      sentences.add("the window " + window.text() + " took in the rows at its end");
      return atEnd;
    }
    if (matches(part, wanted, rows.withInside(KeyRows.minus(visible, atStart), atEnd, start))) {
      sentences.add(
          "the window "
              + window.text()
              + " left out the rows at its start and took in those at its end");
      return KeyRows.plus(atStart, atEnd);
    }
    return null;
  }

  private int @Nullable [] edgeRows(
      FeatureView part, List<FeatureValue> wanted, Window window, List<String> sentences) {
    for (int[] group : rows.singlesThenTies(visible)) {
      if (matches(part, wanted, rows.batch(KeyRows.minus(visible, group)))) {
        sentences.add("the window " + window.text() + " left out rows that are inside it");
        return group;
      }
    }
    long start = start(window);
    for (int[] group : rows.singlesThenTies(rows.outside(positions, start))) {
      if (matches(part, wanted, rows.withInside(visible, group, start))) {
        sentences.add("the window " + window.text() + " took in rows that are outside it");
        return group;
      }
    }
    for (int[] group : rows.singlesThenTies(visible)) {
      if (matches(part, wanted, rows.batch(KeyRows.plus(visible, group)))) {
        sentences.add("the window " + window.text() + " counted rows twice");
        return group;
      }
    }
    return null;
  }

  private long start(Window window) {
    return Math.max(time - window.reach().micros(), Long.MIN_VALUE / 2);
  }

  private boolean gives(List<FeatureValue> served, int[] chosen) {
    return matches(view, served, rows.batch(chosen));
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
}
