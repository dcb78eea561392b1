package dev.penstock.app.iceberg;

import dev.penstock.lake.CatalogDatabase;
import java.nio.file.Path;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.view.ViewCatalogTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's tests of a view catalog, over HTTP. */
class EveryNameViewTest extends ViewCatalogTests<RESTCatalog> {
  @TempDir Path warehouse;
  @TempDir Path chosen;
  private CatalogServer server;
  private RESTCatalog catalog;

  @BeforeEach
  void start() {
    server = CatalogServer.start(CatalogDatabase.sqlite(warehouse), warehouse, chosen);
    catalog = server.client("kit", CatalogServer.KIT_DEFAULTS);
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
  protected String viewLocation(String... paths) {
    return "file:" + chosen + "/views/" + String.join("/", paths);
  }

  @Override
  protected Catalog tableCatalog() {
    return catalog;
  }

  @Override
  protected boolean requiresNamespaceCreate() {
    return true;
  }

  @Override
  protected boolean supportsServerSideRetry() {
    return true;
  }
}
