package dev.penstock.feature.internal;

import org.jspecify.annotations.Nullable;

/**
 * One form for floats that compare alike: −0 becomes 0, every NaN the one that Java writes. Values
 * are canonical from the moment they enter a view, so equal inputs give equal bits.
 */
final class Canonical {
  private static final long NAN = Double.doubleToRawLongBits(Double.NaN);

  private Canonical() {}

  static double of(double value) {
    // Adding 0 turns -0 into 0 and changes nothing else.
    return Double.isNaN(value) ? Double.NaN : value + 0.0;
  }

  private static float of(float value) {
    return Float.isNaN(value) ? Float.NaN : value + 0.0f;
  }

  /** The same array where all of it is canonical already. */
  static double[] of(double[] values) {
    boolean odd = false;
    for (double value : values) {
      long bits = Double.doubleToRawLongBits(value);
      odd |= bits == Long.MIN_VALUE || (Double.isNaN(value) && bits != NAN);
    }
    if (!odd) {
      return values;
    }
    double[] canonical = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      canonical[i] = of(values[i]);
    }
    return canonical;
  }

  static double[] widened(float[] values) {
    double[] canonical = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      canonical[i] = of((double) values[i]);
    }
    return canonical;
  }

  /** Vectors made canonical; every other object is already. */
  static @Nullable Object[] of(@Nullable Object[] values) {
    @Nullable Object[] canonical = values.clone();
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof float[] vector) {
        float[] elements = new float[vector.length];
        for (int j = 0; j < vector.length; j++) {
          elements[j] = of(vector[j]);
        }
        canonical[i] = elements;
      }
    }
    return canonical;
  }
}
