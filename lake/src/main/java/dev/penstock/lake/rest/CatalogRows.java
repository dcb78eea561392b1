package dev.penstock.lake.rest;

import dev.penstock.lake.CatalogDatabase;
import dev.penstock.lake.internal.Names;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;

/** What we ask the JDBC catalog's tables ourselves. Identifiers are as stored. */
final class CatalogRows {
  private static final String ONE =
      " FROM iceberg_tables WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?";

  private final Connections connections;

  CatalogRows(Connections connections) {
    this.connections = connections;
  }

  /** Makes the tables that are ours, if they are not there. */
  void create() {
    IdempotencyKeys.create(connections);
    connections.ask(
        connection -> {
          execute(
              connection,
              "CREATE TABLE IF NOT EXISTS penstock_structure"
                  + " (id INTEGER PRIMARY KEY, changes BIGINT NOT NULL)");
          return execute(
              connection,
              "INSERT INTO penstock_structure (id, changes) VALUES (1, 0) ON CONFLICT DO NOTHING");
        });
  }

  /**
   * Waits until no other transaction is making, dropping or moving tables and namespaces, and keeps
   * others from it until this one ends. What is checked after this stays true.
   */
  void holdStructure() {
    connections.ask(
        connection ->
            execute(
                connection, "UPDATE penstock_structure SET changes = changes + 1 WHERE id = 1"));
  }

  /** The metadata file of a table or view now. */
  Optional<String> metadataLocation(TableIdentifier stored) {
    return connections.ask(
        connection -> {
          List<String> found =
              texts(connection, "SELECT metadata_location" + ONE, key(stored, false));
          return found.stream().findFirst();
        });
  }

  /** The metadata files of all tables and views but one. */
  List<String> otherMetadataLocations(TableIdentifier stored) {
    return connections.ask(
        connection ->
            texts(
                connection,
                "SELECT metadata_location FROM iceberg_tables WHERE catalog_name = ?"
                    + " AND NOT (table_namespace = ? AND table_name = ?)",
                key(stored, false)));
  }

  /** Forgets a view; false when there is none. */
  boolean dropView(TableIdentifier stored) {
    return connections.ask(
            connection ->
                execute(connection, "DELETE" + ONE + " AND iceberg_type = ?", key(stored, true)))
        > 0;
  }

  private static String[] key(TableIdentifier stored, boolean view) {
    String namespace = Names.row(stored.namespace());
    return view
        ? new String[] {CatalogDatabase.CATALOG, namespace, stored.name(), "VIEW"}
        : new String[] {CatalogDatabase.CATALOG, namespace, stored.name()};
  }

  private static List<String> texts(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  /** Runs a statement that changes rows, and says how many. */
  static int execute(Connection connection, String sql, String... values) throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, String... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
    return statement;
  }
}
