package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The numbers of a slot, or the event times, as exact factors and sums. */
final class Numbers {
  /** In place of a slot: the event times. */
  static final int EVENT_TIMES = -2;

  private final int slot;
  private @Nullable SlotColumn column;
  private long[] wholes = {};

  Numbers(int slot) {
    this.slot = slot;
  }

  void bind(Rows rows) {
    if (slot == EVENT_TIMES) {
      wholes = rows.eventTimes;
    } else {
      SlotColumn bound = rows.slots[slot];
      column = bound;
      wholes = bound.wholes;
    }
  }

  boolean isPresent(int row) {
    return column == null || column.isPresent(row);
  }

  boolean isFinite(int row) {
    return isWhole() || Double.isFinite(requireNonNull(column).reals[row]);
  }

  /** Whether a finite number's products are exact, see {@link Expansion#isWithin}. */
  boolean isWithin(int row, double limit) {
    return isWhole() || Expansion.isWithin(requireNonNull(column).reals[row], limit);
  }

  private boolean isWhole() {
    return column == null || column.kind == SlotKind.WHOLE;
  }

  void factor(int row, Expansion product) {
    if (isWhole()) {
      product.factor(wholes[row]);
    } else {
      product.factor(requireNonNull(column).reals[row]);
    }
  }

  /** Adds the number to a sum, or takes it out: times is 1 or -1. */
  void change(ExactSum sum, int row, int times) {
    if (isWhole()) {
      sum.change(wholes[row], times);
    } else {
      sum.change(requireNonNull(column).reals[row], times);
    }
  }
}
