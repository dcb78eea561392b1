package dev.penstock.feature.internal;

/** A window whose start and end only go forward: each row enters once and leaves once. */
final class FrameSlide implements Slide {
  private final Frame frame;

  /** The order of entering, where the window ends before the moment. */
  private final Entrances own = new Entrances();

  FrameSlide(Frame frame) {
    this.frame = frame;
  }

  @Override
  public void over(QueryChain chain, Entrances seen, Slides window) {
    Entrances entrances = seen;
    if (!frame.endsAtMoment()) {
      own.inFrame(chain, seen, frame);
      entrances = own;
    }
    window.clear();
    int in = 0;
    int out = chain.firstRow;
    for (int query = 0; query < chain.size; query++) {
      long start = frame.start(chain.moments[query]);
      // A row that is visible only after it left is passed over on both sides.
      while (out < chain.endRow && chain.eventTimes[out] < start) {
        if (entrances.query(out) < query) {
          window.remove(out);
        }
        out++;
      }
      int end = entrances.end(query);
      for (; in < end; in++) {
        int row = entrances.row(in);
        if (chain.eventTimes[row] >= start) {
          window.add(row);
        }
      }
      window.answer(chain, query);
    }
  }
}
