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
  private final QueryChain chain;
  private final Turns seen = new Turns();
  private final NewestRow newest = new NewestRow();
  private final List<Slides> windows;

  ReplayWorker(Replay replay) {
    this(replay, Slides.of(replay.history.plan, replay.history.rows, replay.answers));
  }

  /** With windows of its own for that replay. */
  ReplayWorker(Replay replay, List<Slides> windows) {
    this.replay = replay;
    this.chain =
        new QueryChain(replay.history.rows.eventTimes, replay.ends == null ? null : new Turns());
    this.windows = windows;
  }

  /** Answers the queries of the keys [from, to). */
  void run(int from, int to) {
    for (int key = from; key < to; key++) {
      int first = replay.starts[key];
      int count = replay.starts[key + 1] - first;
      if (count > 0) {
        boolean known = key < replay.history.keys.size();
        chain.firstRow = known ? replay.history.starts[key] : 0;
        chain.endRow = known ? replay.history.starts[key + 1] : 0;
        answerChains(first, count);
      }
    }
  }

  /** Splits a key's queries into chains: one, unless positions and moments disagree. */
  private void answerChains(int first, int count) {
    int[] rest = Arrays.copyOfRange(replay.order, first, first + count);
    int left = count;
    chain.ensure(count);
    while (left > 0) {
      chain.size = 0;
      int passedOver = 0;
      for (int i = 0; i < left; i++) {
        int query = rest[i];
        if (chain.size == 0 || follows(query, chain.queries[chain.size - 1])) {
          chain.moments[chain.size] = replay.moments[query];
          chain.queries[chain.size++] = query;
        } else {
          rest[passedOver++] = query;
        }
      }
      left = passedOver;
      if (replay.ends == null || chain.takenBack == null) {
        seen.asSeen(chain, replay.entries);
      } else {
        seen.asSeen(chain, replay.entries, chain.takenBack, replay.ends);
      }
      judgeKey();
      windows.forEach(window -> window.slide.over(chain, seen, window));
    }
  }

  private boolean follows(int query, int earlier) {
    return replay.entries.follows(query, earlier)
        && (replay.ends == null || replay.ends.follows(query, earlier));
  }

  /** The status each query has by the key's newest visible row. */
  private void judgeKey() {
    long retention = replay.history.plan.retention();
    long maxAge = replay.history.plan.maxAge();
    newest.clear();
    int in = 0;
    for (int query = 0; query < chain.size; query++) {
      for (; in < seen.end(query); in++) {
        newest.add(seen.row(in), chain);
      }
      int row = newest.at(query, chain);
      long moment = chain.moments[query];
      if (row < 0 || chain.eventTimes[row] < ViewPlan.start(moment, retention)) {
        chain.statuses[query] = NOT_FOUND;
      } else if (chain.eventTimes[row] < ViewPlan.start(moment, maxAge)) {
        chain.statuses[query] = OUTSIDE_MAX_AGE;
      } else {
        chain.statuses[query] = PRESENT;
      }
    }
  }
}
