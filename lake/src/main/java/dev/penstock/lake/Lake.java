package dev.penstock.lake;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.lake.internal.IcebergSchemas;
import dev.penstock.lake.internal.LocalFileIo;
import dev.penstock.lake.internal.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * A project's tables: Iceberg (format v2) in a local folder, catalogued in a SQLite file beside
 * them or in a database that is shared. Thread-safe.
 */
public final class Lake implements AutoCloseable {
  private final JdbcCatalog catalog;
  private final Namespace namespace;
  private final CatalogDatabase database;
  private final Lock maintaining = new ReentrantLock();
  private final Map<String, LakeTable> tables = new HashMap<>();

  private Lake(JdbcCatalog catalog, CatalogDatabase database, Namespace namespace) {
    this.catalog = catalog;
    this.database = database;
    this.namespace = namespace;
  }

  /** Opens the lake in this folder, making it if there is none. */
  public static Lake open(Path warehouse, String project) {
    return open(warehouse, project, CatalogDatabase.sqlite(warehouse));
  }

  /**
   * The same, catalogued elsewhere.
   *
   * @throws PenstockException {@code PROJECT_LOCKED} if another process has the tables, {@code
   *     USAGE} if they are catalogued elsewhere or belong to others, {@code IO} if the database
   *     does not answer
   */
  public static Lake open(Path warehouse, String project, CatalogDatabase database) {
    Path folder = warehouse.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    requireSameCatalog(folder, database);
    JdbcCatalog catalog =
        new JdbcCatalog(
            properties -> new LocalFileIo(),
            database.isShared()
                ? properties ->
                    new OwnedConnection(database, new CatalogOwner(database, project, folder))
                : null,
            true);
    try {
      catalog.initialize(
          CatalogDatabase.CATALOG, database.properties(LocalFileIo.location(folder), 1));
      Namespace namespace = Namespace.of(project);
      if (!catalog.namespaceExists(namespace)) {
        catalog.createNamespace(namespace, Map.of());
      }
      return new Lake(catalog, database, namespace);
    } catch (RuntimeException e) {
      catalog.close();
      throw e;
    }
  }

  /** A state has its tables in one catalog, from the first command on. */
  private static void requireSameCatalog(Path folder, CatalogDatabase database) {
    boolean elsewhere =
        database.isShared()
            ? Files.exists(CatalogDatabase.sqliteFile(folder))
            : StateId.isKnown(folder);
    if (elsewhere) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "the tables of the state in "
              + folder
              + (database.isShared()
                  ? " are catalogued there, not in the database at " + database
                  : " are catalogued in a database, not there"),
          "take the environment that they were made with, or keep the other lake in another copy of"
              + " the project's folder without .penstock");
    }
  }

  public LakeTable create(String name, Schema schema) {
    return create(name, schema, Map.of());
  }

  /**
   * Creates a table without snapshots.
   *
   * @throws PenstockException {@code DEFINITION_DUPLICATE} if there is one
   */
  public synchronized LakeTable create(String name, Schema schema, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.put(TableProperties.FORMAT_VERSION, "2");
    all.put(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");
    all.put(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20");
    all.put(TableProperties.COMMIT_MIN_RETRY_WAIT_MS, "10");
    all.put(TableProperties.MANIFEST_MIN_MERGE_COUNT, Integer.toString(TableWrite.MANY_MANIFESTS));
    try {
      catalog.createTable(
          id(name), IcebergSchemas.of(schema), PartitionSpec.unpartitioned(), null, all);
    } catch (AlreadyExistsException e) {
      throw new PenstockException(
          ErrorCode.DEFINITION_DUPLICATE,
          null,
          "there is a table '" + name + "' already",
          "give one of them another name",
          e);
    }
    return table(name);
  }

  /**
   * The table of that name.
   *
   * @throws PenstockException {@code NOT_FOUND}
   */
  public synchronized LakeTable table(String name) {
    LakeTable known = tables.get(name);
    if (known == null) {
      try {
        known = new LakeTable(name, catalog.loadTable(id(name)), LakeTable.Writers.PENSTOCK);
        tables.put(name, known);
      } catch (NoSuchTableException e) {
        throw new PenstockException(
            ErrorCode.NOT_FOUND,
            null,
            "there is no table '" + name + "'",
            Suggestion.among(name, tables()),
            e);
      }
    }
    return known;
  }

  /**
   * A table of any namespace, to be read; those of others were made by engines through the catalog.
   *
   * @param levels of the namespace; empty for the project's
   * @throws PenstockException {@code NOT_FOUND}
   */
  public LakeTable table(List<String> levels, String name) {
    Namespace meant = Namespace.of(levels.toArray(String[]::new));
    if (levels.isEmpty() || meant.equals(namespace)) {
      return table(name);
    }
    TableIdentifier id = TableIdentifier.of(Names.stored(meant), name);
    try {
      return new LakeTable(meant + "." + name, catalog.loadTable(id), LakeTable.Writers.ANYBODY);
    } catch (NoSuchTableException e) {
      boolean exists = catalog.namespaceExists(id.namespace());
      throw new PenstockException(
          ErrorCode.NOT_FOUND,
          null,
          "there is no " + (exists ? "table '" + meant + "." + name : "namespace '" + meant) + "'",
          exists
              ? Suggestion.among(name, names(id.namespace()))
              : Suggestion.among(meant.toString(), namespaces()),
          e);
    }
  }

  /** The tables of other engines, by the levels of their namespaces. */
  public Map<List<String>, List<String>> others() {
    Map<List<String>, List<String>> others = new LinkedHashMap<>();
    others(Namespace.empty(), others);
    return others;
  }

  private void others(Namespace parent, Map<List<String>, List<String>> others) {
    for (Namespace stored : catalog.listNamespaces(parent)) {
      if (!stored.equals(namespace)) {
        others.put(List.of(Names.meant(stored).levels()), names(stored));
        others(stored, others);
      }
    }
  }

  private List<String> namespaces() {
    return catalog.listNamespaces().stream().map(Names::meant).map(Namespace::toString).toList();
  }

  private List<String> names(Namespace stored) {
    return catalog.listTables(stored).stream().map(TableIdentifier::name).sorted().toList();
  }

  public synchronized boolean exists(String name) {
    return tables.containsKey(name) || catalog.tableExists(id(name));
  }

  /** The names of all tables, sorted. */
  public List<String> tables() {
    return names(namespace);
  }

  /** Forgets a table; its files stay where they are. */
  public synchronized void drop(String name) {
    table(name);
    tables.remove(name);
    catalog.dropTable(id(name), false);
  }

  /**
   * Maintenance of these tables, by these rules.
   *
   * @param pins by table: snapshots that stay, each with the name of what needs it
   * @param nowMicros ages count back from here
   */
  public Maintenance maintenance(
      MaintenanceRules rules, Map<String, Map<Long, String>> pins, long nowMicros) {
    return new Maintenance(
        this, maintaining, () -> CataloguedTable.all(database), rules, pins, nowMicros);
  }

  String namespace() {
    return namespace.level(0);
  }

  private TableIdentifier id(String name) {
    return TableIdentifier.of(namespace, name);
  }

  @Override
  public void close() {
    catalog.close();
  }
}
