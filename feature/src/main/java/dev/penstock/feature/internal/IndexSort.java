package dev.penstock.feature.internal;

/**
 * Sorts indexes by what they stand for: a merge sort that takes the runs it finds, so that what is
 * nearly in order, as logs are, costs little more than a look. Stable.
 */
final class IndexSort {
  /** Says which of two indexes comes first. */
  interface Order {
    /** Whether b belongs strictly before a. */
    boolean isBefore(int b, int a);
  }

  private static final int SHORT_RUN = 12;

  private IndexSort() {}

  static void sort(int[] index, int from, int to, Order order) {
    int end = runEnd(index, from, to, order);
    if (end == to) {
      return;
    }
    int[] ends = new int[(to - from) / SHORT_RUN + 2];
    int runs = 0;
    for (int start = from; start < to; start = end) {
      end = extended(index, start, runEnd(index, start, to, order), to, order);
      ends[runs++] = end;
    }
    int[] buffer = new int[to - from];
    while (runs > 1) {
      int merged = 0;
      int start = from;
      for (int run = 0; run < runs; run += 2) {
        if (run + 1 < runs) {
          merge(index, start, ends[run], ends[run + 1], buffer, order);
          ends[merged] = ends[run + 1];
        } else {
          ends[merged] = ends[run];
        }
        start = ends[merged++];
      }
      runs = merged;
    }
  }

  private static int runEnd(int[] index, int from, int to, Order order) {
    int end = from + 1;
    while (end < to && !order.isBefore(index[end], index[end - 1])) {
      end++;
    }
    return Math.min(end, to);
  }

  /** Makes a short run longer, by insertion. */
  private static int extended(int[] index, int from, int runEnd, int to, Order order) {
    int end = Math.max(runEnd, Math.min(to, from + SHORT_RUN));
    for (int i = runEnd; i < end; i++) {
      int moved = index[i];
      int place = i;
      while (place > from && order.isBefore(moved, index[place - 1])) {
        index[place] = index[place - 1];
        place--;
      }
      index[place] = moved;
    }
    return end;
  }

  private static void merge(int[] index, int from, int middle, int to, int[] buffer, Order order) {
    int left = middle - from;
    System.arraycopy(index, from, buffer, 0, left);
    int taken = 0;
    int right = middle;
    int out = from;
    while (taken < left && right < to) {
      index[out++] = order.isBefore(index[right], buffer[taken]) ? index[right++] : buffer[taken++];
    }
    System.arraycopy(buffer, taken, index, out, left - taken);
  }
}
