package dev.penstock.feature.internal;

import dev.penstock.feature.AggregateFunction;

/**
 * What is kept of some of a key's rows for one {@link ViewPlan.Fold}: the algebra of an aggregate.
 * The order of adding and merging never shows, neither in a value nor in the written bytes'
 * meaning. Where a row has no value in the fold's slot, it adds nothing.
 */
interface Partial {
  /** From now on row numbers are those of these rows. */
  void bind(Rows rows);

  /** Of no rows again. */
  void clear();

  void add(int row);

  void write(ByteSink out);

  /** Adds what another partial of the same fold has written. */
  void merge(ByteSource in);

  /** The value of one of the functions that the fold answers. */
  void answer(AggregateFunction function, double parameter, Answer answer);

  static Partial of(ViewPlan plan, ViewPlan.Fold fold) {
    ViewPlan.Slot slot = plan.slots().get(fold.slot());
    return switch (fold.kind()) {
      case COUNT -> new CountPartial(fold.slot());
      case WHOLE_SUM -> new WholeSumPartial(fold.slot());
      case REAL_SUM -> new RealSumPartial(fold.slot());
      case LEAST -> new ExtremePartial(fold.slot(), Extreme.LEAST, slot.kind());
      case GREATEST -> new ExtremePartial(fold.slot(), Extreme.GREATEST, slot.kind());
      case LAST -> new LastPartial(fold.slot(), slot.type());
      case SHARE -> new SharePartial(fold.slot());
      case SKETCH -> new SketchPartial(fold.slot());
    };
  }
}
