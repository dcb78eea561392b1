package dev.penstock.lake.rest;

import dev.penstock.lake.CatalogDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The catalog as the routes have it, with the properties of a test. */
record OpenCatalog(NamedCatalog names, SqlCatalog stored) implements AutoCloseable {
  static OpenCatalog in(Path warehouse, Map<String, String> properties) {
    RestSettings settings =
        new RestSettings(CatalogDatabase.sqlite(warehouse), warehouse, "shop", List.of());
    Connections connections = Connections.to(settings.database());
    CatalogRows rows = new CatalogRows(connections);
    Locations locations = new Locations(settings, rows);
    SqlCatalog stored =
        SqlCatalog.over(connections, rows, locations, new Bounds("shop", locations));
    Map<String, String> all = new HashMap<>(properties);
    all.putAll(settings.database().properties(locations.warehouse(), 1));
    stored.initialize(CatalogDatabase.CATALOG, all);
    return new OpenCatalog(new NamedCatalog(stored), stored);
  }

  /** The properties with which Iceberg's tests have tables and views made. */
  static Map<String, String> defaults() {
    return Map.ofEntries(
        Map.entry("table-default.default-key1", "catalog-default-key1"),
        Map.entry("table-default.default-key2", "catalog-default-key2"),
        Map.entry("table-default.override-key3", "catalog-default-key3"),
        Map.entry("table-override.override-key3", "catalog-override-key3"),
        Map.entry("table-override.override-key4", "catalog-override-key4"),
        Map.entry("view-default.key1", "catalog-default-key1"),
        Map.entry("view-default.key2", "catalog-default-key2"),
        Map.entry("view-default.key3", "catalog-default-key3"),
        Map.entry("view-override.key3", "catalog-override-key3"),
        Map.entry("view-override.key4", "catalog-override-key4"));
  }

  @Override
  public void close() {
    stored.close();
  }
}
