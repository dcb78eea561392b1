package dev.penstock.app.iceberg;

import dev.penstock.lake.CatalogDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.catalog.CatalogTests;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Iceberg's tests of a table catalog with names that its kit leaves out: nested, with dots, with
 * slashes. Its client refuses the empty namespace by itself; see {@code NamedTableTest}.
 */
class EveryNameTableTest extends CatalogTests<RESTCatalog> {
  @TempDir Path warehouse;
  private CatalogServer server;
  private RESTCatalog catalog;

  @BeforeEach
  void start() {
    server = CatalogServer.start(CatalogDatabase.sqlite(warehouse), warehouse);
    catalog = initCatalog("kit", Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    catalog.close();
    server.close();
  }

  @Override
  protected RESTCatalog catalog() {
    return catalog;
  }

  @Override
  protected RESTCatalog initCatalog(String name, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(CatalogServer.KIT_DEFAULTS);
    all.putAll(properties);
    return server.client(name, all);
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
  protected boolean supportsServerSideRetry() {
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
}
