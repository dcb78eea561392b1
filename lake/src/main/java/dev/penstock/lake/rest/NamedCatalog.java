package dev.penstock.lake.rest;

import dev.penstock.lake.internal.Names;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.view.View;
import org.apache.iceberg.view.ViewBuilder;

/** The catalog with names as they are meant: any level of a namespace may have dots and slashes. */
final class NamedCatalog implements Catalog, ViewCatalog, SupportsNamespaces, Closeable {
  private final SqlCatalog catalog;

  NamedCatalog(SqlCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public String name() {
    return catalog.name();
  }

  @Override
  public void initialize(String name, Map<String, String> properties) {
    throw new UnsupportedOperationException("Is initialized");
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    return catalog.listTables(Names.stored(namespace)).stream().map(Names::meant).toList();
  }

  @Override
  public boolean tableExists(TableIdentifier table) {
    return catalog.tableExists(Names.stored(table));
  }

  @Override
  public Table loadTable(TableIdentifier table) {
    return catalog.loadTable(Names.stored(table));
  }

  @Override
  public TableBuilder buildTable(TableIdentifier table, Schema schema) {
    requireNamespace(table.namespace());
    return catalog.buildTable(Names.stored(table), schema);
  }

  @Override
  public Table registerTable(TableIdentifier table, String metadataFile) {
    requireNamespace(table.namespace());
    return catalog.registerTable(Names.stored(table), metadataFile);
  }

  @Override
  public boolean dropTable(TableIdentifier table, boolean purge) {
    return catalog.dropTable(Names.stored(table), purge);
  }

  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    catalog.renameTable(Names.stored(from), Names.stored(to));
  }

  @Override
  public List<TableIdentifier> listViews(Namespace namespace) {
    return catalog.listViews(Names.stored(namespace)).stream().map(Names::meant).toList();
  }

  @Override
  public boolean viewExists(TableIdentifier view) {
    return catalog.viewExists(Names.stored(view));
  }

  @Override
  public View loadView(TableIdentifier view) {
    return catalog.loadView(Names.stored(view));
  }

  @Override
  public ViewBuilder buildView(TableIdentifier view) {
    requireNamespace(view.namespace());
    return catalog.buildView(Names.stored(view));
  }

  @Override
  public View registerView(TableIdentifier view, String metadataFile) {
    requireNamespace(view.namespace());
    return catalog.registerView(Names.stored(view), metadataFile);
  }

  @Override
  public boolean dropView(TableIdentifier view) {
    return catalog.dropView(Names.stored(view));
  }

  @Override
  public void renameView(TableIdentifier from, TableIdentifier to) {
    catalog.renameView(Names.stored(from), Names.stored(to));
  }

  @Override
  public void createNamespace(Namespace namespace, Map<String, String> properties) {
    catalog.createNamespace(Names.stored(namespace), properties);
  }

  @Override
  public List<Namespace> listNamespaces(Namespace parent) {
    return catalog.listNamespaces(Names.stored(parent)).stream().map(Names::meant).toList();
  }

  @Override
  public boolean namespaceExists(Namespace namespace) {
    return catalog.namespaceExists(Names.stored(namespace));
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(Namespace namespace) {
    return catalog.loadNamespaceMetadata(Names.stored(namespace));
  }

  @Override
  public boolean dropNamespace(Namespace namespace) {
    return catalog.dropNamespace(Names.stored(namespace));
  }

  @Override
  public boolean setProperties(Namespace namespace, Map<String, String> properties) {
    return catalog.setProperties(Names.stored(namespace), properties);
  }

  @Override
  public boolean removeProperties(Namespace namespace, Set<String> properties) {
    return catalog.removeProperties(Names.stored(namespace), properties);
  }

  @Override
  public void close() {
    catalog.close();
  }

  private void requireNamespace(Namespace namespace) {
    if (!namespaceExists(namespace)) {
      throw new NoSuchNamespaceException("Namespace does not exist: %s", namespace);
    }
  }
}
