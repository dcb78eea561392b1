package dev.penstock.sql;

import dev.penstock.data.Batch;
import dev.penstock.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, batch by batch. They wait in the engine's memory: to be closed. Used by one
 * thread.
 */
public interface SqlResult extends AutoCloseable {
  Schema schema();

  /** The next rows, or null after the last. */
  @Nullable Batch next();

  /** Whether the query had more rows than the limit let through; known once {@link #next} ended. */
  boolean truncated();

  @Override
  void close();
}
