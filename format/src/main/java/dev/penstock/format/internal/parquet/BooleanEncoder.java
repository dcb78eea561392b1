package dev.penstock.format.internal.parquet;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import org.apache.parquet.format.Encoding;

/** One bit per value, the low ones of a byte first. */
final class BooleanEncoder implements ValueEncoder {
  @Override
  public Encoding values(Column column, int from, int to, Bytes out, ColumnStatistics statistics) {
    statistics.add(column, from, to);
    boolean[] values = ((BooleanColumn) column).values();
    int bits = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      if (!column.isNull(i)) {
        bits |= (values[i] ? 1 : 0) << count++;
        if (count == Byte.SIZE) {
          out.write(bits);
          bits = 0;
          count = 0;
        }
      }
    }
    if (count > 0) {
      out.write(bits);
    }
    return Encoding.PLAIN;
  }

  @Override
  public boolean pagesHaveBounds() {
    return true;
  }
}
