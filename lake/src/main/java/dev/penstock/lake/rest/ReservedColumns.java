package dev.penstock.lake.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.rest.responses.LoadTableResponse;

/**
 * Shows the columns of Penstock's own tables whose names engines keep for what they know of a row
 * ({@code _partition}) under names that they read. Files are read by field ids, and nobody but
 * Penstock commits to these tables, so a name is only a name.
 */
final class ReservedColumns {
  private static final String PREFIX = "_log";

  private ReservedColumns() {}

  static JsonNode renamed(LoadTableResponse response) {
    JsonNode table = Json.tree(response);
    for (JsonNode schema : table.path("metadata").path("schemas")) {
      for (JsonNode field : schema.path("fields")) {
        String name = field.path("name").textValue();
        if (name != null && MetadataColumns.isMetadataColumn(name)) {
          ((ObjectNode) field).put("name", PREFIX + name);
        }
      }
    }
    return table;
  }
}
