package dev.penstock.feature.internal;

import java.util.Arrays;

/**
 * The key's rows in the order in which something becomes of them, at one of a chain's queries: they
 * come to be held, or are taken back. To query i belong those at the places [endBefore(i), end(i)).
 */
final class Turns {
  /** By row, from the first row of the key on: the row's query; the size if none is. */
  private int[] queryOfRow = {};

  private int[] rows = {};
  private int[] ends = {};
  private int firstRow;

  /** Enters each row at the first query that sees it. */
  void asSeen(QueryChain chain, Entries entries) {
    begin(chain);
    int happened = 0;
    for (int row = chain.firstRow; row < chain.endRow; row++) {
      while (happened < chain.size && chain.moments[happened] <= chain.eventTimes[row]) {
        happened++;
      }
      enter(row, entries.first(row, happened, chain.moments, chain.queries, chain.size));
    }
    sort(chain);
  }

  /** The same, and takes each back at the first query that sees its end; at none if before. */
  void asSeen(QueryChain chain, Entries entries, Turns takenBack, Entries ends) {
    begin(chain);
    takenBack.begin(chain);
    int happened = 0;
    for (int row = chain.firstRow; row < chain.endRow; row++) {
      while (happened < chain.size && chain.moments[happened] <= chain.eventTimes[row]) {
        happened++;
      }
      int seen = entries.first(row, happened, chain.moments, chain.queries, chain.size);
      int gone = ends.first(row, happened, chain.moments, chain.queries, chain.size);
      enter(row, seen < gone ? seen : chain.size);
      takenBack.enter(row, seen < gone ? gone : chain.size);
    }
    sort(chain);
    takenBack.sort(chain);
  }

  /** Enters each row at the first query that sees it and whose frame ends after it. */
  void inFrame(QueryChain chain, Turns seen, Frame frame) {
    begin(chain);
    int happened = 0;
    for (int row = chain.firstRow; row < chain.endRow; row++) {
      while (happened < chain.size && frame.end(chain.moments[happened]) <= chain.eventTimes[row]) {
        happened++;
      }
      enter(row, Math.max(happened, seen.query(row)));
    }
    sort(chain);
  }

  private void begin(QueryChain chain) {
    firstRow = chain.firstRow;
    int count = chain.endRow - firstRow;
    if (queryOfRow.length < count) {
      queryOfRow = new int[count];
      rows = new int[count];
    }
    if (ends.length < chain.size + 1) {
      ends = new int[chain.queries.length + 1];
    }
    Arrays.fill(ends, 0, chain.size + 1, 0);
  }

  private void enter(int row, int query) {
    queryOfRow[row - firstRow] = query;
    ends[query]++;
  }

  /** A counting sort: after it, each end is where the next query's rows start. */
  private void sort(QueryChain chain) {
    int end = 0;
    for (int query = 0; query <= chain.size; query++) {
      int start = end;
      end += ends[query];
      ends[query] = start;
    }
    for (int row = firstRow; row < chain.endRow; row++) {
      rows[ends[queryOfRow[row - firstRow]]++] = row;
    }
  }

  /** The query of a row. */
  int query(int row) {
    return queryOfRow[row - firstRow];
  }

  /** Behind the last place of a query's rows. */
  int end(int query) {
    return ends[query];
  }

  /** The row at a place. */
  int row(int place) {
    return rows[place];
  }
}
