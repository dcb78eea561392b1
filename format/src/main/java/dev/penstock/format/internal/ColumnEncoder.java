package dev.penstock.format.internal;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Field;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Writes slices of one column of ours into Parquet's column writer, and keeps its summary. */
final class ColumnEncoder {
  /** Strings seen lately and their bytes: few strings of a column differ. */
  private static final int CACHE_SIZE = 1 << 12;

  private final Field field;

  /** The definition level of a value; a null's is one less. */
  private final int present;

  private final ColumnStatistics statistics;
  private final @Nullable String[] cachedStrings;
  private final @Nullable Binary[] cachedBytes;

  ColumnEncoder(Field field) {
    this.field = field;
    this.present = field.nullable() ? 1 : 0;
    this.statistics = new ColumnStatistics(field.type());
    int cache = field.type() == Scalar.STRING ? CACHE_SIZE : 0;
    this.cachedStrings = new String[cache];
    this.cachedBytes = new Binary[cache];
  }

  ColumnStatistics statistics() {
    return statistics;
  }

  /** Writes the rows {@code [from, to)}. */
  void write(Column column, int from, int to, ColumnWriter out) {
    statistics.add(column, from, to);
    if (column instanceof LongColumn longs) {
      long[] values = longs.values();
      boolean[] nulls = longs.nulls();
      for (int i = from; i < to; i++) {
        if (nulls != null && nulls[i]) {
          out.writeNull(0, 0);
        } else {
          out.write(values[i], 0, present);
        }
      }
    } else if (column instanceof IntColumn ints) {
      int[] values = ints.values();
      boolean[] nulls = ints.nulls();
      for (int i = from; i < to; i++) {
        if (nulls != null && nulls[i]) {
          out.writeNull(0, 0);
        } else {
          out.write(values[i], 0, present);
        }
      }
    } else if (column instanceof DoubleColumn doubles) {
      double[] values = doubles.values();
      boolean[] nulls = doubles.nulls();
      for (int i = from; i < to; i++) {
        if (nulls != null && nulls[i]) {
          out.writeNull(0, 0);
        } else {
          out.write(values[i], 0, present);
        }
      }
    } else if (column instanceof FloatColumn floats) {
      float[] values = floats.values();
      boolean[] nulls = floats.nulls();
      for (int i = from; i < to; i++) {
        if (nulls != null && nulls[i]) {
          out.writeNull(0, 0);
        } else {
          out.write(values[i], 0, present);
        }
      }
    } else if (column instanceof BooleanColumn booleans) {
      boolean[] values = booleans.values();
      boolean[] nulls = booleans.nulls();
      for (int i = from; i < to; i++) {
        if (nulls != null && nulls[i]) {
          out.writeNull(0, 0);
        } else {
          out.write(values[i], 0, present);
        }
      }
    } else {
      writeObjects((ObjectColumn) column, from, to, out);
    }
  }

  private void writeObjects(ObjectColumn column, int from, int to, ColumnWriter out) {
    @Nullable Object[] values = column.values();
    Type type = field.type();
    for (int i = from; i < to; i++) {
      Object value = values[i];
      if (value == null) {
        out.writeNull(0, 0);
      } else if (value instanceof String string) {
        out.write(bytes(string), 0, present);
      } else if (value instanceof byte[] bytes) {
        out.write(Binary.fromConstantByteArray(bytes), 0, present);
      } else if (value instanceof float[] vector) {
        writeVector(vector, out);
      } else {
        writeDecimal((BigDecimal) value, (Type.Decimal) type, out);
      }
    }
  }

  private Binary bytes(String string) {
    int slot = (string.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - 12);
    Binary cached = cachedBytes[slot];
    if (cached != null && string.equals(cachedStrings[slot])) {
      return cached;
    }
    // Not fromString, which encodes anew each time the bytes are asked for.
    Binary made =
        Binary.fromConstantByteArray(string.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    cachedStrings[slot] = string;
    cachedBytes[slot] = made;
    return made;
  }

  private void writeVector(float[] vector, ColumnWriter out) {
    if (vector.length == 0) {
      out.writeNull(0, present);
      return;
    }
    for (int i = 0; i < vector.length; i++) {
      out.write(vector[i], i == 0 ? 0 : 1, present + 1);
    }
  }

  private void writeDecimal(BigDecimal value, Type.Decimal type, ColumnWriter out) {
    BigDecimal exact = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
    if (exact.precision() > type.precision()) {
      throw new ArithmeticException(value + " does not fit " + type);
    }
    PrimitiveTypeName physical = ParquetSchemas.physical(type);
    if (physical == PrimitiveTypeName.INT32) {
      out.write(exact.unscaledValue().intValueExact(), 0, present);
    } else if (physical == PrimitiveTypeName.INT64) {
      out.write(exact.unscaledValue().longValueExact(), 0, present);
    } else {
      byte[] shortest = exact.unscaledValue().toByteArray();
      byte[] bytes = new byte[ParquetSchemas.bytes(type)];
      Arrays.fill(bytes, (byte) (exact.signum() < 0 ? -1 : 0));
      System.arraycopy(shortest, 0, bytes, bytes.length - shortest.length, shortest.length);
      out.write(Binary.fromConstantByteArray(bytes), 0, present);
    }
  }
}
