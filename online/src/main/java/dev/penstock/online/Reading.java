package dev.penstock.online;

import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.feature.StateReader;
import dev.penstock.source.ClockMode;

/**
 * One moment of a store: every state it gives shows the same commits, and they may be read side by
 * side. Close it soon.
 */
public interface Reading extends AutoCloseable {
  /** The moment of the question, microseconds. */
  long q();

  ClockMode clockMode();

  /** The first positions of the view's source that this reading does not see. */
  Positions positions(LiveView view);

  /**
   * The view's state.
   *
   * @throws PenstockException {@code NOT_APPLIED} if the store does not hold the view, or has not
   *     been filled with its history yet
   */
  StateReader state(LiveView view);

  @Override
  void close();
}
