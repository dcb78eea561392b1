package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** The count and the exact sum of floats: the sum or the mean. */
final class RealSumPartial implements Reversible {
  private final int slot;
  private boolean @Nullable [] present;
  private double[] values = {};
  private long count;
  private final ExactSum sum = new ExactSum();

  RealSumPartial(int slot) {
    this.slot = slot;
  }

  @Override
  public void bind(Rows rows) {
    present = rows.slots[slot].present;
    values = rows.slots[slot].reals;
  }

  @Override
  public void clear() {
    count = 0;
    sum.clear();
  }

  @Override
  public void add(int row) {
    if (present == null || present[row]) {
      count++;
      sum.add(values[row]);
    }
  }

  @Override
  public void remove(int row) {
    if (present == null || present[row]) {
      count--;
      sum.remove(values[row]);
    }
  }

  @Override
  public void write(ByteSink out) {
    out.count(count);
    sum.write(out);
  }

  @Override
  public void merge(ByteSource in) {
    count += in.count();
    sum.merge(in);
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (count == 0) {
      answer.nothing();
      return;
    }
    double value = sum.value();
    if (sum.overflows(value)) {
      answer.error();
    } else {
      answer.real(
          aggregate.function() == AggregateFunction.MEAN ? Canonical.of(value / count) : value);
    }
  }
}
