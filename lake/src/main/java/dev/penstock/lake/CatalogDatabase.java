package dev.penstock.lake;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.iceberg.CatalogProperties;
import org.jspecify.annotations.Nullable;

/**
 * Where it is written down which tables there are, and which metadata file each has now: a SQLite
 * file beside the tables, or a PostgreSQL database that several processes share.
 *
 * @param url a JDBC URL without secrets
 * @param settings of the connection: user and password among them
 */
public record CatalogDatabase(String url, Map<String, String> settings) {
  /** The name under which all tables of a project are catalogued. */
  public static final String CATALOG = "penstock";

  private static final String FILE = "catalog.db";
  private static final int BUSY_MILLIS = 30_000;
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql://";

  /** A log is let go once the lake has its rows, so a commit may not be lost by a crash after. */
  private static final String DURABLE =
      "SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') = 'off'";

  /** A server that is silent for so long is one that went away. */
  private static final String SILENT_SECONDS = "60";

  public CatalogDatabase {
    settings = Map.copyOf(settings);
  }

  /** The file in a warehouse. A transaction holds the file from its first statement on. */
  public static CatalogDatabase sqlite(Path warehouse) {
    return new CatalogDatabase(
        SQLITE
            + sqliteFile(warehouse.toAbsolutePath().normalize())
            + "?journal_mode=WAL&synchronous=FULL&transaction_mode=IMMEDIATE"
            + "&case_sensitive_like=true&busy_timeout="
            + BUSY_MILLIS,
        Map.of());
  }

  static Path sqliteFile(Path warehouse) {
    return warehouse.resolve(FILE);
  }

  /**
   * A database of PostgreSQL.
   *
   * @param text {@code jdbc:postgresql://HOST:PORT/DATABASE?user=…&password=…}, or {@code
   *     postgresql://USER:PASSWORD@HOST:PORT/DATABASE}, percent-encoded; further parameters are
   *     those of the JDBC driver
   * @throws PenstockException {@code DEFINITION_VALUE}, which does not repeat the text
   */
  public static CatalogDatabase of(String text) {
    URI uri = uri(text);
    if (uri == null
        || uri.getRawAuthority() == null
        || uri.getRawPath().length() < 2
        || uri.getRawFragment() != null) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE,
          "'lake.catalog' is no address of a PostgreSQL database",
          "write jdbc:postgresql://HOST:PORT/DATABASE, and beside it 'user' and 'password'; what is"
              + " special in an address is percent-encoded");
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("socketTimeout", SILENT_SECONDS);
    settings.put("tcpKeepAlive", "true");
    String authority = uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String[] user = authority.substring(0, at).split(":", 2);
      settings.put("user", decoded(user[0]));
      if (user.length == 2) {
        settings.put("password", decoded(user[1]));
      }
    }
    String query = uri.getRawQuery();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      String[] named = parameter.split("=", 2);
      if (!named[0].isEmpty()) {
        settings.put(named[0], named.length == 2 ? decoded(named[1]) : "");
      }
    }
    return new CatalogDatabase(
        POSTGRESQL + authority.substring(at + 1) + uri.getRawPath(), settings);
  }

  /** The same as this user. */
  public CatalogDatabase user(String user) {
    return with("user", user);
  }

  /** The same with this password, which is taken as it is. */
  public CatalogDatabase password(String password) {
    return with("password", password);
  }

  private CatalogDatabase with(String setting, String value) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put(setting, value);
    return new CatalogDatabase(url, changed);
  }

  private static @Nullable URI uri(String text) {
    String address = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
    if (!address.startsWith("postgresql://") && !address.startsWith("postgres://")) {
      return null;
    }
    try {
      return new URI(address);
    } catch (URISyntaxException e) {
      // Its message has the whole text, password and all.
      return null;
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Whether other processes and machines reach it too. */
  boolean isShared() {
    return !url.startsWith(SQLITE);
  }

  /** A new connection, which shows in the server's list as ours. What it commits is durable. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.putAll(settings);
    if (!isShared()) {
      return DriverManager.getConnection(url, properties);
    }
    properties.setProperty("ApplicationName", ThisProcess.NAME);
    Connection connection = DriverManager.getConnection(url, properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(DURABLE);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /** The properties with which Iceberg's JDBC catalog opens it. */
  public Map<String, String> properties(String warehouse, int connections) {
    Map<String, String> properties = new HashMap<>();
    properties.put(CatalogProperties.URI, url);
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse);
    properties.put(CatalogProperties.CLIENT_POOL_SIZE, Integer.toString(connections));
    properties.put("jdbc.schema-version", "V1");
    settings.forEach((name, value) -> properties.put("jdbc." + name, value));
    return properties;
  }

  /** Where it is, without a secret. */
  @Override
  public String toString() {
    return isShared() ? url.substring(POSTGRESQL.length()) : "SQLite";
  }
}
