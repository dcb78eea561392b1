package dev.penstock.platform.definition;

import dev.penstock.data.Place;
import dev.penstock.quality.Bound;
import dev.penstock.quality.Severity;
import java.util.List;

/**
 * One line of {@code checks}: a measure of many rows and the range it must be in, such as {@code
 * mean(delay) BETWEEN -30 AND 60} or {@code row_count >= 1000}.
 *
 * @param measure the name of the measure: {@code row_count}, {@code mean}, ...
 * @param arguments SQL expressions
 */
public record CheckLine(
    Written measure,
    List<Written> arguments,
    Bound bound,
    Severity severity,
    String text,
    Place place) {
  public CheckLine {
    arguments = List.copyOf(arguments);
  }
}
