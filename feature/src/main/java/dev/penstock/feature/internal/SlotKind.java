package dev.penstock.feature.internal;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;

/** How the values of an aggregate's argument are held. */
enum SlotKind {
  /** No argument and no condition: every row counts. */
  EVERY,
  /** Whether a row counts is all that is asked. */
  MARK,
  /** Booleans. */
  FLAG,
  /** Whole numbers of up to 64 bits: integers, dates, timestamps. */
  WHOLE,
  /** Floats, as doubles. */
  REAL,
  /** Strings, bytes, decimals, vectors. */
  OBJECT;

  static SlotKind of(Type type) {
    if (!(type instanceof Scalar scalar)) {
      return OBJECT;
    }
    return switch (scalar) {
      case BOOLEAN -> FLAG;
      case INT32, INT64, DATE, TIMESTAMP, LOCAL_TIMESTAMP -> WHOLE;
      case FLOAT32, FLOAT64 -> REAL;
      case STRING, BINARY -> OBJECT;
    };
  }
}
