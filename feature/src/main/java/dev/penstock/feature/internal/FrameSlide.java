package dev.penstock.feature.internal;

/**
 * A window whose start and end only go forward: each row enters once and leaves once, at the start
 * or because it is taken back.
 */
final class FrameSlide implements Slide {
  private final Frame frame;

  /** The order of entering, where the window ends before the moment. */
  private final Turns own = new Turns();

  FrameSlide(Frame frame) {
    this.frame = frame;
  }

  @Override
  public void over(QueryChain chain, Turns seen, Slides window) {
    Turns entrances = seen;
    if (!frame.endsAtMoment()) {
      own.inFrame(chain, seen, frame);
      entrances = own;
    }
    window.clear();
    int in = 0;
    int gone = 0;
    int out = chain.firstRow;
    for (int query = 0; query < chain.size; query++) {
      long start = frame.start(chain.moments[query]);
      // A row that is visible only after it left is passed over on both sides.
      while (out < chain.endRow && chain.eventTimes[out] < start) {
        if (entrances.query(out) < query && !chain.isGone(out, query - 1)) {
          window.remove(out);
        }
        out++;
      }
      gone = takeBack(gone, query, out, chain, entrances, window);
      int end = entrances.end(query);
      for (; in < end; in++) {
        int row = entrances.row(in);
        if (chain.eventTimes[row] >= start && !chain.isGone(row, query)) {
          window.add(row);
        }
      }
      window.answer(chain, query);
    }
  }

  /** Removes what a query takes back of the rows from one on; returns the place behind it. */
  private static int takeBack(
      int from, int query, int first, QueryChain chain, Turns entrances, Slides window) {
    if (chain.takenBack == null) {
      return from;
    }
    int end = chain.takenBack.end(query);
    for (int place = from; place < end; place++) {
      int row = chain.takenBack.row(place);
      if (row >= first && entrances.query(row) < query) {
        window.remove(row);
      }
    }
    return end;
  }
}
