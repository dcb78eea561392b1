package dev.penstock.feature.internal;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;

/**
 * A fold over a window that moves forward: rows enter in the order in which they become visible and
 * leave after it, at most as often as they entered: in the order of the rows (event time, then
 * position) and once, unless the view's rows may be retracted; then in any order and many times.
 */
interface Sliding {
  /** From now on row numbers are those of these rows, which must be in order. */
  void bind(Rows rows);

  void clear();

  void add(int row);

  void remove(int row);

  void answer(Aggregate aggregate, long moment, Answer answer);

  static Sliding of(ViewPlan plan, ViewPlan.Fold fold) {
    if (fold.by() != ViewPlan.NO_SLOT) {
      Type type = plan.slots().get(fold.by()).type();
      return new SlidingCategories(fold.by(), type, () -> of(plan, fold.ofOneCategory()));
    }
    ViewPlan.Slot slot = plan.slots().get(fold.slot());
    return switch (fold.kind()) {
      case COUNT -> new CountPartial(fold.slot());
      case WHOLE_SUM -> new WholeSumPartial(fold.slot());
      case REAL_SUM -> new RealSumPartial(fold.slot());
      case DECIMAL_SUM -> new DecimalSumPartial(fold.slot(), slot.type());
      case LEAST -> extreme(plan, fold.slot(), Extreme.LEAST, ViewPlan.NO_SLOT);
      case GREATEST -> extreme(plan, fold.slot(), Extreme.GREATEST, ViewPlan.NO_SLOT);
      case FIRST, FIRST_TIME -> new SlidingEnd(fold.slot(), Extreme.LEAST);
      case LAST, LAST_TIME ->
          plan.isRetractable()
              ? new SlidingEnd(fold.slot(), Extreme.GREATEST)
              : new SlidingLast(fold.slot());
      case SHARE -> new SharePartial(fold.slot());
      case SKETCH -> new SketchPartial(fold.slot());
      case TWO_SUMS -> new TwoSumsPartial(fold.slot(), fold.second());
      case TWO_POWERS -> new PowerSumsPartial(fold.slot(), 2);
      case FOUR_POWERS -> new PowerSumsPartial(fold.slot(), 4);
      case PAIR_SUMS -> new PairSumsPartial(fold.slot(), fold.second());
      case TREND -> new PairSumsPartial(Numbers.EVENT_TIMES, fold.slot());
      case COUNTS -> new SlidingCounts(fold.slot(), slot.type(), (int) fold.parameter());
      case REGISTERS -> new SlidingRegisters(fold.slot());
      case LEAST_BY -> extreme(plan, fold.second(), Extreme.LEAST, fold.slot());
      case GREATEST_BY -> extreme(plan, fold.second(), Extreme.GREATEST, fold.slot());
      case FIRST_ROWS, LAST_ROWS, ALL_ROWS ->
          new SlidingRows(
              fold.slot(), slot.type(), RowsPartial.Kept.of(fold.kind()), (int) fold.parameter());
      case DECAY -> new DecayPartial(fold.slot(), fold.parameter());
      case VECTOR_SUMS -> new VectorSumsPartial(fold.slot());
    };
  }

  private static Sliding extreme(ViewPlan plan, int slot, Extreme end, int given) {
    SlotKind kind = plan.slots().get(slot).kind();
    return plan.isRetractable() || kind == SlotKind.OBJECT
        ? new SlidingRanking(slot, end, given)
        : new SlidingExtreme(slot, end, kind, given);
  }
}
