package dev.penstock.feature.internal;

import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Compares answers to the bit. */
final class Answers {
  private Answers() {}

  /** Fails at the first feature whose status or value is not the twin's. */
  static void check(
      FeatureView view,
      String path,
      Case.Query query,
      List<FeatureValue> expected,
      List<FeatureValue> actual) {
    for (int f = 0; f < view.features().size(); f++) {
      Feature feature = view.features().get(f);
      FeatureValue value = actual.get(f);
      if (expected.get(f).status() != value.status()
          || !sameBits(expected.get(f).value(), value.value())) {
        throw new AssertionError(
            path
                + (", " + query + ": " + feature.text())
                + (" is " + text(value.value()) + " " + value.status())
                + (", the twin says " + text(expected.get(f).value()))
                + (" " + expected.get(f).status()));
      }
    }
  }

  static String text(Object value) {
    return value instanceof float[] vector
        ? Arrays.toString(vector)
        : value instanceof byte[] bytes
            ? Arrays.toString(bytes)
            : value instanceof String text ? "'" + text + "'" : String.valueOf(value);
  }

  static boolean sameBits(Object a, Object b) {
    if (a instanceof Double x && b instanceof Double y) {
      return Double.doubleToRawLongBits(x) == Double.doubleToRawLongBits(y);
    } else if (a instanceof Float x && b instanceof Float y) {
      return Float.floatToRawIntBits(x) == Float.floatToRawIntBits(y);
    } else if (a instanceof float[] x && b instanceof float[] y) {
      return x.length == y.length
          && IntStream.range(0, x.length)
              .allMatch(i -> Float.floatToRawIntBits(x[i]) == Float.floatToRawIntBits(y[i]));
    } else if (a instanceof byte[] x && b instanceof byte[] y) {
      return Arrays.equals(x, y);
    }
    return a == null ? b == null : a.equals(b);
  }
}
