package dev.penstock.feature.internal;

import dev.penstock.feature.FeatureStatus;
import java.util.Arrays;
import java.util.List;

/** Answers the queries of some keys; the scratch space of one thread. */
final class ReplayWorker {
  private static final byte PRESENT = FeatureStatus.PRESENT.code();
  private static final byte NOT_FOUND = FeatureStatus.NOT_FOUND.code();
  private static final byte OUTSIDE_MAX_AGE = FeatureStatus.OUTSIDE_MAX_AGE.code();

  private final Replay replay;
  private final long[] eventTimes;
  private final List<Slides> windows;

  // One chain of one key's queries, in order of their moments.
  private int[] queries = {};
  private long[] moments = {};
  private byte[] statuses = {};
  private int size;

  // The key's rows are [firstRow, endRow).
  private int firstRow;
  private int endRow;

  /** By row, from firstRow on: the first query of the chain that sees it. */
  private int[] entry = {};

  /**
   * The rows in the order in which they are entered: query i enters [enterEnd[i-1], enterEnd[i]).
   */
  private int[] entered = {};

  private int[] enterEnd = {};

  ReplayWorker(Replay replay) {
    this.replay = replay;
    this.eventTimes = replay.history.rows.eventTimes;
    this.windows = Slides.of(replay.history.plan, replay.history.rows, replay.answers);
  }

  /** Answers the queries of the keys [from, to). */
  void run(int from, int to) {
    for (int key = from; key < to; key++) {
      int first = replay.starts[key];
      int count = replay.starts[key + 1] - first;
      if (count > 0) {
        boolean known = key < replay.history.keys.size();
        firstRow = known ? replay.history.starts[key] : 0;
        endRow = known ? replay.history.starts[key + 1] : 0;
        answerChains(first, count);
      }
    }
  }

  /** Splits a key's queries into chains: one, unless positions and moments disagree. */
  private void answerChains(int first, int count) {
    int[] rest = Arrays.copyOfRange(replay.order, first, first + count);
    int left = count;
    ensureQueries(count);
    while (left > 0) {
      size = 0;
      int passedOver = 0;
      for (int i = 0; i < left; i++) {
        int query = rest[i];
        if (size == 0 || replay.entries.follows(query, queries[size - 1])) {
          moments[size] = replay.moments[query];
          queries[size++] = query;
        } else {
          rest[passedOver++] = query;
        }
      }
      left = passedOver;
      enterRows();
      judgeKey();
      windows.forEach(this::slide);
    }
  }

  private void ensureQueries(int count) {
    if (queries.length < count) {
      queries = new int[count];
      moments = new long[count];
      statuses = new byte[count];
      enterEnd = new int[count + 1];
    }
  }

  /** Finds the query at which each row is entered and sorts the rows by it. */
  private void enterRows() {
    int rows = endRow - firstRow;
    if (entry.length < rows) {
      entry = new int[rows];
      entered = new int[rows];
    }
    Arrays.fill(enterEnd, 0, size + 1, 0);
    int happened = 0;
    for (int row = firstRow; row < endRow; row++) {
      while (happened < size && moments[happened] <= eventTimes[row]) {
        happened++;
      }
      int query = replay.entries.first(row, happened, moments, queries, size);
      entry[row - firstRow] = query;
      enterEnd[query]++;
    }
    int end = 0;
    for (int query = 0; query <= size; query++) {
      int start = end;
      end += enterEnd[query];
      enterEnd[query] = start;
    }
    for (int row = firstRow; row < endRow; row++) {
      entered[enterEnd[entry[row - firstRow]]++] = row;
    }
  }

  /** The status each query has by the key's newest visible row. */
  private void judgeKey() {
    long retention = replay.history.plan.retention();
    long maxAge = replay.history.plan.maxAge();
    int newest = -1;
    int in = 0;
    for (int query = 0; query < size; query++) {
      for (; in < enterEnd[query]; in++) {
        newest = Math.max(newest, entered[in]);
      }
      long moment = moments[query];
      if (newest < 0 || eventTimes[newest] < ViewPlan.start(moment, retention)) {
        statuses[query] = NOT_FOUND;
      } else if (eventTimes[newest] < ViewPlan.start(moment, maxAge)) {
        statuses[query] = OUTSIDE_MAX_AGE;
      } else {
        statuses[query] = PRESENT;
      }
    }
  }

  private void slide(Slides window) {
    window.clear();
    int in = 0;
    int out = firstRow;
    for (int query = 0; query < size; query++) {
      long start = ViewPlan.start(moments[query], window.reach);
      // A row that is visible only after it left is passed over on both sides.
      while (out < endRow && eventTimes[out] < start) {
        if (entry[out - firstRow] < query) {
          window.remove(out);
        }
        out++;
      }
      int end = enterEnd[query];
      for (; in < end; in++) {
        int row = entered[in];
        if (eventTimes[row] >= start) {
          window.add(row);
        }
      }
      if (statuses[query] == OUTSIDE_MAX_AGE) {
        window.withhold(queries[query], OUTSIDE_MAX_AGE);
      } else {
        window.answer(queries[query], moments[query], statuses[query]);
      }
    }
  }
}
