package dev.penstock.feature.internal;

import java.util.TreeSet;

/**
 * The last rows where rows may be taken back, so that earlier ones come in again. What {@link
 * LastRowsSlide} is elsewhere.
 */
final class ChangingLastRowsSlide implements Slide {
  private final int most;
  private final long retention;
  private final RowsInView view = new RowsInView();

  /** The rows in the window, and those in view that are before them. */
  private final TreeSet<Integer> last = new TreeSet<>();

  private final TreeSet<Integer> earlier = new TreeSet<>();

  ChangingLastRowsSlide(int most, long retention) {
    this.most = most;
    this.retention = retention;
  }

  @Override
  public void over(QueryChain chain, Turns seen, Slides window) {
    window.clear();
    view.clear();
    last.clear();
    earlier.clear();
    int retained = chain.firstRow;
    for (int query = 0; query < chain.size; query++) {
      long earliest = ViewPlan.start(chain.moments[query], retention);
      while (retained < chain.endRow && chain.eventTimes[retained] < earliest) {
        leave(retained, window);
        retained++;
      }
      int least = retained;
      view.advance(
          chain,
          seen,
          query,
          row -> leave(row, window),
          row -> {
            if (row >= least) {
              enter(row, window);
            }
          });
      while (last.size() < most && !earlier.isEmpty()) {
        int row = earlier.pollLast();
        last.add(row);
        window.add(row);
      }
      window.answer(chain, query);
    }
  }

  private void leave(int row, Slides window) {
    if (last.remove(row)) {
      window.remove(row);
    } else {
      earlier.remove(row);
    }
  }

  /** Puts a row where it belongs: every one of the last is after every earlier one. */
  private void enter(int row, Slides window) {
    if (!earlier.isEmpty() && row < earlier.last()) {
      earlier.add(row);
      return;
    }
    last.add(row);
    window.add(row);
    if (last.size() > most) {
      int first = last.pollFirst();
      window.remove(first);
      earlier.add(first);
    }
  }
}
