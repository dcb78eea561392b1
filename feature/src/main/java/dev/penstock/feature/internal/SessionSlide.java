package dev.penstock.feature.internal;

/**
 * The last run of rows. Rows seen in order only extend the last run or begin a new one; a late row
 * may join two runs, and then the window is made again from its rows. Which run a row belongs to is
 * a union-find whose roots are the runs' first rows.
 */
final class SessionSlide implements Slide {
  private static final int NONE = -1;

  private final long gap;
  private final long retention;

  // By row, rows numbered from the key's first row on.
  private int[] parent = {};

  /** The nearest rows visible when the row was entered. */
  private int[] before = {};

  private int[] after = {};

  SessionSlide(long gap, long retention) {
    this.gap = gap;
    this.retention = retention;
  }

  @Override
  public void over(QueryChain chain, Turns seen, Slides window) {
    findNeighbours(chain, seen);
    window.clear();
    int none = chain.endRow - chain.firstRow;
    int newest = NONE;
    int retained = 0;
    // The window holds the visible rows from this one on.
    int from = none;
    int in = 0;
    for (int query = 0; query < chain.size; query++) {
      long moment = chain.moments[query];
      long earliest = ViewPlan.start(moment, retention);
      while (retained < none && time(chain, retained) < earliest) {
        retained++;
      }
      int firstEntered = in;
      for (; in < seen.end(query); in++) {
        int row = seen.row(in) - chain.firstRow;
        join(chain, row);
        newest = Math.max(newest, row);
      }
      boolean under = newest >= retained && isWithin(time(chain, newest), moment);
      int start = under ? Math.max(retained, root(newest)) : none;
      if (start == none || start < from) {
        window.clear();
        addVisible(start, newest, query, chain, seen, window);
      } else {
        leave(from, start, query, chain, seen, window);
        for (int place = firstEntered; place < in; place++) {
          if (seen.row(place) - chain.firstRow >= start) {
            window.add(seen.row(place));
          }
        }
      }
      from = start;
      window.answer(chain, query);
    }
  }

  private static void addVisible(
      int start, int newest, int query, QueryChain chain, Turns seen, Slides window) {
    for (int row = chain.firstRow + start; row <= chain.firstRow + newest; row++) {
      if (seen.query(row) <= query) {
        window.add(row);
      }
    }
  }

  private static void leave(
      int from, int start, int query, QueryChain chain, Turns seen, Slides window) {
    for (int row = chain.firstRow + from; row < chain.firstRow + start; row++) {
      if (seen.query(row) < query) {
        window.remove(row);
      }
    }
  }

  private static long time(QueryChain chain, int row) {
    return chain.eventTimes[chain.firstRow + row];
  }

  private boolean isWithin(long earlier, long later) {
    return RowsBack.Session.isWithin(gap, earlier, later);
  }

  /** Takes all rows out of a list again, the last entered first. */
  private void findNeighbours(QueryChain chain, Turns seen) {
    int rows = chain.endRow - chain.firstRow;
    if (parent.length < rows) {
      parent = new int[rows];
      before = new int[rows];
      after = new int[rows];
    }
    int last = NONE;
    for (int row = 0; row < rows; row++) {
      if (seen.query(chain.firstRow + row) < chain.size) {
        before[row] = last;
        after[row] = NONE;
        if (last != NONE) {
          after[last] = row;
        }
        last = row;
      }
    }
    for (int place = seen.end(chain.size - 1) - 1; place >= 0; place--) {
      int row = seen.row(place) - chain.firstRow;
      if (before[row] != NONE) {
        after[before[row]] = after[row];
      }
      if (after[row] != NONE) {
        before[after[row]] = before[row];
      }
    }
  }

  /** Makes a row visible: the run of its own, or part of one or both beside it. */
  private void join(QueryChain chain, int row) {
    int left = before[row];
    int right = after[row];
    parent[row] = row;
    if (left != NONE && isWithin(time(chain, left), time(chain, row))) {
      parent[row] = root(left);
    }
    if (right != NONE && isWithin(time(chain, row), time(chain, right))) {
      parent[root(right)] = root(row);
    }
  }

  private int root(int row) {
    int root = row;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }
}
