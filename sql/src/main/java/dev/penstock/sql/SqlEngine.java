package dev.penstock.sql;

import dev.penstock.data.Schema;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs whole queries (joins, aggregates, windows) over tables of Parquet files. Reads those files
 * and nothing else: the text of a {@link Query} reaches no other file, setting or extension.
 * Thread-safe.
 */
public interface SqlEngine extends AutoCloseable {
  /**
   * Runs a query. Interrupting the calling thread stops it.
   *
   * @param tables by {@link TableReference#view()}
   * @param rowLimit how many rows to return at most
   * @throws dev.penstock.data.PenstockException at the query's place: {@code NOT_FOUND} (a table),
   *     {@code COLUMN_NOT_FOUND}, {@code EXPRESSION_SYNTAX}, {@code TYPE_MISMATCH}, {@code
   *     EVALUATION_FAILED}, {@code LIMIT_EXCEEDED} (memory, time, an interrupt)
   */
  SqlResult query(Query query, Map<String, ParquetTable> tables, long rowLimit);

  /** The columns a query gives, found without running it; the tables may be empty. */
  Schema describe(Query query, Map<String, ParquetTable> tables);

  /**
   * Writes a query's rows to one Parquet file, ordered by all their columns from the first to the
   * last, nulls first, so that equal rows give one order.
   *
   * @return the number of rows
   */
  long copyToParquet(Query query, Map<String, ParquetTable> tables, Path file);

  /** Name and version, as it enters the version of what it computes: {@code duckdb 2.0.0}. */
  String version();

  @Override
  void close();
}
