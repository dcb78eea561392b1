package dev.penstock.feature.internal;

import java.util.Comparator;
import java.util.PriorityQueue;

/** The newest of the rows that the queries of a chain see, one query after the other. */
final class NewestRow {
  private static final int NONE = -1;

  private int newest = NONE;

  /** Where rows may be taken back, all that may yet be the newest. */
  private final PriorityQueue<Integer> rows = new PriorityQueue<>(Comparator.reverseOrder());

  void clear() {
    newest = NONE;
    rows.clear();
  }

  void add(int row, QueryChain chain) {
    if (chain.takenBack != null) {
      rows.add(row);
    } else {
      newest = Math.max(newest, row);
    }
  }

  /** The newest that a query sees, below 0 if none; of earlier queries not to be asked again. */
  int at(int query, QueryChain chain) {
    if (chain.takenBack == null) {
      return newest;
    }
    while (!rows.isEmpty() && chain.isGone(rows.peek(), query)) {
      rows.remove();
    }
    return rows.isEmpty() ? NONE : rows.peek();
  }
}
