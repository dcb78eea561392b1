package dev.penstock.feature.internal;

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

  QueryChain(long[] eventTimes) {
    this.eventTimes = eventTimes;
  }

  void ensure(int count) {
    if (queries.length < count) {
      queries = new int[count];
      moments = new long[count];
      statuses = new byte[count];
    }
  }
}
