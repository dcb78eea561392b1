package dev.penstock.lake.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/** One database transaction, and what is to happen to files when it ends. Not thread-safe. */
final class Unit implements AutoCloseable {
  private final Connection connection;
  private final List<Path> written = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();

  private Unit(Connection connection) {
    this.connection = connection;
  }

  static Unit begin(Connection connection) {
    try {
      connection.setAutoCommit(false);
      return new Unit(connection);
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, "Cannot begin a transaction");
    }
  }

  Connection connection() {
    return connection;
  }

  /** Notes a file that is of no use unless the transaction is committed. */
  void wrote(Path file) {
    written.add(file);
  }

  /** Puts off what cannot be undone until the transaction is committed. */
  void afterwards(Runnable work) {
    afterwards.add(work);
  }

  void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new CommitStateUnknownException(e);
    }
    for (Runnable work : afterwards) {
      try {
        work.run();
      } catch (RuntimeException e) {
        // The commit stands whether or not old files could be cleared away.
      }
    }
  }

  void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // A connection that is lost has rolled back; the files are left, as it could not say so.
      return;
    }
    for (Path file : written) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // A file that nothing refers to does no harm.
      }
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // What was committed stands, and what was not is rolled back with the connection.
    }
  }
}
