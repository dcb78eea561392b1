package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** {@code abs} of int64 or a decimal; the least int64 has none and gives null. */
record WholeAbs(Node operand) implements Node {
  @Override
  public Type type() {
    return operand.type();
  }

  @Override
  public Column evaluate(Batch batch) {
    Column column = operand.evaluate(batch);
    if (column instanceof ObjectColumn) {
      @Nullable Object[] values = Values.objects(column);
      @Nullable Object[] result = new @Nullable Object[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i] instanceof BigDecimal decimal ? decimal.abs() : null;
      }
      return new ObjectColumn(type(), result);
    }
    long[] values = Values.longs(column);
    long[] result = new long[values.length];
    Nulls nulls = Nulls.of(column);
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i] < 0 ? -values[i] : values[i];
      if (result[i] < 0) {
        nulls.mark(i);
      }
    }
    return new LongColumn(type(), result, nulls.flags());
  }
}
