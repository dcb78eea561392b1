package dev.penstock.lake.rest;

import java.nio.file.Path;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.view.ViewCatalogTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's tests of a view catalog with all that they can ask, the empty namespace too. */
class NamedViewTest extends ViewCatalogTests<NamedCatalog> {
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
  protected Catalog tableCatalog() {
    return catalog.names();
  }

  @Override
  protected String viewLocation(String... paths) {
    return "file:" + warehouse + "/views/" + String.join("/", paths);
  }

  @Override
  protected boolean requiresNamespaceCreate() {
    return true;
  }

  @Override
  protected boolean supportsEmptyNamespace() {
    return true;
  }
}
