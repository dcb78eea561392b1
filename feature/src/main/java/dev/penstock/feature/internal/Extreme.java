package dev.penstock.feature.internal;

/**
 * Which end of the order of values is looked for. Floats are compared as {@link Double#compare}
 * does, so NaN is greater than every number; to that end they are turned into longs of that order.
 */
enum Extreme {
  LEAST,
  GREATEST;

  /** Whether one value is nearer the end than another. */
  boolean better(long value, long than) {
    return this == LEAST ? value < than : value > than;
  }

  /** A row's value as a long of the same order. */
  static long ordered(SlotColumn slot, int row) {
    return slot.kind == SlotKind.WHOLE ? slot.wholes[row] : ordered(slot.reals[row]);
  }

  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  static void answer(SlotKind kind, long ordered, Answer answer) {
    if (kind == SlotKind.WHOLE) {
      answer.whole(ordered);
    } else {
      answer.real(Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE)));
    }
  }
}
