package dev.penstock.offline;

import dev.penstock.data.Positions;
import dev.penstock.data.Span;
import dev.penstock.feature.Feature;
import dev.penstock.feature.Window;
import dev.penstock.feature.Window.Bounds;
import dev.penstock.offline.Explanation.Cause;
import dev.penstock.offline.Explanation.NamedRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at each window by itself, for rows that it alone took in or left out. */
final class EdgeSearch {
  private final Trial trial;
  private final KeyRows rows;

  /** The rows that are there, and those among them from the moment asked about on. */
  private final int[] visible;

  private final int[] below;

  EdgeSearch(Trial trial, KeyRows rows, Positions positions) {
    this.trial = trial;
    this.rows = rows;
    this.visible = rows.standing(rows.visible(positions));
    this.below = rows.standing(rows.below(positions));
  }

  /** What a window did to rows. */
  private record Found(String deed, List<NamedRow> rows) {}

  /**
   * One window of those that differ.
   *
   * @param wanted what its features were served as
   */
  private record Suspect(Trial wanted, Window window, Bounds bounds) {}

  private Found found(String deed, int[] culprits) {
    return new Found(deed, rows.named(culprits));
  }

  private interface Search {
    @Nullable Found look(Suspect window);
  }

  /** Windows with a wrong bracket: all rows at an edge are on its wrong side. */
  @Nullable Explanation brackets() {
    return look(
        window -> {
          Found row = anotherLength(window);
          return row == null ? anotherBracket(window) : row;
        });
  }

  /** Windows that have single rows wrong. */
  @Nullable Explanation singleRows() {
    return look(this::singleRow);
  }

  private @Nullable Explanation look(Search search) {
    List<NamedRow> named = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    List<Feature> features = trial.view().features();
    Set<Window> windows = new LinkedHashSet<>(features.stream().map(Feature::window).toList());
    for (Window window : windows) {
      Trial wanted = trial.of(feature -> features.get(feature).window().equals(window));
      if (wanted.gives(rows.batch(visible))) {
        continue;
      }
      Found found = search.look(new Suspect(wanted, window, bounds(window)));
      if (found == null) {
        return null;
      }
      sentences.add("the window " + window.text() + " " + found.deed());
      named.addAll(found.rows());
    }
    return sentences.isEmpty()
        ? null
        : new Explanation(Cause.WINDOW_EDGE, String.join("; ", sentences), named);
  }

  /** Windows whose rows decide where they start lie anywhere in the retention. */
  private Bounds bounds(Window window) {
    Bounds bounds = Window.bounds(window, trial.time());
    return bounds == null
        ? new Bounds(rows.retained(trial.view().retention()), trial.time())
        : bounds;
  }

  /** Of last rows one more or one less, of a session a gap that is off by the least there is. */
  private @Nullable Found anotherLength(Suspect suspect) {
    for (Window other : neighbours(suspect.window())) {
      if (suspect.wanted().over(other).gives(rows.batch(visible))) {
        int[] right = rows.inside(suspect.window(), visible, suspect.bounds());
        int[] wrong = rows.inside(other, visible, suspect.bounds());
        return wrong.length > right.length
            ? found("took in rows that are outside it", KeyRows.minus(wrong, right))
            : found("left out rows that are inside it", KeyRows.minus(right, wrong));
      }
    }
    return null;
  }

  private List<Window> neighbours(Window window) {
    Stream<Window> windows = Stream.of();
    if (window instanceof Window.LastRows last) {
      windows =
          Stream.of(last.rows() + 1, last.rows() - 1)
              .filter(rows -> rows > 0 && rows <= Window.MOST_LAST_ROWS)
              .map(Window.LastRows::new);
    } else if (window instanceof Window.Session session) {
      windows =
          Stream.of(session.gap().micros() + 1, session.gap().micros() - 1)
              .filter(gap -> gap > 0)
              .map(gap -> new Window.Session(new Span(gap)));
    }
    return windows.filter(other -> other.reach().compareTo(trial.view().retention()) <= 0).toList();
  }

  /** The window without the rows at its start, with those at its end, both. */
  private @Nullable Found anotherBracket(Suspect suspect) {
    Trial wanted = suspect.wanted();
    Bounds bounds = suspect.bounds();
    int[] atStart = rows.at(visible, bounds.start());
    int[] atEnd = rows.at(below, bounds.end());
    if (wanted.gives(rows.batch(KeyRows.minus(visible, atStart)))) {
      return found("left out the rows at its start", atStart);
    }
    if (wanted.gives(rows.withInside(visible, atEnd, bounds))) {
      return found("took in the rows at its end", atEnd);
    }
    if (wanted.gives(rows.withInside(KeyRows.minus(visible, atStart), atEnd, bounds))) {
      return found(
          "left out the rows at its start and took in those at its end",
          KeyRows.plus(atStart, atEnd));
    }
    return null;
  }

  private @Nullable Found singleRow(Suspect suspect) {
    Trial wanted = suspect.wanted();
    for (int[] group : rows.groups(visible)) {
      if (wanted.gives(rows.batch(KeyRows.minus(visible, group)))) {
        return found("left out rows that are inside it", group);
      }
    }
    for (int[] group : rows.groups(rows.outside(below, suspect.bounds()))) {
      if (wanted.gives(rows.withInside(visible, group, suspect.bounds()))) {
        return found("took in rows that are outside it", group);
      }
    }
    for (int[] group : rows.groups(visible)) {
      if (wanted.gives(rows.batch(KeyRows.plus(visible, group)))) {
        return found("counted rows twice", group);
      }
    }
    return null;
  }
}
