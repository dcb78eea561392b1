package dev.penstock.feature.internal;

/** Takes one feature's value, in the form its aggregate has it. */
interface Answer {
  /** An integer, date or timestamp. */
  void whole(long value);

  /** A float. */
  void real(double value);

  void flag(boolean value);

  void object(Object value);

  /** There is nothing to make a value of. */
  void nothing();

  /** The value is out of its type's range. */
  void error();
}
