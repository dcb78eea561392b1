package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** The first value over a moving window, or when it was. */
final class SlidingFirst implements Sliding {
  private final int slot;
  private final RowWindow window = new RowWindow();
  private @Nullable SlotColumn column;
  private long[] eventTimes = {};

  SlidingFirst(int slot) {
    this.slot = slot;
  }

  @Override
  public void bind(Rows rows) {
    column = rows.slots[slot];
    eventTimes = rows.eventTimes;
  }

  @Override
  public void clear() {
    window.clear();
  }

  @Override
  public void add(int row) {
    if (requireNonNull(column).isPresent(row)) {
      window.add(row);
    }
  }

  @Override
  public void remove(int row) {
    window.removeFirst(row);
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (window.size() == 0) {
      answer.nothing();
    } else if (aggregate.function() == AggregateFunction.TIME_SINCE_FIRST) {
      TimePartial.answerSince(eventTimes[window.row(0)], moment, answer);
    } else {
      requireNonNull(column).answer(window.row(0), answer);
    }
  }
}
