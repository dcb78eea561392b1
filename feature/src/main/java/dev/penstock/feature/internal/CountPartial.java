package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;
import org.jspecify.annotations.Nullable;

/** The number of rows that have a value in the slot. */
final class CountPartial implements Reversible {
  private final int slot;
  private boolean @Nullable [] present;
  private long count;

  CountPartial(int slot) {
    this.slot = slot;
  }

  @Override
  public void bind(Rows rows) {
    present = rows.slots[slot].present;
  }

  @Override
  public void clear() {
    count = 0;
  }

  @Override
  public void add(int row) {
    if (present == null || present[row]) {
      count++;
    }
  }

  @Override
  public void remove(int row) {
    if (present == null || present[row]) {
      count--;
    }
  }

  @Override
  public void write(ByteSink out) {
    out.count(count);
  }

  @Override
  public void merge(ByteSource in) {
    count += in.count();
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    answer.whole(count);
  }
}
