package dev.penstock.lake.rest;

import dev.penstock.lake.CatalogDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.jspecify.annotations.Nullable;

/**
 * The connections of Iceberg's JDBC catalog. Within {@link #transaction} whatever the thread asks
 * of the catalog is part of one database transaction: it happens as a whole, or not at all.
 */
final class Connections extends JdbcClientPool {
  private static final int READERS = 4;

  /** How often a transaction is begun that others were in the way of. */
  private static final int ATTEMPTS = 5;

  /** Of this database: a thread may be in a transaction of one and ask another. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable Unit> units = new ThreadLocal<>();

  private final CatalogDatabase database;

  private Connections(CatalogDatabase database) {
    super(READERS, database.url(), database.properties("", READERS));
    this.database = database;
  }

  static Connections to(CatalogDatabase database) {
    return new Connections(database);
  }

  @Override
  protected Connection newClient() {
    try {
      return database.connect();
    } catch (SQLException e) {
      throw new UncheckedSQLException(
          e, "Cannot connect to the catalog's database: %s", e.getMessage());
    }
  }

  /** What the thread is in the middle of; null outside of a transaction. */
  @Nullable Unit unit() {
    return units.get();
  }

  @Override
  public <R> R run(Action<R, Connection, SQLException> action, boolean retry)
      throws SQLException, InterruptedException {
    Unit unit = units.get();
    return unit == null ? super.run(action, retry) : action.run(unit.connection());
  }

  /** Runs a statement of our own, in the thread's transaction if there is one. */
  <R> R ask(Action<R, Connection, SQLException> action) {
    try {
      return run(action, true);
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, "The catalog's database: %s", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedSQLException(e, "Interrupted while waiting for the database");
    }
  }

  /**
   * Runs the work in a transaction, anew where others were in its way. What the work throws means
   * that nothing was changed.
   *
   * @throws org.apache.iceberg.exceptions.CommitStateUnknownException if the database did not say
   *     whether it committed
   */
  <T> T transaction(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (UncheckedSQLException e) {
        if (!Errors.isCollision(e)) {
          throw e;
        }
        if (attempt == ATTEMPTS) {
          throw new CommitFailedException(e, "Others changed the same tables at the same time");
        }
      }
    }
  }

  private <T> T once(Supplier<T> work) {
    try (Unit unit = Unit.begin(newClient())) {
      units.set(unit);
      T result;
      try {
        result = work.get();
      } catch (RuntimeException | Error e) {
        unit.rollBack();
        throw e;
      } finally {
        units.remove();
      }
      unit.commit();
      return result;
    }
  }
}
