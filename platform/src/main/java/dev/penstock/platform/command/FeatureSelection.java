package dev.penstock.platform.command;

import java.util.List;

/** Which features are asked for: all of a service, or some by reference. */
public sealed interface FeatureSelection {
  /** Everything the service lists. */
  record Service(String name) implements FeatureSelection {}

  /** {@code view:feature} each, in the order of the answer. */
  record References(List<String> references) implements FeatureSelection {
    public References {
      references = List.copyOf(references);
    }
  }
}
