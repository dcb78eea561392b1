package dev.penstock.platform.definition;

import java.util.List;

/** A thing that has features, and the columns that name one of it. */
public record EntityDefinition(About about, List<ColumnDefinition> keys) implements Definition {
  public EntityDefinition {
    keys = List.copyOf(keys);
  }

  @Override
  public Kind kind() {
    return Kind.ENTITY;
  }
}
