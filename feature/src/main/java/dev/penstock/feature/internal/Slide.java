package dev.penstock.feature.internal;

/** How a kind of window moves over a key's rows, from one query of a chain to the next. */
interface Slide {
  /** Answers all queries of a chain. */
  void over(QueryChain chain, Entrances seen, Slides window);

  static Slide of(ViewPlan plan, ViewPlan.Framed window) {
    // A frame of its own: that of a calendar remembers the period it was asked about last.
    Frame frame = Frame.of(window.window());
    if (frame != null) {
      return new FrameSlide(frame);
    }
    RowsBack back = RowsBack.of(window.window());
    return back instanceof RowsBack.Session session
        ? new SessionSlide(session.gap(), plan.retention())
        : new LastRowsSlide(((RowsBack.LastRows) back).rows(), plan.retention());
  }
}
