package dev.penstock.quality;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;

/** The order of a column's values, and which types have one. */
final class Values {
  private Values() {}

  /** Whether values of the type are compared and told apart: not binary ones, not vectors. */
  static boolean comparable(Type type) {
    return type != Scalar.BINARY && !(type instanceof Type.Vector);
  }

  /** Compares two values of one column; strings by code points, as their UTF-8 bytes would be. */
  static int compare(Object a, Object b) {
    if (a instanceof String left && b instanceof String right) {
      return compareCodePoints(left, right);
    } else if (a instanceof Long left && b instanceof Long right) {
      return left.compareTo(right);
    } else if (a instanceof Double left && b instanceof Double right) {
      return left.compareTo(right);
    } else if (a instanceof BigDecimal left && b instanceof BigDecimal right) {
      return left.compareTo(right);
    } else if (a instanceof Boolean left && b instanceof Boolean right) {
      return left.compareTo(right);
    }
    throw new IllegalArgumentException(a.getClass() + " and " + b.getClass());
  }

  private static int compareCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        // A surrogate stands for a code point above all that are one char.
        boolean leftHigh = Character.isSurrogate(left);
        return leftHigh == Character.isSurrogate(right)
            ? Character.compare(left, right)
            : leftHigh ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
