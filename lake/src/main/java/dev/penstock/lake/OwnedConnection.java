package dev.penstock.lake;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.lake.internal.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.jspecify.annotations.Nullable;

/**
 * The one connection by which a process changes a project's tables in a database server, held by
 * its {@link CatalogOwner}. Iceberg's own sends a statement again over a new connection when one is
 * lost; but what it had sent may have happened, and a commit sent again would then fail, be taken
 * for a conflict and be made twice. Here nothing is sent twice. A connection that is found lost
 * before anything is sent is replaced. Thread-safe: one statement at a time.
 */
final class OwnedConnection extends JdbcClientPool {
  private static final int ALIVE_SECONDS = 10;

  private final CatalogDatabase database;
  private final CatalogOwner owner;
  private @Nullable Connection held;

  OwnedConnection(CatalogDatabase database, CatalogOwner owner) {
    super(1, database.url(), database.properties("", 1));
    this.database = database;
    this.owner = owner;
  }

  @Override
  public synchronized <R> R run(Action<R, Connection, SQLException> action, boolean retry) {
    Connection connection = connection();
    try {
      return action.run(connection);
    } catch (SQLException e) {
      throw failure(
          Failures.isLost(e) ? "was lost in the middle of work: " : "refused what it was asked: ",
          e);
    }
  }

  private Connection connection() {
    if (held != null) {
      try {
        if (held.isValid(ALIVE_SECONDS)) {
          return held;
        }
      } catch (SQLException e) {
        throw failure("cannot be asked: ", e);
      }
      disconnect();
    }
    held = newClient();
    return held;
  }

  @Override
  protected Connection newClient() {
    Connection connection;
    try {
      connection = database.connect();
    } catch (SQLException e) {
      throw failure("cannot be reached: ", e);
    }
    try {
      owner.take(connection);
      return connection;
    } catch (SQLException e) {
      close(connection);
      throw failure("refused what it was asked: ", e);
    } catch (RuntimeException e) {
      close(connection);
      throw e;
    }
  }

  private PenstockException failure(String what, SQLException cause) {
    return new PenstockException(
        ErrorCode.IO,
        null,
        "the catalog's database at " + database + " " + what + cause.getMessage(),
        "see that it runs and that 'lake.catalog' has the right address, user and password; then"
            + " run the same command again",
        cause);
  }

  private void disconnect() {
    if (held != null) {
      close(held);
      held = null;
    }
  }

  @Override
  protected void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is gone, and the database's lock with it.
    }
  }

  @Override
  public synchronized void close() {
    if (held != null) {
      owner.release(held);
    }
    disconnect();
    super.close();
  }
}
