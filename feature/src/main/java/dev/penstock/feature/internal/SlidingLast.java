package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.AggregateFunction;
import org.jspecify.annotations.Nullable;

/**
 * The last value over a moving window. Rows leave in order, so when the last one leaves, no other
 * is left, and keeping the greatest row is enough.
 */
final class SlidingLast implements Sliding {
  private static final int NONE = -1;

  private final int slot;
  private @Nullable SlotColumn column;
  private int last = NONE;

  SlidingLast(int slot) {
    this.slot = slot;
  }

  @Override
  public void bind(Rows rows) {
    column = rows.slots[slot];
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
  public void answer(AggregateFunction function, double parameter, Answer answer) {
    if (last == NONE) {
      answer.nothing();
    } else {
      requireNonNull(column).answer(last, answer);
    }
  }
}
