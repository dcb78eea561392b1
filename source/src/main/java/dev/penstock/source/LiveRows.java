package dev.penstock.source;

import dev.penstock.data.Batch;
import dev.penstock.data.EntityKey;
import org.jspecify.annotations.Nullable;

/** The accepted row that each primary key of a source has now: what a retraction takes back. */
public interface LiveRows {
  /**
   * A row in a batch.
   *
   * @param batch with the columns that the source's accepted rows had when it was accepted
   */
  record Live(Batch batch, int row) {}

  /** The row of that key; null when there is none. */
  @Nullable Live find(EntityKey key);

  /** Puts a row in the place of the key's, if it has one. */
  void put(EntityKey key, Live row);

  void remove(EntityKey key);
}
