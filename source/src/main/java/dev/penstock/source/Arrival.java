package dev.penstock.source;

/** How rows come in, which settles when they became known and what counts as the future. */
public sealed interface Arrival {
  /**
   * As history: each became known at the time the source declares; the future begins at the wall
   * clock's present.
   */
  record AsHistory(long wallClock) implements Arrival {}

  /** Live: all become known now, and the future begins now. */
  record Live(long seenTime) implements Arrival {}

  /**
   * Under the replay clock with a seen time in each row ({@link RawRows#SEEN_TIME}), which may not
   * go back, not from row to row and not behind {@code notBefore}.
   */
  record Replayed(long notBefore) implements Arrival {}
}
