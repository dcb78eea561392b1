package dev.penstock.format.internal.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/** Byte strings, and decimals too long for an integer; without a dictionary. */
final class BinaryEncoder implements ValueEncoder {
  private final Type type;

  BinaryEncoder(Type type) {
    this.type = type;
  }

  @Override
  public int pageEnd(Column column, int from, int to) {
    return pageEnd((ObjectColumn) column, from, to);
  }

  @Override
  public Encoding values(Column column, int from, int to, Bytes out, ColumnStatistics statistics) {
    statistics.add(column, from, to);
    for (int i = from; i < to; i++) {
      Object value = column.value(i);
      if (value instanceof byte[] bytes) {
        plain(bytes, out);
      } else if (value instanceof BigDecimal decimal) {
        byte[] bytes = bytes(decimal, (Type.Decimal) type);
        out.write(bytes, 0, bytes.length);
      }
    }
    return Encoding.PLAIN;
  }

  static int pageEnd(ObjectColumn column, int from, int to) {
    int end = Math.min(to, from + MOST_PAGE_ROWS);
    long bytes = 0;
    for (int i = from; i < end; i++) {
      Object value = column.values()[i];
      bytes +=
          value instanceof String string
              ? string.length()
              : value instanceof byte[] array ? array.length : 0;
      if (bytes > MOST_PAGE_BYTES) {
        return i + 1;
      }
    }
    return end;
  }

  static void plain(byte[] bytes, Bytes out) {
    out.writeInt(bytes.length);
    out.write(bytes, 0, bytes.length);
  }

  /** The unscaled value as a big-endian two's complement of the type's fixed length. */
  static byte[] bytes(BigDecimal value, Type.Decimal type) {
    BigDecimal exact = NumberEncoder.exact(value, type);
    byte[] shortest = exact.unscaledValue().toByteArray();
    byte[] bytes = new byte[ParquetSchemas.bytes(type)];
    Arrays.fill(bytes, (byte) (exact.signum() < 0 ? -1 : 0));
    System.arraycopy(shortest, 0, bytes, bytes.length - shortest.length, shortest.length);
    return bytes;
  }
}
