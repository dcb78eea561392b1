package dev.penstock.lake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * A table of any namespace, as the catalog's database has it.
 *
 * @param namespace as it is stored
 * @param table its name there
 */
record CataloguedTable(String namespace, String table, String metadataLocation) {
  private static final String ALL =
      "SELECT table_namespace, table_name, metadata_location FROM iceberg_tables"
          + " WHERE catalog_name = ? AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL)"
          + " ORDER BY table_namespace, table_name";

  /** Every table there is; views have no files but their metadata. */
  static List<CataloguedTable> all(CatalogDatabase database) {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(ALL)) {
      statement.setString(1, CatalogDatabase.CATALOG);
      List<CataloguedTable> tables = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          tables.add(new CataloguedTable(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
      }
      return tables;
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, "The catalog's database: %s", e.getMessage());
    }
  }

  String name() {
    return namespace + "." + table;
  }
}
