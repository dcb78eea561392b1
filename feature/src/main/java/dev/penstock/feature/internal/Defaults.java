package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;

/** Gives what stands in place of null. */
final class Defaults {
  private Defaults() {}

  /** Gives the aggregate's default, if it has one; by category, only a category has one. */
  static boolean give(Aggregate aggregate, Answer answer) {
    Object otherwise = aggregate.by() == null ? aggregate.otherwise() : null;
    if (otherwise instanceof Integer || otherwise instanceof Long) {
      answer.whole(((Number) otherwise).longValue());
    } else if (otherwise instanceof Float || otherwise instanceof Double) {
      answer.real(((Number) otherwise).doubleValue());
    } else if (otherwise instanceof Boolean flag) {
      answer.flag(flag);
    } else if (otherwise != null) {
      answer.object(otherwise);
    }
    return otherwise != null;
  }
}
