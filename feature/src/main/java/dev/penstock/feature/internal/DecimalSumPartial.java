package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The count and the exact sum of decimals of one scale: the sum or the mean. */
final class DecimalSumPartial implements Reversible {
  private final int slot;
  private final BigDecimal zero;
  private @Nullable SlotColumn values;
  private long count;
  private BigDecimal sum;

  DecimalSumPartial(int slot, Type type) {
    this.slot = slot;
    this.zero = BigDecimal.valueOf(0, ((Type.Decimal) type).scale());
    this.sum = zero;
  }

  @Override
  public void bind(Rows rows) {
    values = rows.slots[slot];
  }

  @Override
  public void clear() {
    count = 0;
    sum = zero;
  }

  @Override
  public void add(int row) {
    SlotColumn column = requireNonNull(values);
    if (column.isPresent(row)) {
      count++;
      sum = sum.add(column.decimal(row));
    }
  }

  @Override
  public void remove(int row) {
    SlotColumn column = requireNonNull(values);
    if (column.isPresent(row)) {
      count--;
      sum = sum.subtract(column.decimal(row));
    }
  }

  @Override
  public void write(ByteSink out) {
    out.count(count);
    out.sized(sum.unscaledValue().toByteArray());
  }

  @Override
  public void merge(ByteSource in) {
    count += in.count();
    sum = sum.add(new BigDecimal(new BigInteger(in.sized()), zero.scale()));
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (count == 0) {
      answer.nothing();
    } else if (aggregate.function() == AggregateFunction.MEAN) {
      answer.real(sum.doubleValue() / count);
    } else if (sum.precision() <= Type.Decimal.MOST_DIGITS) {
      answer.object(sum);
    } else {
      answer.error();
    }
  }
}
