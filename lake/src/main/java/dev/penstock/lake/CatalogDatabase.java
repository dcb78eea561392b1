package dev.penstock.lake;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;

/**
 * Where it is written down which tables there are, and which metadata file each has now: a SQLite
 * file beside the tables, or a PostgreSQL database that several processes share.
 *
 * @param url a JDBC URL
 * @param user empty where the URL says it, or nobody needs to
 */
public record CatalogDatabase(String url, String user, String password) {
  /** The name under which all tables of a project are catalogued. */
  public static final String CATALOG = "penstock";

  private static final String FILE = "catalog.db";
  private static final int BUSY_MILLIS = 30_000;

  /** The file in a warehouse. A transaction holds the file from its first statement on. */
  public static CatalogDatabase sqlite(Path warehouse) {
    return new CatalogDatabase(
        "jdbc:sqlite:"
            + warehouse.toAbsolutePath().normalize().resolve(FILE)
            + "?journal_mode=WAL&synchronous=FULL&transaction_mode=IMMEDIATE"
            + "&case_sensitive_like=true&busy_timeout="
            + BUSY_MILLIS,
        "",
        "");
  }

  /** The properties with which Iceberg's JDBC catalog opens it. */
  public Map<String, String> properties(String warehouse, int connections) {
    Map<String, String> properties = new HashMap<>();
    properties.put(CatalogProperties.URI, url);
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse);
    properties.put(CatalogProperties.CLIENT_POOL_SIZE, Integer.toString(connections));
    properties.put("jdbc.schema-version", "V1");
    if (!user.isEmpty()) {
      properties.put("jdbc.user", user);
      properties.put("jdbc.password", password);
    }
    return properties;
  }

  /** Shows no secret: a URL may hold a password. */
  @Override
  public String toString() {
    return url.startsWith("jdbc:sqlite:") ? "SQLite" : "a database server";
  }
}
