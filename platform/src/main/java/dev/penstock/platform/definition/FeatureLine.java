package dev.penstock.platform.definition;

import dev.penstock.data.Place;
import dev.penstock.feature.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a view's features: {@code percentile(delay, 0.9) as delay_p90 where (distance > 0)
 * over 3h, 24h} makes {@code delay_p90_3h} and {@code delay_p90_24h}.
 *
 * @param arguments SQL expressions; the last one of a percentile is its share
 * @param by what there is one value for each of; null: one value for all rows
 * @param where which rows count; null: all of the view
 * @param otherwise the value in place of null; null without one
 * @param windows empty when none is written, which is a lifetime and allowed over dimensions only
 * @param place of the line
 */
public record FeatureLine(
    Written function,
    List<Written> arguments,
    Written name,
    @Nullable Written by,
    @Nullable Written where,
    @Nullable Written otherwise,
    List<WrittenWindow> windows,
    Place place) {
  public FeatureLine {
    arguments = List.copyOf(arguments);
    windows = List.copyOf(windows);
  }

  /**
   * A window.
   *
   * @param name what it is called in the feature's name: as it is written, with underscores for the
   *     spaces and without the zone
   */
  public record WrittenWindow(String name, Window window, Place place) {}

  /** The names of the features this line makes, one per window. */
  public List<String> featureNames() {
    return windows.isEmpty()
        ? List.of(name.text())
        : windows.stream().map(window -> name.text() + "_" + window.name()).toList();
  }
}
