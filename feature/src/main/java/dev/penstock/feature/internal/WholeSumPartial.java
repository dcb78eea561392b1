package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** The count and the 128-bit sum of whole numbers: the sum or the mean. */
final class WholeSumPartial implements Reversible {
  private final int slot;
  private boolean @Nullable [] present;
  private long[] values = {};
  private long count;
  private final WideSum sum = new WideSum();

  WholeSumPartial(int slot) {
    this.slot = slot;
  }

  @Override
  public void bind(Rows rows) {
    present = rows.slots[slot].present;
    values = rows.slots[slot].wholes;
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
    } else if (aggregate.function() == AggregateFunction.MEAN) {
      answer.real(sum.rounded() / count);
    } else if (sum.fitsLong()) {
      answer.whole(sum.low());
    } else {
      answer.error();
    }
  }
}
