package dev.penstock.feature.internal;

/** How a kind of window moves over a key's rows, from one query of a chain to the next. */
interface Slide {
  /** Answers all queries of a chain. */
  void over(QueryChain chain, Turns seen, Slides window);

  static Slide of(ViewPlan plan, ViewPlan.Framed window) {
    // A frame of its own: that of a calendar remembers the period it was asked about last.
    Frame frame = Frame.of(window.window());
    if (frame != null) {
      return new FrameSlide(frame);
    }
    RowsBack back = RowsBack.of(window.window());
    if (back instanceof RowsBack.Session session) {
      return plan.isRetractable()
          ? new ChangingSessionSlide(session.gap(), plan.retention())
          : new SessionSlide(session.gap(), plan.retention());
    }
    int rows = ((RowsBack.LastRows) back).rows();
    return plan.isRetractable()
        ? new ChangingLastRowsSlide(rows, plan.retention())
        : new LastRowsSlide(rows, plan.retention());
  }
}
