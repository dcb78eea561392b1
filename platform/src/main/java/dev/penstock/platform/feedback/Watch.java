package dev.penstock.platform.feedback;

import dev.penstock.data.Span;
import dev.penstock.platform.definition.MonitorDefinition;
import dev.penstock.platform.definition.Project;
import dev.penstock.platform.definition.Written;
import dev.penstock.quality.DriftBounds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a model is watched: as its monitor says, or as a monitor without a word would.
 *
 * @param monitor the monitor's name; null when the model has none
 * @param reference the dataset that drift is measured against; null for the one it was trained on
 * @param features the columns that are watched; none for all
 * @param every how much of time one verdict is about
 */
public record Watch(
    @Nullable String monitor,
    @Nullable String reference,
    List<String> features,
    Span every,
    DriftBounds bounds) {
  private static final Watch DEFAULT =
      new Watch(null, null, List.of(), MonitorDefinition.DEFAULT_EVERY, DriftBounds.DEFAULT);

  public Watch {
    features = List.copyOf(features);
  }

  /** Of several monitors of a model, the first in the order of the project. */
  static Watch of(Project project, String model) {
    return project.definitions(MonitorDefinition.class).stream()
        .filter(monitor -> monitor.target().text().equals(model))
        .findFirst()
        .map(Watch::of)
        .orElse(DEFAULT);
  }

  private static Watch of(MonitorDefinition monitor) {
    Written reference = monitor.reference();
    return new Watch(
        monitor.name(),
        reference == null ? null : reference.text(),
        monitor.features().stream().map(Written::text).toList(),
        monitor.every(),
        new DriftBounds(monitor.warn(), monitor.fail(), monitor.minRows()));
  }

  boolean covers(String feature) {
    return features.isEmpty() || features.contains(feature);
  }
}
