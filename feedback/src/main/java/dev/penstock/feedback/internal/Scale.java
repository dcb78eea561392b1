package dev.penstock.feedback.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to places in a drawing.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}
 */
record Scale(double low, double high, double from, double to) {

  /** A scale that holds these values, with round ends. */
  static Scale around(double low, double high, double from, double to) {
    double step = step(Math.max(high - low, 1e-9) / 4);
    double start = Math.floor(low / step + 1e-9) * step;
    double end = Math.ceil(high / step - 1e-9) * step;
    return new Scale(start, end > start ? end : start + step, from, to);
  }

  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** Round values, about as many as {@code wanted}. */
  List<Double> ticks(int wanted) {
    double step = step((high - low) / wanted);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** How many digits the ticks need. */
  int digits(int wanted) {
    double step = step((high - low) / wanted);
    return (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  }

  /** The smallest of 1, 2, 5 times a power of ten that is not below {@code rough}. */
  private static double step(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= rough * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
