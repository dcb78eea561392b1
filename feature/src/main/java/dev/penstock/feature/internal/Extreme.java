package dev.penstock.feature.internal;

import dev.penstock.data.Type;

/**
 * Which end of the order of values is looked for. Floats are compared as {@link Double#compare}
 * does, so NaN is greater than every number; where no decimals are, numbers are turned into longs
 * of that order.
 */
enum Extreme {
  LEAST,
  GREATEST;

  /** Whether one value is nearer the end than another. */
  boolean better(long value, long than) {
    return this == LEAST ? value < than : value > than;
  }

  /** Whether a value is nearer the end than one of another column of its kind. */
  boolean better(SlotColumn column, int row, SlotColumn than, int place) {
    int order = compare(column, row, than, place);
    return this == LEAST ? order < 0 : order > 0;
  }

  static int compare(SlotColumn a, int row, SlotColumn b, int place) {
    return switch (a.kind) {
      case WHOLE -> Long.compare(a.wholes[row], b.wholes[place]);
      case REAL -> Double.compare(a.reals[row], b.reals[place]);
      case OBJECT -> a.decimal(row).compareTo(b.decimal(place));
      case EVERY, MARK, FLAG -> throw new IllegalStateException("no numbers are held");
    };
  }

  /** A row's value as a long of the same order; not of a decimal. */
  static long ordered(SlotColumn slot, int row) {
    return slot.kind == SlotKind.WHOLE ? slot.wholes[row] : ordered(slot.reals[row]);
  }

  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static double real(long ordered) {
    return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE));
  }

  static void answer(SlotKind kind, long ordered, Answer answer) {
    if (kind == SlotKind.WHOLE) {
      answer.whole(ordered);
    } else {
      answer.real(real(ordered));
    }
  }

  /** The stored form: as in a row, but that floats are longs of their order. */
  static void write(Type type, SlotColumn column, int row, ByteSink out) {
    if (column.kind == SlotKind.REAL) {
      out.eightBytes(ordered(column.reals[row]));
    } else {
      ValueCodec.write(type, column, row, out);
    }
  }

  static void read(Type type, ByteSource in, SlotColumn column, int row) {
    if (column.kind == SlotKind.REAL) {
      column.reals[row] = real(in.eightBytes());
    } else {
      ValueCodec.read(type, in, column, row);
    }
  }
}
