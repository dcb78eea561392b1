package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a key that the queries of a chain see, one query after the other, where rows may be
 * taken back: each comes once and goes at most once, in any order.
 */
final class RowsInView {
  /** What is done about a row that comes or goes. */
  interface Change {
    void of(int row);
  }

  final TreeSet<Integer> rows = new TreeSet<>();
  private int in;
  private int gone;

  void clear() {
    rows.clear();
    in = 0;
    gone = 0;
  }

  /** Goes on to a query, the next one of the chain: first rows go, then others come. */
  void advance(QueryChain chain, Turns seen, int query, Change goes, Change comes) {
    Turns takenBack = requireNonNull(chain.takenBack);
    for (; gone < takenBack.end(query); gone++) {
      int row = takenBack.row(gone);
      rows.remove(row);
      goes.of(row);
    }
    for (; in < seen.end(query); in++) {
      int row = seen.row(in);
      rows.add(row);
      comes.of(row);
    }
  }

  /** The newest one, null of none. */
  @Nullable Integer newest() {
    return rows.isEmpty() ? null : rows.last();
  }
}
