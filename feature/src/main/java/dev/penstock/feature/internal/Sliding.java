package dev.penstock.feature.internal;

import dev.penstock.feature.AggregateFunction;

/**
 * A fold over a window that moves forward: rows enter in the order in which they become visible and
 * leave in the order of the rows (event time, then position). A row leaves at most once, after it
 * entered.
 */
interface Sliding {
  /** From now on row numbers are those of these rows, which must be in order. */
  void bind(Rows rows);

  void clear();

  void add(int row);

  void remove(int row);

  void answer(AggregateFunction function, double parameter, Answer answer);

  static Sliding of(ViewPlan plan, ViewPlan.Fold fold) {
    return switch (fold.kind()) {
      case COUNT -> new CountPartial(fold.slot());
      case WHOLE_SUM -> new WholeSumPartial(fold.slot());
      case REAL_SUM -> new RealSumPartial(fold.slot());
      case LEAST ->
          new SlidingExtreme(fold.slot(), Extreme.LEAST, plan.slots().get(fold.slot()).kind());
      case GREATEST ->
          new SlidingExtreme(fold.slot(), Extreme.GREATEST, plan.slots().get(fold.slot()).kind());
      case LAST -> new SlidingLast(fold.slot());
      case SHARE -> new SharePartial(fold.slot());
      case SKETCH -> new SketchPartial(fold.slot());
    };
  }
}
