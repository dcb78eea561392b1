package dev.penstock.offline;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Columns as bytes, for files that live no longer than the process: numbers as they lie in memory,
 * whole ones as narrow as they are.
 */
final class ColumnBytes {
  /** What a column costs besides its values, at most. */
  private static final int COLUMN = 16;

  /** What an object costs in memory besides its contents, about. */
  private static final int OBJECT = 24;

  private static final int NULL = -1;

  private ColumnBytes() {}

  /** At least what {@link #put} writes, and about what the column takes in memory. */
  static long size(Column column) {
    long nulls =
        COLUMN + (column instanceof ObjectColumn || column.nulls() == null ? 0L : column.size());
    if (column instanceof LongColumn || column instanceof DoubleColumn) {
      return nulls + (long) Long.BYTES * column.size();
    } else if (column instanceof IntColumn || column instanceof FloatColumn) {
      return nulls + (long) Integer.BYTES * column.size();
    } else if (column instanceof ObjectColumn objects) {
      long size = nulls;
      for (Object value : objects.values()) {
        size += OBJECT + contents(value);
      }
      return size;
    }
    return nulls + column.size();
  }

  private static long contents(@Nullable Object value) {
    if (value instanceof String text) {
      return (long) Character.BYTES * text.length();
    } else if (value instanceof BigDecimal) {
      return Type.Decimal.MOST_DIGITS;
    } else if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    return value instanceof float[] floats ? (long) Float.BYTES * floats.length : 0;
  }

  static void put(Column column, ByteBuffer out) {
    boolean[] nulls = column instanceof ObjectColumn ? null : column.nulls();
    out.put((byte) (nulls == null ? 0 : 1));
    for (int row = 0; nulls != null && row < nulls.length; row++) {
      out.put((byte) (nulls[row] ? 1 : 0));
    }
    if (column instanceof LongColumn longs) {
      putLongs(longs.values(), out);
    } else if (column instanceof DoubleColumn doubles) {
      out.asDoubleBuffer().put(doubles.values());
      skip(out, Double.BYTES * doubles.size());
    } else if (column instanceof IntColumn ints) {
      out.asIntBuffer().put(ints.values());
      skip(out, Integer.BYTES * ints.size());
    } else if (column instanceof FloatColumn floats) {
      out.asFloatBuffer().put(floats.values());
      skip(out, Float.BYTES * floats.size());
    } else if (column instanceof BooleanColumn flags) {
      for (boolean flag : flags.values()) {
        out.put((byte) (flag ? 1 : 0));
      }
    } else if (column instanceof ObjectColumn objects) {
      for (Object value : objects.values()) {
        putObject(value, out);
      }
    }
  }

  /** The least, and what each is more than it: in 8 bytes, in 4 where they fit, or in none. */
  private static void putLongs(long[] values, ByteBuffer out) {
    long least = Arrays.stream(values).min().orElse(0);
    long range = Arrays.stream(values).max().orElse(0) - least;
    int width =
        range == 0 ? 0 : range > 0 && range <= Integer.MAX_VALUE ? Integer.BYTES : Long.BYTES;
    out.put((byte) width).putLong(least);
    if (width == Long.BYTES) {
      out.asLongBuffer().put(values);
    } else if (width == Integer.BYTES) {
      IntBuffer narrow = out.asIntBuffer();
      for (long value : values) {
        narrow.put((int) (value - least));
      }
    }
    skip(out, width * values.length);
  }

  private static long[] longs(int rows, ByteBuffer in) {
    int width = in.get();
    long least = in.getLong();
    long[] values = new long[rows];
    if (width == Long.BYTES) {
      in.asLongBuffer().get(values);
    } else {
      Arrays.fill(values, least);
      IntBuffer narrow = in.asIntBuffer();
      for (int row = 0; width == Integer.BYTES && row < rows; row++) {
        values[row] += narrow.get();
      }
    }
    skip(in, width * rows);
    return values;
  }

  private static void putObject(@Nullable Object value, ByteBuffer out) {
    if (value instanceof String text) {
      out.putInt(text.length());
      out.asCharBuffer().put(text);
      skip(out, Character.BYTES * text.length());
    } else if (value instanceof BigDecimal decimal) {
      putBytes(decimal.unscaledValue().toByteArray(), out);
    } else if (value instanceof byte[] bytes) {
      putBytes(bytes, out);
    } else if (value instanceof float[] floats) {
      out.putInt(floats.length);
      out.asFloatBuffer().put(floats);
      skip(out, Float.BYTES * floats.length);
    } else {
      out.putInt(NULL);
    }
  }

  private static void putBytes(byte[] bytes, ByteBuffer out) {
    out.putInt(bytes.length);
    out.put(bytes);
  }

  private static void skip(ByteBuffer buffer, int bytes) {
    buffer.position(buffer.position() + bytes);
  }

  static Column get(Type type, int rows, ByteBuffer in) {
    boolean[] nulls = in.get() == 0 ? null : flags(rows, in);
    if (!(type instanceof Scalar scalar)) {
      return objects(type, rows, in);
    }
    return switch (scalar) {
      case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> new LongColumn(type, longs(rows, in), nulls);
      case FLOAT64 -> {
        double[] values = new double[rows];
        in.asDoubleBuffer().get(values);
        skip(in, Double.BYTES * rows);
        yield new DoubleColumn(type, values, nulls);
      }
      case INT32, DATE -> {
        int[] values = new int[rows];
        in.asIntBuffer().get(values);
        skip(in, Integer.BYTES * rows);
        yield new IntColumn(type, values, nulls);
      }
      case FLOAT32 -> {
        float[] values = new float[rows];
        in.asFloatBuffer().get(values);
        skip(in, Float.BYTES * rows);
        yield new FloatColumn(type, values, nulls);
      }
      case BOOLEAN -> new BooleanColumn(type, flags(rows, in), nulls);
      case STRING, BINARY -> objects(type, rows, in);
    };
  }

  private static boolean[] flags(int rows, ByteBuffer in) {
    boolean[] flags = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      flags[row] = in.get() != 0;
    }
    return flags;
  }

  private static ObjectColumn objects(Type type, int rows, ByteBuffer in) {
    Object[] values = new Object[rows];
    for (int row = 0; row < rows; row++) {
      int length = in.getInt();
      values[row] = length == NULL ? null : object(type, length, in);
    }
    return new ObjectColumn(type, values);
  }

  private static Object object(Type type, int length, ByteBuffer in) {
    if (type instanceof Type.Decimal decimal) {
      return new BigDecimal(new BigInteger(bytes(length, in)), decimal.scale());
    } else if (type instanceof Type.Vector) {
      float[] floats = new float[length];
      in.asFloatBuffer().get(floats);
      skip(in, Float.BYTES * length);
      return floats;
    } else if (type == Scalar.BINARY) {
      return bytes(length, in);
    }
    CharBuffer text = in.asCharBuffer().limit(length);
    skip(in, Character.BYTES * length);
    return text.toString();
  }

  private static byte[] bytes(int length, ByteBuffer in) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
