package dev.penstock.online;

import dev.penstock.data.PenstockException;
import dev.penstock.source.ClockMode;

/** Where served features are read from. Safe for use by many threads. */
public interface OnlineStore {
  ClockMode clockMode();

  /**
   * A read at the present of the wall clock: of all commits so far, at a moment later than every
   * seen time among them and not later than that of any commit to come.
   *
   * @throws PenstockException {@code USAGE} under the replay clock, where a request says its moment
   */
  Reading now();

  /**
   * A read at {@code q} under the replay clock: of all commits so far.
   *
   * @throws PenstockException {@code CLOCK_CONFLICT} if a seen time is not before {@code q}; {@code
   *     USAGE} under the wall clock
   */
  Reading at(long q);
}
