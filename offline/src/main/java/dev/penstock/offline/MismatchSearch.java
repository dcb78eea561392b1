package dev.penstock.offline;

import dev.penstock.data.Column;
import dev.penstock.data.Positions;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.offline.Explanation.Cause;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the rows that make a served answer differ from its replay: changes the visible rows of
 * the key in small ways (another position, another order of rows of one moment, a row less, a row
 * twice, a row over the edge of a window or of the retention) until the view gives what was served.
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

  /** Looks for one kind of change; null where there is none that gives the served answer. */
  private interface Search {
    @Nullable Explanation look();
  }

  /**
   * @param served the view's features as served, in the view's order
   */
  Explanation explain(List<FeatureValue> served) {
    Trial trial = new Trial(view, keys, time, served);
    EdgeSearch edges = new EdgeSearch(trial, rows, positions);
    RetentionSearch retention = new RetentionSearch(trial, rows, positions);
    List<Search> searches =
        List.of(
            retention::uncovered,
            () -> anotherPosition(trial),
            edges::brackets,
            retention::beyond,
            () -> anotherOrder(trial),
            () -> lost(trial),
            () -> twice(trial),
            () -> retractedTwice(trial),
            edges::singleRows,
            retention::forgotten);
    for (Search search : searches) {
      Explanation found = search.look();
      if (found != null) {
        return found;
      }
    }
    return new Explanation(
        Cause.UNEXPLAINED,
        "no small change of the rows gives the served answer; these are the newest visible ones",
        rows.named(rows.newestFirst(visible)));
  }

  private @Nullable Explanation anotherPosition(Trial trial) {
    for (int row : rows.nearestTo(positions)) {
      int partition = rows.partition(row);
      long offset = rows.offset(row);
      boolean below = offset < positions.next(partition);
      int[] candidate = rows.visible(positions.with(partition, below ? offset : offset + 1));
      if (!Arrays.equals(candidate, visible) && trial.gives(rows.batch(candidate))) {
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

  /** Rows of one moment that were taken in another order than that of their positions. */
  private @Nullable Explanation anotherOrder(Trial trial) {
    int[] standing = rows.standing(visible);
    for (TieOrder tie : TieOrder.all(rows.ties(standing))) {
      if (trial.gives(rows.inOrder(standing, tie))) {
        return new Explanation(
            Cause.TIE,
            "with these rows of one moment in another order the replay gives the served answer",
            rows.named(tie.rows()));
      }
    }
    return null;
  }

  private @Nullable Explanation lost(Trial trial) {
    for (int[] group : rows.groups(visible)) {
      if (trial.gives(rows.batch(KeyRows.minus(visible, group)))) {
        return new Explanation(
            Cause.ROW_LOST,
            rows.retractions(group).length == group.length
                ? "without these retractions the replay gives the served answer: they were lost"
                : "without these rows the replay gives the served answer: they were lost",
            rows.named(group));
      }
    }
    return null;
  }

  private @Nullable Explanation twice(Trial trial) {
    for (int[] group : rows.groups(visible)) {
      if (trial.gives(rows.batch(KeyRows.plus(visible, group)))) {
        return new Explanation(
            Cause.ROW_TWICE,
            "with these rows counted twice the replay gives the served answer",
            rows.named(group));
      }
    }
    return null;
  }

  /** A row cannot be taken back twice but from a state, where it depends on what is next to it. */
  private @Nullable Explanation retractedTwice(Trial trial) {
    for (int retraction : rows.retractions(visible)) {
      int[] group = {retraction};
      if (MemoryState.of(view, List.of(rows.batch(visible), rows.batch(group))).gives(trial)) {
        return new Explanation(
            Cause.ROW_TWICE,
            "with these retractions applied twice live state gives the served answer",
            rows.named(group));
      }
    }
    return null;
  }
}
