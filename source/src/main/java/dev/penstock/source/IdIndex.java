package dev.penstock.source;

import org.jspecify.annotations.Nullable;

/**
 * The ids of a source's accepted rows, as long as they are remembered. Ids and contents are known
 * by their hashes: 128 bits for the id, 64 for the content.
 */
public interface IdIndex {
  /**
   * The row first accepted under an id.
   *
   * @param seenTime when it became known: ids are forgotten by this age
   */
  record Entry(int partition, long offset, long contentHash, long seenTime) {}

  /**
   * The row accepted under this id, or null when there is none or it became known before {@code
   * rememberedFrom}.
   */
  @Nullable Entry find(long idHigh, long idLow, long rememberedFrom);

  /** Remembers a row just accepted, in place of a forgotten one under the same id. */
  void remember(long idHigh, long idLow, Entry entry);
}
