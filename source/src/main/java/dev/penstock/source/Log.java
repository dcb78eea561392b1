package dev.penstock.source;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import java.util.Set;

/**
 * The live log: every row accepted since the source went live, in the order of acceptance, until it
 * is flushed to the lake and trimmed. Safe for use by many threads; who appends is the commit
 * sequencer alone.
 */
public interface Log {
  Set<String> sources();

  /** The positions of the first rows that are still here. */
  Positions begin(String source);

  /** One past the positions of the last rows here. */
  Positions end(String source);

  /**
   * The rows {@code [from, to)} in order of position, with their system columns, in batches of
   * bounded size. A batch holds rows of one schema: the one they were accepted under. Read lazily;
   * the iterator holds nothing that would have to be closed.
   */
  Iterable<Batch> read(String source, Positions from, Positions to);

  /** Forgets the rows below these positions, which are safe elsewhere. */
  void trim(String source, Positions below);

  /** The end of the log where rows are added, as a part of a commit. */
  interface Appender {
    /** Adds accepted rows; their offsets follow the last row's. */
    void append(String source, Batch accepted);
  }
}
