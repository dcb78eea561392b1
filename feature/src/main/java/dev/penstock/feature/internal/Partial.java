package dev.penstock.feature.internal;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;

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

  /**
   * Takes a row out again that was added, alone or as part of what was merged. False if what is
   * left cannot be told without the other rows; then the partial is of no use any more.
   */
  boolean undo(int row);

  void write(ByteSink out);

  /** Adds what another partial of the same fold has written. */
  void merge(ByteSource in);

  /** The value of one of the functions that the fold answers. */
  void answer(Aggregate aggregate, long moment, Answer answer);

  static Partial of(ViewPlan plan, ViewPlan.Fold fold) {
    if (fold.by() != ViewPlan.NO_SLOT) {
      Type type = plan.slots().get(fold.by()).type();
      return new CategoriesPartial(fold.by(), type, () -> of(plan, fold.ofOneCategory()));
    }
    ViewPlan.Slot slot = plan.slots().get(fold.slot());
    return switch (fold.kind()) {
      case COUNT -> new CountPartial(fold.slot());
      case WHOLE_SUM -> new WholeSumPartial(fold.slot());
      case REAL_SUM -> new RealSumPartial(fold.slot());
      case DECIMAL_SUM -> new DecimalSumPartial(fold.slot(), slot.type());
      case LEAST -> new ExtremePartial(fold.slot(), Extreme.LEAST, slot.type());
      case GREATEST -> new ExtremePartial(fold.slot(), Extreme.GREATEST, slot.type());
      case FIRST -> new EndPartial(fold.slot(), slot.type(), Extreme.LEAST);
      case LAST -> new EndPartial(fold.slot(), slot.type(), Extreme.GREATEST);
      case FIRST_TIME -> new TimePartial(fold.slot(), Extreme.LEAST);
      case LAST_TIME -> new TimePartial(fold.slot(), Extreme.GREATEST);
      case SHARE -> new SharePartial(fold.slot());
      case SKETCH -> new SketchPartial(fold.slot());
      case TWO_SUMS -> new TwoSumsPartial(fold.slot(), fold.second());
      case TWO_POWERS -> new PowerSumsPartial(fold.slot(), 2);
      case FOUR_POWERS -> new PowerSumsPartial(fold.slot(), 4);
      case PAIR_SUMS -> new PairSumsPartial(fold.slot(), fold.second());
      case TREND -> new PairSumsPartial(Numbers.EVENT_TIMES, fold.slot());
      case COUNTS -> new CountsPartial(fold.slot(), slot.type(), (int) fold.parameter());
      case REGISTERS -> new RegistersPartial(fold.slot());
      case LEAST_BY, GREATEST_BY ->
          new ByPartial(
              fold.slot(),
              slot.type(),
              fold.second(),
              plan.slots().get(fold.second()).type(),
              fold.kind() == FoldKind.LEAST_BY ? Extreme.LEAST : Extreme.GREATEST);
      case FIRST_ROWS, LAST_ROWS, ALL_ROWS ->
          new RowsPartial(
              fold.slot(), slot.type(), RowsPartial.Kept.of(fold.kind()), (int) fold.parameter());
      case DECAY -> new DecayPartial(fold.slot(), fold.parameter());
      case VECTOR_SUMS -> new VectorSumsPartial(fold.slot());
    };
  }
}
