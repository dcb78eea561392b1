package dev.penstock.feature.internal;

/**
 * The last rows. The more is visible, the later the first of them, so each row enters and leaves at
 * most once here too; they are kept in order in a ring.
 */
final class LastRowsSlide implements Slide {
  private static final int INITIAL_ROWS = 16;

  private final int most;
  private final long retention;
  private int[] ring = new int[INITIAL_ROWS];
  private int head;
  private int count;

  LastRowsSlide(int most, long retention) {
    this.most = most;
    this.retention = retention;
  }

  @Override
  public void over(QueryChain chain, Turns seen, Slides window) {
    window.clear();
    head = 0;
    count = 0;
    int in = 0;
    for (int query = 0; query < chain.size; query++) {
      long retained = ViewPlan.start(chain.moments[query], retention);
      while (count > 0 && chain.eventTimes[at(0)] < retained) {
        leave(window);
      }
      int end = seen.end(query);
      for (; in < end; in++) {
        int row = seen.row(in);
        if (chain.eventTimes[row] >= retained && (count < most || row > at(0))) {
          if (count == most) {
            leave(window);
          }
          enter(row);
          window.add(row);
        }
      }
      window.answer(chain, query);
    }
  }

  private int at(int place) {
    return ring[(head + place) & (ring.length - 1)];
  }

  private void put(int place, int row) {
    ring[(head + place) & (ring.length - 1)] = row;
  }

  private void leave(Slides window) {
    window.remove(at(0));
    head = (head + 1) & (ring.length - 1);
    count--;
  }

  private void enter(int row) {
    if (count == ring.length) {
      int[] larger = new int[2 * count];
      for (int place = 0; place < count; place++) {
        larger[place] = at(place);
      }
      ring = larger;
      head = 0;
    }
    int place = count;
    for (; place > 0 && at(place - 1) > row; place--) {
      put(place, at(place - 1));
    }
    put(place, row);
    count++;
  }
}
