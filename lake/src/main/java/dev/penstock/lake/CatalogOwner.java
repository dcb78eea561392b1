package dev.penstock.lake;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes sure that a database's tables are those of this project and of this state of it, and that
 * no other process changes them: a lock of the database is held as long as the connection lives.
 * One schema of a database holds one project.
 *
 * @param folder of the state's lake on this disk
 */
record CatalogOwner(CatalogDatabase database, String project, Path folder) {
  /** Penstock's number among the locks that programs take: "pens" in ASCII. */
  private static final int LOCKS = 0x70656e73;

  private static final String SCHEMA = "SELECT current_schema()";
  private static final String TAKE = "SELECT pg_try_advisory_lock(" + LOCKS + ", ?)";
  private static final String RELEASE = "SELECT pg_advisory_unlock_all()";
  private static final String HOLDER =
      "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
          + " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2"
          + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
          + " AND l.classid = "
          + LOCKS
          + " AND l.objid = ?";
  private static final String CREATE =
      "CREATE TABLE IF NOT EXISTS penstock_owner (id INTEGER PRIMARY KEY, project TEXT NOT NULL,"
          + " state TEXT NOT NULL, host TEXT NOT NULL, folder TEXT NOT NULL)";
  private static final String OWNER =
      "SELECT project, state, host, folder FROM penstock_owner WHERE id = 1";
  private static final String HAS_TABLES = "SELECT to_regclass('iceberg_tables') IS NOT NULL";
  private static final String TABLES = "SELECT count(*) FROM iceberg_tables";
  private static final String OWN = "INSERT INTO penstock_owner VALUES (1, ?, ?, ?, ?)";

  /**
   * Takes the tables for this connection.
   *
   * @throws PenstockException {@code PROJECT_LOCKED} if another process has them, {@code USAGE} if
   *     they belong to another project or state
   */
  void take(Connection connection) throws SQLException {
    String schema = text(connection, SCHEMA);
    if (schema.isEmpty()) {
      throw usage("has no schema for the tables", "make the one that 'currentSchema' names");
    }
    int lock = schema.hashCode() & Integer.MAX_VALUE;
    if (!"t".equals(text(connection, TAKE, lock))) {
      String holder = text(connection, HOLDER, lock);
      throw new PenstockException(
          ErrorCode.PROJECT_LOCKED,
          "the tables in the database at "
              + database
              + " are in use by "
              + (holder.isEmpty() ? "another process" : holder),
          "wait for it or end it, and run the same command again");
    }
    execute(connection, CREATE);
    List<String> owner = row(connection, OWNER);
    StateId state = StateId.in(folder);
    if (owner.isEmpty()) {
      own(connection, state);
    } else {
      require(owner, state);
    }
    state.confirm();
  }

  /** Gives them back at once; the server does when it finds the connection closed. */
  void release(Connection connection) {
    try {
      text(connection, RELEASE);
    } catch (SQLException e) {
      // A connection that is lost holds nothing.
    }
  }

  private void own(Connection connection, StateId state) throws SQLException {
    if (state.known()) {
      throw usage(
          "has no tables of this project, and the state in " + folder + " has some elsewhere",
          "set 'lake.catalog' to the database that they are in");
    }
    if ("t".equals(text(connection, HAS_TABLES)) && !"0".equals(text(connection, TABLES))) {
      throw usage(
          "has tables that belong to no state",
          "give the project a database of its own, or a schema by 'currentSchema'");
    }
    execute(connection, OWN, project, state.text(), ThisProcess.HOST, folder.toString());
  }

  private void require(List<String> owner, StateId state) {
    if (!owner.get(0).equals(project)) {
      throw usage(
          "has the tables of project '" + owner.get(0) + "'",
          "give project '" + project + "' a database of its own, or a schema by 'currentSchema'");
    }
    if (!owner.get(1).equals(state.text())) {
      throw usage(
          "has tables that belong to another state, begun in "
              + owner.get(3)
              + " on "
              + owner.get(2),
          "bring its folder .penstock here, or take an empty database: logs, ids and versions are"
              + " in the state, and tables without them cannot go on");
    }
  }

  private PenstockException usage(String what, String hint) {
    return new PenstockException(ErrorCode.USAGE, "the database at " + database + " " + what, hint);
  }

  private static String text(Connection connection, String sql, Object... values)
      throws SQLException {
    List<String> row = row(connection, sql, values);
    return row.isEmpty() ? "" : row.get(0);
  }

  /** The first row, nulls as empty; empty if there is none. */
  private static List<String> row(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<String> row = new ArrayList<>();
      if (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          String value = rows.getString(i);
          row.add(value == null ? "" : value);
        }
      }
      return row;
    }
  }

  private static void execute(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values)) {
      statement.executeUpdate();
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
