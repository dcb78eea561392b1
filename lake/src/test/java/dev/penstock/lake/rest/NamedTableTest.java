package dev.penstock.lake.rest;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.catalog.CatalogTests;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's tests of a table catalog with all that they can ask, the empty namespace too. */
class NamedTableTest extends CatalogTests<NamedCatalog> {
  @TempDir Path warehouse;
  private OpenCatalog catalog;

  @BeforeEach
  void open() {
    catalog = OpenCatalog.in(warehouse, OpenCatalog.defaults());
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Override
  protected NamedCatalog catalog() {
    return catalog.names();
  }

  @Override
  protected NamedCatalog initCatalog(String name, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(OpenCatalog.defaults());
    all.putAll(properties);
    catalog.close();
    catalog = OpenCatalog.in(warehouse, all);
    return catalog.names();
  }

  @Override
  protected String baseTableLocation(TableIdentifier table) {
    return "file:" + warehouse + "/chosen/" + table.name();
  }

  @Override
  protected boolean requiresNamespaceCreate() {
    return true;
  }

  @Override
  protected boolean supportsNestedNamespaces() {
    return true;
  }

  @Override
  protected boolean supportsNamesWithDot() {
    return true;
  }

  @Override
  protected boolean supportsNamesWithSlashes() {
    return true;
  }

  @Override
  protected boolean supportsEmptyNamespace() {
    return true;
  }
}
