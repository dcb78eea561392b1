package dev.penstock.format;

import java.util.List;

/**
 * The ids by which a table knows its columns whatever they are called: one per field of a schema,
 * in its order. {@code elements} holds the id of a vector's elements, 0 for other columns.
 */
public record FieldIds(List<Integer> columns, List<Integer> elements) {
  public FieldIds {
    columns = List.copyOf(columns);
    elements = List.copyOf(elements);
    if (columns.size() != elements.size()) {
      throw new IllegalArgumentException(
          columns.size() + " columns but " + elements.size() + " elements");
    }
  }
}
