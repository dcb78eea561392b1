package dev.penstock.feature.internal;

import org.jspecify.annotations.Nullable;

/**
 * One chain of one key's queries, in order of their moments, each seeing what the one before saw
 * and more, and the key's rows [firstRow, endRow).
 */
final class QueryChain {
  final long[] eventTimes;
  int[] queries = {};
  long[] moments = {};
  byte[] statuses = {};
  int size;
  int firstRow;
  int endRow;

  /** When rows that came to be held are taken back; null where none may be. */
  final @Nullable Turns takenBack;

  QueryChain(long[] eventTimes, @Nullable Turns takenBack) {
    this.eventTimes = eventTimes;
    this.takenBack = takenBack;
  }

  /** Whether a row was taken back at a query or before. */
  boolean isGone(int row, int query) {
    return takenBack != null && takenBack.query(row) <= query;
  }

  void ensure(int count) {
    if (queries.length < count) {
      queries = new int[count];
      moments = new long[count];
      statuses = new byte[count];
    }
  }
}
