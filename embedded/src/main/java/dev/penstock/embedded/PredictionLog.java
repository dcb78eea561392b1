package dev.penstock.embedded;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What was predicted, with what it was predicted from: entries of bytes in one sequence. Durable
 * with the commits of the store. Safe for use by many threads.
 */
public interface PredictionLog {
  /** The first sequence that is still here. */
  long begin();

  /** One past the last sequence. */
  long end();

  /**
   * Appends entries with the next commit.
   *
   * @param kind what the bytes are, 0 to 255
   * @return completed with the first entry's sequence once they are on disk
   */
  CompletableFuture<Long> append(int kind, List<byte[]> entries);

  /** The entries {@code [from, to)}, read lazily. */
  Iterable<LoggedEntry> read(long from, long to);

  /** Forgets the entries below, which are safe elsewhere. */
  void trim(long below);
}
