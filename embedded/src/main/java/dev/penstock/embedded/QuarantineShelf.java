package dev.penstock.embedded;

import dev.penstock.source.Quarantined;
import java.util.Collection;
import java.util.List;

/**
 * The rows that were not accepted, until somebody drops them. A row that comes again the same is
 * there once. Safe for use by many threads.
 */
public interface QuarantineShelf {
  /** A row here, by the name to drop it with. */
  record Entry(String name, Quarantined row) {}

  /** A source's rows in order of their time, at most so many of them. */
  List<Entry> list(String source, int most);

  long count(String source);

  /** Adds rows that were refused outside of a push: those of a file of history. */
  void add(List<Quarantined> rows);

  /** Drops rows; names that are not here are ignored. */
  void drop(String source, Collection<String> names);
}
