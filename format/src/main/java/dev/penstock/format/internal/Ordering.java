package dev.penstock.format.internal;

import java.math.BigDecimal;

/** The order of values in conditions and statistics. */
public final class Ordering {
  private Ordering() {}

  /**
   * Compares values as {@link dev.penstock.data.Column#value} gives them: numbers by value whatever
   * their types (−0 equals 0), strings by their code points as their UTF-8 bytes would.
   */
  public static int compare(Object a, Object b) {
    if (a instanceof String first && b instanceof String second) {
      return compareStrings(first, second);
    } else if (a instanceof Boolean first && b instanceof Boolean second) {
      return Boolean.compare(first, second);
    } else if (a instanceof Number first && b instanceof Number second) {
      if (isInteger(first) && isInteger(second)) {
        return Long.compare(first.longValue(), second.longValue());
      } else if (first instanceof BigDecimal || second instanceof BigDecimal) {
        return decimal(first).compareTo(decimal(second));
      }
      return compareDoubles(first, second);
    }
    throw new IllegalArgumentException(
        "cannot compare " + a.getClass().getSimpleName() + " and " + b.getClass().getSimpleName());
  }

  /** The order of the strings' UTF-8 bytes, which that of Java's chars is not. */
  public static int compareStrings(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char first = a.charAt(i);
      char second = b.charAt(i);
      if (first != second) {
        boolean firstIsPair = Character.isSurrogate(first);
        boolean secondIsPair = Character.isSurrogate(second);
        return firstIsPair == secondIsPair ? first - second : firstIsPair ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  private static int compareDoubles(Number a, Number b) {
    // An integer that no double equals is compared exactly.
    if (isInteger(a) != isInteger(b)
        && !Double.isNaN(a.doubleValue())
        && !Double.isNaN(b.doubleValue())
        && !Double.isInfinite(a.doubleValue())
        && !Double.isInfinite(b.doubleValue())) {
      return decimal(a).compareTo(decimal(b));
    }
    return Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0);
  }

  private static boolean isInteger(Number number) {
    return number instanceof Long || number instanceof Integer;
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof BigDecimal decimal
        ? decimal
        : isInteger(number)
            ? BigDecimal.valueOf(number.longValue())
            : new BigDecimal(number.doubleValue());
  }
}
