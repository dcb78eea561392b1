package dev.penstock.platform.registry;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** One SQLite connection, used by one thread at a time. */
final class Database implements AutoCloseable {
  /** How long to wait for another process that writes. */
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  private final Connection connection;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong changes = new AtomicLong();

  private Database(Connection connection) {
    this.connection = connection;
  }

  static Database open(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return new Database(settings().createConnection("jdbc:sqlite:" + file));
    } catch (SQLException e) {
      throw failed(e);
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO, null, "the registry's folder cannot be made: " + e.getMessage(), "", e);
    }
  }

  /**
   * A transaction takes the right to write when it begins, so that it never has to give up later.
   */
  private static SQLiteConfig settings() {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    settings.enforceForeignKeys(true);
    settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return settings;
  }

  /**
   * Counts what changed: what was asked outside of a transaction still holds while this is what it
   * was before the question.
   */
  long changes() {
    return changes.get();
  }

  /** Whether the caller is in a transaction, and so sees what nobody else does. */
  boolean isInTransaction() {
    return lock.isHeldByCurrentThread();
  }

  /** Reads one row of an answer. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) {
    lock.lock();
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(reader.read(rows));
      }
      return read;
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  <T> Optional<T> queryOne(String sql, RowReader<T> reader, @Nullable Object... values) {
    return query(sql, reader, values).stream().findFirst();
  }

  /** Changes rows and says how many. */
  int update(String sql, @Nullable Object... values) {
    lock.lock();
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      changes.incrementAndGet();
      lock.unlock();
    }
  }

  /** Runs statements that take no values. */
  void execute(String sql) {
    lock.lock();
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      changes.incrementAndGet();
      lock.unlock();
    }
  }

  <T> T transaction(Supplier<T> work) {
    lock.lock();
    try {
      if (lock.getHoldCount() > 1 && !connection.getAutoCommit()) {
        return work.get();
      }
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        T answer = work.get();
        connection.commit();
        done = true;
        return answer;
      } finally {
        if (!done) {
          connection.rollback();
          changes.incrementAndGet();
        }
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  private static PenstockException failed(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("SQLITE_BUSY")) {
      return new PenstockException(
          ErrorCode.CONFLICT_RETRY, null, "another process writes to the registry", "try again", e);
    }
    if (message.contains("SQLITE_NOTADB") || message.contains("SQLITE_CORRUPT")) {
      return new PenstockException(
          ErrorCode.STATE_CORRUPT,
          null,
          "the registry cannot be read: " + message,
          "restore .penstock/registry.db from a backup",
          e);
    }
    return new PenstockException(ErrorCode.IO, null, "the registry failed: " + message, "", e);
  }
}
