package dev.penstock.format.internal.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.parquet.format.Encoding;

/** Numbers of 32 or 64 bits; floats and doubles by their bits, short decimals unscaled. */
final class NumberEncoder implements ValueEncoder {
  private final Type type;
  private final boolean isLong;
  private final long[] values = new long[MOST_PAGE_ROWS];
  private final int[] indexes = new int[MOST_PAGE_ROWS];
  private final DictionaryChoice choice = new DictionaryChoice();
  private LongDictionary dictionary = new LongDictionary();

  NumberEncoder(Type type) {
    this.type = type;
    this.isLong =
        switch (ParquetSchemas.physical(type)) {
          case INT64, DOUBLE -> true;
          default -> false;
        };
  }

  @Override
  public Encoding values(Column column, int from, int to, Bytes out, ColumnStatistics statistics) {
    statistics.add(column, from, to);
    int count = collect(column, from, to);
    if (choice.isOpen()) {
      int before = dictionary.size();
      dictionary.indexes(values, count, indexes);
      long bytes = (long) dictionary.size() * (isLong ? Long.BYTES : Integer.BYTES);
      if (choice.keep(dictionary.size(), dictionary.size() - before, bytes, count)) {
        int bitWidth = ChunkPages.bitWidth(dictionary.size() - 1);
        out.write(bitWidth);
        RunEncoder.encode(indexes, count, bitWidth, out);
        return Encoding.RLE_DICTIONARY;
      }
      dictionary.truncate(before);
    }
    plain(values, count, out);
    return Encoding.PLAIN;
  }

  @Override
  public int dictionary(Bytes out) {
    plain(dictionary.entries(), dictionary.size(), out);
    return dictionary.size();
  }

  @Override
  public void restart() {
    choice.restart();
    dictionary = new LongDictionary();
  }

  @Override
  public boolean pagesHaveBounds() {
    return true;
  }

  private void plain(long[] numbers, int count, Bytes out) {
    if (isLong) {
      out.writeLongs(numbers, count);
    } else {
      out.writeInts(numbers, count);
    }
  }

  /** Puts the values that are not null at the front of {@link #values}; returns how many. */
  private int collect(Column column, int from, int to) {
    boolean[] nulls = column instanceof ObjectColumn ? null : column.nulls();
    int count = 0;
    if (column instanceof LongColumn longs) {
      if (nulls == null) {
        System.arraycopy(longs.values(), from, values, 0, to - from);
        return to - from;
      }
      for (int i = from; i < to; i++) {
        values[count] = longs.values()[i];
        count += nulls[i] ? 0 : 1;
      }
    } else if (column instanceof IntColumn ints) {
      for (int i = from; i < to; i++) {
        values[count] = ints.values()[i];
        count += nulls != null && nulls[i] ? 0 : 1;
      }
    } else if (column instanceof DoubleColumn doubles) {
      for (int i = from; i < to; i++) {
        values[count] = Double.doubleToRawLongBits(doubles.values()[i]);
        count += nulls != null && nulls[i] ? 0 : 1;
      }
    } else if (column instanceof FloatColumn floats) {
      for (int i = from; i < to; i++) {
        values[count] = Float.floatToRawIntBits(floats.values()[i]);
        count += nulls != null && nulls[i] ? 0 : 1;
      }
    } else {
      for (int i = from; i < to; i++) {
        if (column.value(i) instanceof BigDecimal decimal) {
          values[count++] = unscaled(decimal, (Type.Decimal) type);
        }
      }
    }
    return count;
  }

  static long unscaled(BigDecimal value, Type.Decimal type) {
    return exact(value, type).unscaledValue().longValueExact();
  }

  /**
   * The value at the type's scale.
   *
   * @throws ArithmeticException if it does not fit
   */
  static BigDecimal exact(BigDecimal value, Type.Decimal type) {
    BigDecimal exact = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
    if (exact.precision() > type.precision()) {
      throw new ArithmeticException(value + " does not fit " + type);
    }
    return exact;
  }
}
