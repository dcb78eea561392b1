package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.sql.ParquetTable;
import dev.penstock.sql.Query;
import dev.penstock.sql.SqlLimits;
import dev.penstock.sql.SqlResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * One query in a database of its own, in memory, that may open the given files and no others: the
 * files are named to DuckDB first, then access to all else and every setting are locked. A database
 * costs about 20 ms; what it buys is that no text can reach past it.
 */
public final class DuckSession implements AutoCloseable {
  private static final long AGAIN_MILLIS = 100;

  private final Query query;
  private final Path temporary;
  private final Connection connection;
  private final ScheduledFuture<?> watchdog;
  private volatile @Nullable Statement running;
  private volatile @Nullable String stopped;

  /** Work on the database. */
  private interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Opens a database with a view for each table.
   *
   * @param temporary a folder of this session's own
   * @param output the one file it may write, if any
   */
  public DuckSession(
      Query query,
      Map<String, ParquetTable> tables,
      @Nullable Path output,
      Path temporary,
      SqlLimits limits,
      ScheduledExecutorService timer) {
    this.query = query;
    this.temporary = temporary;
    this.watchdog =
        timer.scheduleWithFixedDelay(
            () -> stop("it took longer than " + limits.time().toMillis() + " ms"),
            limits.time().toMillis(),
            AGAIN_MILLIS,
            TimeUnit.MILLISECONDS);
    Connection opened = null;
    try {

      opened = Objects.requireNonNull(new DuckDBDriver().connect("jdbc:duckdb:", new Properties()));
      this.connection = opened;
      configure(tables, output, limits);
      for (Map.Entry<String, ParquetTable> table : tables.entrySet()) {
        createView(table.getKey(), table.getValue());
      }
    } catch (SQLException e) {
      PenstockException failure = DuckErrors.of(e, query, Integer.MAX_VALUE, stopped);
      close(opened);
      throw failure;
    }
  }

  private void configure(Map<String, ParquetTable> tables, @Nullable Path output, SqlLimits limits)
      throws SQLException {
    Stream<Path> readable = tables.values().stream().flatMap(table -> table.files().stream());
    Stream<Path> allowed = output == null ? readable : Stream.concat(readable, Stream.of(output));
    execute("SET memory_limit = '" + limits.memoryBytes() + "B'");
    execute("SET threads = " + limits.threads());
    execute("SET temp_directory = " + Canonical.string(temporary.toString()));
    execute("SET TimeZone = 'UTC'");
    execute("SET autoinstall_known_extensions = false");
    execute("SET allowed_paths = " + list(allowed));
    execute("SET enable_external_access = false");
    execute("SET lock_configuration = true");
  }

  private void createView(String name, ParquetTable table) throws SQLException {
    String head = "CREATE VIEW \"" + name.replace("\"", "\"\"") + "\" AS SELECT ";
    String empty = head + columns(table.schema(), true) + " WHERE false";
    if (table.files().isEmpty()) {
      execute(empty);
      return;
    }
    String scan =
        "read_parquet("
            + list(table.files().stream())
            + ", union_by_name = true, hive_partitioning = false)";
    try {
      execute(head + columns(table.schema(), false) + " FROM " + scan + " f");
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).startsWith("Binder Error")) {
        throw e;
      }
      // No file has some column yet: an empty table adds it to them all.
      execute(
          head
              + columns(table.schema(), false)
              + " FROM (SELECT * FROM "
              + scan
              + " UNION ALL BY NAME SELECT "
              + columns(table.schema(), true)
              + " WHERE false) f");
    }
  }

  private static String columns(Schema schema, boolean empty) {
    return schema.fields().stream()
        .map(
            field -> {
              String name = '"' + field.name().replace("\"", "\"\"") + '"';
              String value = empty ? "NULL" : "f." + name;
              return "CAST(" + value + " AS " + DuckTypes.name(field.type()) + ") AS " + name;
            })
        .collect(Collectors.joining(", "));
  }

  private static String list(Stream<Path> files) {
    return files
        .map(file -> Canonical.string(file.toAbsolutePath().normalize().toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      running = statement;
      statement.execute(sql);
    } finally {
      running = null;
    }
  }

  /** The columns the query gives. */
  public Schema describe() {
    return guarded(
        0,
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
            return DuckTypes.schema(statement.getMetaData());
          }
        });
  }

  /** Runs the query; the result takes this session over, and closes it. */
  public SqlResult run(long rowLimit) {
    boolean limited = rowLimit < Long.MAX_VALUE && !query.text().startsWith("EXPLAIN");
    // One row more, to know whether there were more.
    String sql =
        limited ? "SELECT * FROM (\n" + query.sql() + "\n) LIMIT " + (rowLimit + 1) : query.sql();
    return stoppable(
        limited ? 1 : 0,
        () -> {
          PreparedStatement statement = connection.prepareStatement(sql);
          running = statement;
          ResultSet rows = statement.executeQuery();
          return new DuckResult(this, rows, DuckTypes.schema(rows.getMetaData()), rowLimit);
        });
  }

  /** Writes the query's rows, ordered, to the session's output file; how many they are. */
  public long copy(Path output) {
    String sql =
        "COPY (SELECT * FROM (\n"
            + query.sql()
            + "\n) ORDER BY ALL NULLS FIRST) TO "
            + Canonical.string(output.toAbsolutePath().normalize().toString())
            + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)";
    return stoppable(
        1,
        () -> {
          try (Statement statement = connection.createStatement()) {
            running = statement;
            return (long) statement.executeUpdate(sql);
          }
        });
  }

  /** Works on a thread of its own, so that the caller's can be interrupted. */
  private <T> T stoppable(int linesBefore, Work<T> work) {
    FutureTask<T> task = new FutureTask<>(work::run);
    Thread worker = new Thread(task, "penstock-sql");
    worker.setDaemon(true);
    worker.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          // DuckDB forgets an interrupt that comes before it has begun: it is told again.
        }
        if (interrupted) {
          stop("its caller was interrupted");
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure(failure, linesBefore);
      }
      throw new PenstockException(
          ErrorCode.INTERNAL, query.place(), "the query failed", "", e.getCause());
    } finally {
      running = null;
      watchdog.cancel(false);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T guarded(int linesBefore, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw failure(e, linesBefore);
    }
  }

  PenstockException failure(SQLException failure, int linesBefore) {
    return DuckErrors.of(failure, query, linesBefore, stopped);
  }

  /** Interrupts what runs; may be called from any thread. */
  void stop(String why) {
    Statement statement = running;
    stopped = why;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        // It had ended by itself: there is nothing left to stop.
        return;
      }
    }
  }

  @Override
  public void close() {
    close(connection);
  }

  private void close(@Nullable Connection opened) {
    watchdog.cancel(false);
    try {
      if (opened != null) {
        opened.close();
      }
      deleteTemporary();
    } catch (SQLException | IOException e) {
      throw new PenstockException(
          ErrorCode.IO, query.place(), "the query's files could not be put away", "", e);
    }
  }

  private void deleteTemporary() throws IOException {
    if (!Files.exists(temporary)) {
      return;
    }
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(temporary)) {
      walk.sorted(Comparator.reverseOrder()).forEach(paths::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
