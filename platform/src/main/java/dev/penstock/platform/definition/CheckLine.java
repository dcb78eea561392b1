package dev.penstock.platform.definition;

import dev.penstock.data.Place;
import java.util.List;

/**
 * One line of {@code checks}: a measure of many rows and the range it must be in, such as {@code
 * mean(delay) BETWEEN -30 AND 60} or {@code row_count >= 1000}.
 *
 * @param measure the name of the measure: {@code row_count}, {@code mean}, ...
 * @param arguments SQL expressions
 * @param low inclusive or not as {@code lowIncluded} says; negative infinity when unbounded
 * @param high inclusive or not as {@code highIncluded} says; infinity when unbounded
 * @param warnOnly whether breaking it is said but not acted upon
 */
public record CheckLine(
    Written measure,
    List<Written> arguments,
    double low,
    boolean lowIncluded,
    double high,
    boolean highIncluded,
    boolean warnOnly,
    String text,
    Place place) {
  public CheckLine {
    arguments = List.copyOf(arguments);
  }

  public boolean holds(double value) {
    return (lowIncluded ? value >= low : value > low)
        && (highIncluded ? value <= high : value < high);
  }
}
