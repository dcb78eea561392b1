package dev.penstock.format;

import dev.penstock.data.Batch;
import dev.penstock.data.Schema;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Batches one after the other, read once. Not thread-safe. A batch that was returned stays valid
 * after the next call and after {@link #close}.
 */
public interface BatchReader extends AutoCloseable {
  /** The schema of every batch. */
  Schema schema();

  /** The next batch, never an empty one, or null after the last. */
  @Nullable Batch next();

  /** Releases files; may be called more than once. */
  @Override
  void close();

  /** A reader of batches in memory, all of this schema. */
  static BatchReader of(Schema schema, Iterable<Batch> batches) {
    Iterator<Batch> iterator = batches.iterator();
    return new BatchReader() {
      @Override
      public Schema schema() {
        return schema;
      }

      @Override
      public @Nullable Batch next() {
        while (iterator.hasNext()) {
          Batch batch = iterator.next();
          if (batch.rows() > 0) {
            return batch;
          }
        }
        return null;
      }

      @Override
      public void close() {}
    };
  }
}
