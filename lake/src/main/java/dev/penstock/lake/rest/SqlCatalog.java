package dev.penstock.lake.rest;

import dev.penstock.lake.internal.LocalFileIo;
import dev.penstock.lake.internal.Names;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.view.View;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;
import org.apache.iceberg.view.ViewOperations;
import org.jspecify.annotations.Nullable;

/**
 * Iceberg's JDBC catalog, over our connections and files, with every commit within bounds. Names
 * are as stored.
 */
final class SqlCatalog extends JdbcCatalog {
  private static final String LOCATION = "location";

  private final CatalogRows rows;
  private final Locations locations;
  private final Bounds bounds;
  private final CatalogFiles files;

  private SqlCatalog(
      Connections connections,
      CatalogRows rows,
      Locations locations,
      Bounds bounds,
      CatalogFiles files) {
    super(properties -> files, properties -> connections, true);
    this.rows = rows;
    this.locations = locations;
    this.bounds = bounds;
    this.files = files;
  }

  /** The catalog, to be initialized. */
  static SqlCatalog over(
      Connections connections, CatalogRows rows, Locations locations, Bounds bounds) {
    return new SqlCatalog(
        connections, rows, locations, bounds, new CatalogFiles(locations, connections));
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier stored) {
    return new BoundTable(stored, super.newTableOps(stored), bounds);
  }

  @Override
  protected ViewOperations newViewOps(TableIdentifier stored) {
    return new BoundView(stored, super.newViewOps(stored), bounds);
  }

  @Override
  protected String defaultWarehouseLocation(TableIdentifier stored) {
    Map<String, String> namespace =
        namespaceExists(stored.namespace()) ? loadNamespaceMetadata(stored.namespace()) : Map.of();
    return locations.free(stored, namespace.get(LOCATION));
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(Namespace stored) {
    Map<String, String> properties = new HashMap<>(super.loadNamespaceMetadata(stored));
    String usual =
        stored.isEmpty()
            ? locations.warehouse()
            : locations.warehouse() + "/" + String.join("/", stored.levels());
    if (usual.equals(properties.get(LOCATION))) {
      properties.put(LOCATION, LocalFileIo.location(locations.folder(Names.meant(stored))));
    }
    return properties;
  }

  /** Not the inherited one: that deletes the view's metadata before the commit. */
  @Override
  public boolean dropView(TableIdentifier stored) {
    ViewMetadata last = lastMetadata(stored);
    boolean dropped = rows.dropView(stored);
    if (dropped && last != null) {
      CatalogUtil.dropViewMetadata(files, last);
    }
    return dropped;
  }

  private @Nullable ViewMetadata lastMetadata(TableIdentifier stored) {
    try {
      return newViewOps(stored).current();
    } catch (NoSuchViewException | NotFoundException e) {
      // A view without its metadata is of no use, and can be dropped all the same.
      return null;
    }
  }

  /** Not the inherited one: that takes the view's operations for those of its own class. */
  @Override
  public View registerView(TableIdentifier stored, String metadataFile) {
    if (viewExists(stored)) {
      throw new AlreadyExistsException("View already exists: %s", stored);
    }
    if (tableExists(stored)) {
      throw new AlreadyExistsException("Table with same name already exists: %s", stored);
    }
    newViewOps(stored).commit(null, ViewMetadataParser.read(files.newInputFile(metadataFile)));
    return loadView(stored);
  }

  /** The files of a table that is to be purged; none outside of it can be deleted by these. */
  FileIO filesBelow(String tableLocation) {
    return files.below(tableLocation);
  }
}
