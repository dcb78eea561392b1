package dev.penstock.sql;

import dev.penstock.data.Schema;
import java.nio.file.Path;
import java.util.Map;

/** {@link SqlEngine} on DuckDB, in this process. */
public final class DuckDb implements SqlEngine {
  private final Path temporary;
  private final SqlLimits limits;

  private DuckDb(Path temporary, SqlLimits limits) {
    this.temporary = temporary;
    this.limits = limits;
  }

  /**
   * Opens the engine; it holds nothing until a query runs.
   *
   * @param temporary a folder for what does not fit in memory; made if missing
   */
  public static DuckDb open(Path temporary, SqlLimits limits) {
    return new DuckDb(temporary, limits);
  }

  @Override
  @SuppressWarnings("DoNotCallSuggester")
  public SqlResult query(Query query, Map<String, ParquetTable> tables, long rowLimit) {
    throw new UnsupportedOperationException(temporary + " " + limits);
  }

  @Override
  @SuppressWarnings("DoNotCallSuggester")
  public Schema describe(Query query, Map<String, ParquetTable> tables) {
    throw new UnsupportedOperationException();
  }

  @Override
  @SuppressWarnings("DoNotCallSuggester")
  public long copyToParquet(Query query, Map<String, ParquetTable> tables, Path file) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String version() {
    return "duckdb 2.0.0";
  }

  @Override
  public void close() {}
}
