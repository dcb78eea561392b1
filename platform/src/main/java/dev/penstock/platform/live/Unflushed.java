package dev.penstock.platform.live;

import dev.penstock.embedded.EmbeddedStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in the live store and not yet in the lake, and for how long. A row's age counts from when
 * it was first noticed, by the clock of whoever asks: under the replay clock its own times are of
 * another year. Thread-safe.
 */
final class Unflushed {
  private final EmbeddedStore store;
  private final Map<String, Seen> firstSeen = new HashMap<>();

  Unflushed(EmbeddedStore store) {
    this.store = store;
  }

  /** Which row was the oldest, and when it was first noticed. */
  private record Seen(long oldest, long micros) {}

  /**
   * Rows that wait.
   *
   * @param micros how long the oldest has waited at least; 0 when there is none
   */
  record Waiting(long rows, long micros) {}

  /** What waits of a source's log. */
  synchronized Waiting source(String source, long now) {
    return waiting(
        "source " + source,
        store.log().begin(source).next(0),
        store.log().end(source).next(0),
        now);
  }

  /** All that waits: of each source's log, of predictions and outcomes, of quarantines. */
  synchronized List<Waiting> all(long now) {
    List<Waiting> all = new ArrayList<>();
    for (String source : store.log().sources()) {
      all.add(source(source, now));
    }
    all.add(waiting("predictions", store.predictions().begin(), store.predictions().end(), now));
    if (all.stream().allMatch(waiting -> waiting.rows() == 0)) {
      // Counting refused rows reads them all; beside others they go along.
      for (String source : store.log().sources()) {
        all.add(waiting("quarantine " + source, 0, store.quarantine().count(source), now));
      }
    }
    return all;
  }

  private Waiting waiting(String what, long oldest, long end, long now) {
    if (end <= oldest) {
      firstSeen.remove(what);
      return new Waiting(0, 0);
    }
    Seen seen = firstSeen.get(what);
    if (seen == null || seen.oldest() != oldest || seen.micros() > now) {
      seen = new Seen(oldest, now);
      firstSeen.put(what, seen);
    }
    return new Waiting(end - oldest, now - seen.micros());
  }
}
