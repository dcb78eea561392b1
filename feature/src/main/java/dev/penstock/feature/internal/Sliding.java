package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;

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

  void answer(Aggregate aggregate, long moment, Answer answer);

  static Sliding of(ViewPlan plan, ViewPlan.Fold fold) {
    ViewPlan.Slot slot = plan.slots().get(fold.slot());
    return switch (fold.kind()) {
      case COUNT -> new CountPartial(fold.slot());
      case WHOLE_SUM -> new WholeSumPartial(fold.slot());
      case REAL_SUM -> new RealSumPartial(fold.slot());
      case LEAST -> new SlidingExtreme(fold.slot(), Extreme.LEAST, slot.kind());
      case GREATEST -> new SlidingExtreme(fold.slot(), Extreme.GREATEST, slot.kind());
      case FIRST, FIRST_TIME -> new SlidingFirst(fold.slot());
      case LAST, LAST_TIME -> new SlidingLast(fold.slot());
      case SHARE -> new SharePartial(fold.slot());
      case SKETCH -> new SketchPartial(fold.slot());
      case TWO_SUMS -> new TwoSumsPartial(fold.slot(), fold.second());
      case TWO_POWERS -> new PowerSumsPartial(fold.slot(), 2);
      case FOUR_POWERS -> new PowerSumsPartial(fold.slot(), 4);
      case PAIR_SUMS -> new PairSumsPartial(fold.slot(), fold.second());
      case TREND -> new PairSumsPartial(Numbers.EVENT_TIMES, fold.slot());
      case COUNTS -> new SlidingCounts(fold.slot(), slot.type(), (int) fold.parameter());
      case REGISTERS -> new SlidingRegisters(fold.slot());
      case LEAST_BY ->
          new SlidingExtreme(
              fold.second(), Extreme.LEAST, plan.slots().get(fold.second()).kind(), fold.slot());
      case GREATEST_BY ->
          new SlidingExtreme(
              fold.second(), Extreme.GREATEST, plan.slots().get(fold.second()).kind(), fold.slot());
      case FIRST_ROWS, LAST_ROWS, ALL_ROWS ->
          new SlidingRows(
              fold.slot(), slot.type(), RowsPartial.Kept.of(fold.kind()), (int) fold.parameter());
      case DECAY -> new DecayPartial(fold.slot(), fold.parameter());
      case VECTOR_SUMS -> new VectorSumsPartial(fold.slot());
    };
  }
}
