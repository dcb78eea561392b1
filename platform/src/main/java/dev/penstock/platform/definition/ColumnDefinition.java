package dev.penstock.platform.definition;

import dev.penstock.data.Field;
import dev.penstock.data.Place;

/** A column as a contract, entity or request declares it: {@code delay: int64 not null}. */
public record ColumnDefinition(Field field, String description, Place place) {
  public String name() {
    return field.name();
  }
}
