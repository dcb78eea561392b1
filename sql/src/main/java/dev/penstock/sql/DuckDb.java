package dev.penstock.sql;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.data.Schema;
import dev.penstock.sql.internal.DuckSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * {@link SqlEngine} on DuckDB, in this process. Each query has a database of its own in memory,
 * with the limits given; the first one loads DuckDB's library, which takes about a second.
 */
public final class DuckDb implements SqlEngine {
  /** A test holds it against the library's own: asking that would take a second. */
  private static final String VERSION = "duckdb v2.0.0";

  private final Path temporary;
  private final SqlLimits limits;
  private final AtomicLong sessions = new AtomicLong();
  private final ScheduledExecutorService timer;

  private DuckDb(Path temporary, SqlLimits limits) {
    this.temporary = temporary;
    this.limits = limits;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "penstock-sql-timer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Opens the engine; it holds nothing until a query runs.
   *
   * @param temporary a folder for what does not fit in memory; made when needed
   */
  public static DuckDb open(Path temporary, SqlLimits limits) {
    return new DuckDb(temporary, limits);
  }

  @Override
  public SqlResult query(Query query, Map<String, ParquetTable> tables, long rowLimit) {
    DuckSession session = session(query, tables, null);
    try {
      return session.run(rowLimit);
    } catch (PenstockException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public Schema describe(Query query, Map<String, ParquetTable> tables) {
    try (DuckSession session = session(query, tables, null)) {
      return session.describe();
    }
  }

  @Override
  public long copyToParquet(Query query, Map<String, ParquetTable> tables, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (DuckSession session = session(query, tables, part)) {
      long rows = session.copy(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return rows;
    } catch (IOException e) {
      throw new PenstockException(ErrorCode.IO, query.place(), "cannot write " + file, "", e);
    } finally {
      deletePart(part);
    }
  }

  private static void deletePart(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO, Place.of(part.toString()), "this file cannot be deleted", "", e);
    }
  }

  private DuckSession session(
      Query query, Map<String, ParquetTable> tables, @Nullable Path output) {
    Path own =
        temporary.resolve(
            "query-" + ProcessHandle.current().pid() + "-" + sessions.incrementAndGet());
    try {
      Files.createDirectories(temporary);
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO, Place.of(temporary.toString()), "this folder cannot be made", "", e);
    }
    return new DuckSession(query, tables, output, own, limits, timer);
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
