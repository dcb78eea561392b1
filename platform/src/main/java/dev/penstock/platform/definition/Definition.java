package dev.penstock.platform.definition;

import dev.penstock.data.Place;

/** One document of a project: names are unique within it, whatever the kind. */
public sealed interface Definition
    permits EntityDefinition,
        SourceDefinition,
        TransformDefinition,
        FeatureViewDefinition,
        OnDemandViewDefinition,
        FeatureServiceDefinition,
        DatasetDefinition,
        ModelDefinition,
        MonitorDefinition {
  Kind kind();

  About about();

  default String name() {
    return about().name();
  }

  default Place place() {
    return about().place();
  }
}
