package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** How many rows a condition holds for, and how many it was true or false for. */
final class SharePartial implements Reversible {
  private final int slot;
  private boolean @Nullable [] present;
  private boolean[] values = {};
  private long count;
  private long holding;

  SharePartial(int slot) {
    this.slot = slot;
  }

  @Override
  public void bind(Rows rows) {
    present = rows.slots[slot].present;
    values = rows.slots[slot].flags;
  }

  @Override
  public void clear() {
    count = 0;
    holding = 0;
  }

  @Override
  public void add(int row) {
    if (present == null || present[row]) {
      count++;
      holding += values[row] ? 1 : 0;
    }
  }

  @Override
  public void remove(int row) {
    if (present == null || present[row]) {
      count--;
      holding -= values[row] ? 1 : 0;
    }
  }

  @Override
  public void write(ByteSink out) {
    out.count(count);
    out.count(holding);
  }

  @Override
  public void merge(ByteSource in) {
    count += in.count();
    holding += in.count();
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (count == 0) {
      answer.nothing();
    } else if (aggregate.function() == AggregateFunction.ANY) {
      answer.flag(holding > 0);
    } else if (aggregate.function() == AggregateFunction.ALL) {
      answer.flag(holding == count);
    } else {
      answer.real((double) holding / (double) count);
    }
  }
}
