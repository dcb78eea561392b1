package dev.penstock.platform.compiled;

import dev.penstock.platform.definition.ModelDefinition;
import java.util.List;

/**
 * A model, checked.
 *
 * @param features the columns {@code view__feature} it learns from, in the service's order
 */
public record CompiledModel(
    ModelDefinition definition, CompiledDataset dataset, List<String> features) {
  public CompiledModel {
    features = List.copyOf(features);
  }

  public String name() {
    return definition.name();
  }
}
