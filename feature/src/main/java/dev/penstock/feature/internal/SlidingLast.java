package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import org.jspecify.annotations.Nullable;

/**
 * The last value over a moving window, or when it was. Rows leave in order, so when the last one
 * leaves, no other is left, and keeping the greatest row is enough.
 */
final class SlidingLast implements Sliding {
  private static final int NONE = -1;

  private final int slot;
  private @Nullable SlotColumn column;
  private long[] eventTimes = {};
  private int last = NONE;

  SlidingLast(int slot) {
    this.slot = slot;
  }

  @Override
  public void bind(Rows rows) {
    column = rows.slots[slot];
    eventTimes = rows.eventTimes;
  }

  @Override
  public void clear() {
    last = NONE;
  }

  @Override
  public void add(int row) {
    if (row > last && requireNonNull(column).isPresent(row)) {
      last = row;
    }
  }

  @Override
  public void remove(int row) {
    if (row == last) {
      last = NONE;
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (last == NONE) {
      answer.nothing();
    } else if (aggregate.function() == AggregateFunction.TIME_SINCE_LAST) {
      TimePartial.answerSince(eventTimes[last], moment, answer);
    } else {
      requireNonNull(column).answer(last, answer);
    }
  }
}
