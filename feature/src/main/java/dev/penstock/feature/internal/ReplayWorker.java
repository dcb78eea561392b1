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
  private final Entrances seen = new Entrances();
  private final List<Slides> windows;

  ReplayWorker(Replay replay) {
    this.replay = replay;
    this.chain = new QueryChain(replay.history.rows.eventTimes);
    this.windows = Slides.of(replay.history.plan, replay.history.rows, replay.answers);
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
        if (chain.size == 0 || replay.entries.follows(query, chain.queries[chain.size - 1])) {
          chain.moments[chain.size] = replay.moments[query];
          chain.queries[chain.size++] = query;
        } else {
          rest[passedOver++] = query;
        }
      }
      left = passedOver;
      seen.asSeen(chain, replay.entries);
      judgeKey();
      windows.forEach(window -> window.slide.over(chain, seen, window));
    }
  }

  /** The status each query has by the key's newest visible row. */
  private void judgeKey() {
    long retention = replay.history.plan.retention();
    long maxAge = replay.history.plan.maxAge();
    int newest = -1;
    int in = 0;
    for (int query = 0; query < chain.size; query++) {
      for (; in < seen.end(query); in++) {
        newest = Math.max(newest, seen.row(in));
      }
      long moment = chain.moments[query];
      if (newest < 0 || chain.eventTimes[newest] < ViewPlan.start(moment, retention)) {
        chain.statuses[query] = NOT_FOUND;
      } else if (chain.eventTimes[newest] < ViewPlan.start(moment, maxAge)) {
        chain.statuses[query] = OUTSIDE_MAX_AGE;
      } else {
        chain.statuses[query] = PRESENT;
      }
    }
  }
}
