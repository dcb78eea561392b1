package dev.penstock.feature.internal;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The last run of rows where rows may be taken back, so that a run may also fall apart: kept as the
 * first rows of all runs. What {@link SessionSlide} is elsewhere.
 */
final class ChangingSessionSlide implements Slide {
  private final long gap;
  private final long retention;
  private final RowsInView view = new RowsInView();

  /** The rows that no other is less than the gap before. */
  private final TreeSet<Integer> starts = new TreeSet<>();

  ChangingSessionSlide(long gap, long retention) {
    this.gap = gap;
    this.retention = retention;
  }

  @Override
  public void over(QueryChain chain, Turns seen, Slides window) {
    long[] times = chain.eventTimes;
    window.clear();
    view.clear();
    starts.clear();
    // The window holds the rows in view from this one on.
    int from = chain.endRow;
    int retained = chain.firstRow;
    for (int query = 0; query < chain.size; query++) {
      long moment = chain.moments[query];
      int held = from;
      view.advance(
          chain,
          seen,
          query,
          row -> {
            starts.remove(row);
            judge(view.rows.higher(row), times);
            if (row >= held) {
              window.remove(row);
            }
          },
          row -> {
            judge(row, times);
            judge(view.rows.higher(row), times);
            if (row >= held) {
              window.add(row);
            }
          });
      long earliest = ViewPlan.start(moment, retention);
      while (retained < chain.endRow && times[retained] < earliest) {
        retained++;
      }
      Integer newest = view.newest();
      boolean underWay =
          newest != null
              && newest >= retained
              && RowsBack.Session.isWithin(gap, times[newest], moment);
      int start = underWay ? Math.max(retained, starts.last()) : chain.endRow;
      if (start < from) {
        view.rows.subSet(start, from).forEach(window::add);
      } else {
        view.rows.subSet(from, start).forEach(window::remove);
      }
      from = start;
      window.answer(chain, query);
    }
  }

  /** Notes whether a row in view, if there is one, starts a run. */
  private void judge(@Nullable Integer row, long[] times) {
    if (row == null) {
      return;
    }
    Integer before = view.rows.lower(row);
    if (before != null && RowsBack.Session.isWithin(gap, times[before], times[row])) {
      starts.remove(row);
    } else {
      starts.add(row);
    }
  }
}
