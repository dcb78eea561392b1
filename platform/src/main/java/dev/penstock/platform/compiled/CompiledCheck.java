package dev.penstock.platform.compiled;

import dev.penstock.data.Expression;
import dev.penstock.platform.definition.CheckLine;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A check of many rows, compiled.
 *
 * @param argument what is measured of each row; null for the number of rows
 */
public record CompiledCheck(CheckLine line, Measure measure, @Nullable Expression argument) {
  /** What can be measured of many rows. Null arguments are skipped but by {@code NULL_SHARE}. */
  public enum Measure {
    ROW_COUNT,
    NULL_SHARE,
    SHARE,
    MEAN,
    MIN,
    MAX;

    public static Optional<Measure> named(String name) {
      return Arrays.stream(values()).filter(value -> value.toString().equals(name)).findFirst();
    }

    public static List<String> names() {
      return Arrays.stream(values()).map(Measure::toString).toList();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
