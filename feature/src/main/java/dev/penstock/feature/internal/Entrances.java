package dev.penstock.feature.internal;

import java.util.Arrays;

/**
 * The key's rows in the order in which a chain's queries come to hold them: query i enters those at
 * the places [endBefore(i), end(i)).
 */
final class Entrances {
  /** By row, from the first row of the key on: the query that enters it; the size if none does. */
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

  /** Enters each row at the first query that sees it and whose frame ends after it. */
  void inFrame(QueryChain chain, Entrances seen, Frame frame) {
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

  /** The query that enters a row. */
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
