package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import org.jspecify.annotations.Nullable;

/** How often each value occurs in a moving window, however many there are on the way. */
final class SlidingCounts implements Sliding {
  private final int slot;
  private final ValueCounts counts;
  private @Nullable SlotColumn column;

  SlidingCounts(int slot, Type type, int limit) {
    this.slot = slot;
    this.counts = new ValueCounts(type, limit);
  }

  @Override
  public void bind(Rows rows) {
    column = rows.slots[slot];
  }

  @Override
  public void clear() {
    counts.clear();
  }

  @Override
  public void add(int row) {
    change(row, 1);
  }

  @Override
  public void remove(int row) {
    change(row, -1);
  }

  private void change(int row, int by) {
    SlotColumn bound = requireNonNull(column);
    if (bound.isPresent(row)) {
      counts.change(Values.of(bound, row), by);
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    counts.answer(aggregate, answer);
  }
}
