package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** The first or the last value over a moving window, or when it was. */
final class SlidingEnd implements Sliding {
  private final int slot;
  private final Extreme end;
  private final RowWindow window = new RowWindow();
  private @Nullable SlotColumn column;
  private long[] eventTimes = {};

  SlidingEnd(int slot, Extreme end) {
    this.slot = slot;
    this.end = end;
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
    if (requireNonNull(column).isPresent(row)) {
      window.remove(row);
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (window.size() == 0) {
      answer.nothing();
      return;
    }
    int row = window.row(end == Extreme.LEAST ? 0 : window.size() - 1);
    if (aggregate.function() == AggregateFunction.TIME_SINCE_FIRST
        || aggregate.function() == AggregateFunction.TIME_SINCE_LAST) {
      TimePartial.answerSince(eventTimes[row], moment, answer);
    } else {
      requireNonNull(column).answer(row, answer);
    }
  }
}
