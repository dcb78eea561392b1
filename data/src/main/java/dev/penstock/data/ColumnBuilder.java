package dev.penstock.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Grows a {@link Column} value by value. The typed appends fit only their own storage: {@link
 * #appendLong} a 64-bit integer or timestamp, {@link #appendInt} a 32-bit integer or date, and so
 * on. Not thread-safe; {@link #build} may be called once.
 */
public final class ColumnBuilder {
  private final Type type;
  private Object values;
  private boolean @Nullable [] nulls;
  private int size;
  private int capacity;

  private ColumnBuilder(Type type, int capacity) {
    this.type = type;
    this.capacity = Math.max(capacity, 8);
    this.values = newStorage(type, this.capacity);
  }

  public static ColumnBuilder of(Type type, int expectedRows) {
    return new ColumnBuilder(type, expectedRows);
  }

  public int size() {
    return size;
  }

  public void appendNull() {
    ensure(1);
    if (values instanceof Object[] objects) {
      objects[size++] = null;
      return;
    }
    if (nulls == null) {
      nulls = new boolean[capacity];
    }
    nulls[size++] = true;
  }

  public void appendBoolean(boolean value) {
    ensure(1);
    ((boolean[]) values)[size++] = value;
  }

  public void appendInt(int value) {
    ensure(1);
    ((int[]) values)[size++] = value;
  }

  public void appendLong(long value) {
    ensure(1);
    ((long[]) values)[size++] = value;
  }

  public void appendFloat(float value) {
    ensure(1);
    ((float[]) values)[size++] = value;
  }

  public void appendDouble(double value) {
    ensure(1);
    ((double[]) values)[size++] = value;
  }

  public void appendObject(Object value) {
    ensure(1);
    ((Object[]) values)[size++] = value;
  }

  /** Appends a value as {@link Column#value} gives it: boxed, or null. */
  public void append(@Nullable Object value) {
    if (value == null) {
      appendNull();
    } else if (values instanceof long[]) {
      appendLong(((Number) value).longValue());
    } else if (values instanceof int[]) {
      appendInt(((Number) value).intValue());
    } else if (values instanceof double[]) {
      appendDouble(((Number) value).doubleValue());
    } else if (values instanceof float[]) {
      appendFloat(((Number) value).floatValue());
    } else if (values instanceof boolean[]) {
      appendBoolean((Boolean) value);
    } else {
      appendObject(value);
    }
  }

  /** Appends every value of a column of the same type. */
  public void appendAll(Column column) {
    if (!column.type().equals(type)) {
      throw new IllegalArgumentException("cannot append " + column.type() + " to " + type);
    }
    int more = column.size();
    ensure(more);
    System.arraycopy(storage(column), 0, values, size, more);
    boolean[] theirs = column instanceof ObjectColumn ? null : column.nulls();
    if (theirs != null) {
      if (nulls == null) {
        nulls = new boolean[capacity];
      }
      System.arraycopy(theirs, 0, nulls, size, more);
    }
    size += more;
  }

  public Column build() {
    boolean[] flags = nulls == null ? null : Arrays.copyOf(nulls, size);
    if (values instanceof long[] longs) {
      return new LongColumn(type, Arrays.copyOf(longs, size), flags);
    } else if (values instanceof int[] ints) {
      return new IntColumn(type, Arrays.copyOf(ints, size), flags);
    } else if (values instanceof double[] doubles) {
      return new DoubleColumn(type, Arrays.copyOf(doubles, size), flags);
    } else if (values instanceof float[] floats) {
      return new FloatColumn(type, Arrays.copyOf(floats, size), flags);
    } else if (values instanceof boolean[] booleans) {
      return new BooleanColumn(type, Arrays.copyOf(booleans, size), flags);
    }
    return new ObjectColumn(type, Arrays.copyOf((Object[]) values, size));
  }

  private void ensure(int more) {
    int needed = Math.addExact(size, more);
    if (needed <= capacity) {
      return;
    }
    capacity = Math.max(needed, capacity + (capacity >> 1));
    Object grown = newStorage(type, capacity);
    System.arraycopy(values, 0, grown, 0, size);
    values = grown;
    if (nulls != null) {
      nulls = Arrays.copyOf(nulls, capacity);
    }
  }

  private static Object newStorage(Type type, int capacity) {
    if (!(type instanceof Scalar scalar)) {
      return new Object[capacity];
    }
    return switch (scalar) {
      case BOOLEAN -> new boolean[capacity];
      case INT32, DATE -> new int[capacity];
      case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> new long[capacity];
      case FLOAT32 -> new float[capacity];
      case FLOAT64 -> new double[capacity];
      case STRING, BINARY -> new Object[capacity];
    };
  }

  private static Object storage(Column column) {
    if (column instanceof LongColumn longs) {
      return longs.values();
    } else if (column instanceof IntColumn ints) {
      return ints.values();
    } else if (column instanceof DoubleColumn doubles) {
      return doubles.values();
    } else if (column instanceof FloatColumn floats) {
      return floats.values();
    } else if (column instanceof BooleanColumn booleans) {
      return booleans.values();
    }
    return ((ObjectColumn) column).values();
  }
}
