package dev.penstock.app;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL of our own, which wants a password and can be killed. */
final class PostgresServer implements AutoCloseable {
  static final String PASSWORD = "s3cret-%&word";
  private static final String ENCODED = "s3cret-%25%26word";

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  PostgresServer(Path data) throws IOException, SQLException {
    this.data = data;
    this.server = builder().start();
    this.port = server.getPort();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE shop LOGIN PASSWORD '" + PASSWORD + "'");
      Files.writeString(
          data.resolve("pg_hba.conf"),
          "host all postgres all trust\nhost all all all scram-sha-256\n");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  /** An empty database of that name, for the role that has a password. */
  String database(String name) throws SQLException {
    execute("postgres", "CREATE DATABASE " + name + " OWNER shop");
    return name;
  }

  void execute(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long number(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port + "/" + database, "postgres", "");
  }

  int port() {
    return port;
  }

  /** The address of a database, by way of this port. */
  static String address(int port, String database) {
    return "jdbc:postgresql://localhost:%d/%s?user=shop&password=%s&prepareThreshold=0"
        .formatted(port, database, ENCODED);
  }

  /** Ends the server as kill -9 does. */
  void kill() throws IOException {
    long process = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    ProcessHandle handle = ProcessHandle.of(process).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().join();
  }

  void startAgain() throws IOException {
    server.close();
    server = builder().setPort(port).start();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
