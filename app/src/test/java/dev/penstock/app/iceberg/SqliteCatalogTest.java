package dev.penstock.app.iceberg;

import dev.penstock.lake.CatalogDatabase;

class SqliteCatalogTest extends CatalogContract {
  @Override
  CatalogDatabase database() {
    return CatalogDatabase.sqlite(warehouse);
  }
}
