package dev.penstock.source;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.source.internal.ByteScanner;
import dev.penstock.source.internal.ByteSink;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of rows in a log: a version byte, the number of rows, then column after column.
 * Specified in {@code docs/storage-format.md}. The schema is not among them; who stores entries
 * stores their schemas.
 */
public final class BatchCodec {
  /** The version of the form that {@link #encode} writes. */
  public static final int VERSION = 1;

  /** What an entry may hold, so that a damaged count cannot ask for all memory. */
  public static final int MOST_ROWS = 1 << 24;

  private BatchCodec() {}

  public static byte[] encode(Batch rows) {
    ByteSink out = new ByteSink(16 + rows.rows() * rows.schema().size() * 4);
    out.putByte(VERSION);
    out.putVarint(rows.rows());
    for (Column column : rows.columns()) {
      encode(column, out);
    }
    return out.toBytes();
  }

  /**
   * The rows that {@link #encode} wrote.
   *
   * @throws PenstockException {@code STATE_VERSION} if a newer Penstock wrote it, {@code
   *     STATE_CORRUPT} if nobody did
   */
  public static Batch decode(byte[] bytes, Schema schema) {
    ByteScanner in = new ByteScanner(bytes);
    int version = in.takeByte();
    if (version != VERSION) {
      throw new PenstockException(
          ErrorCode.STATE_VERSION,
          "these rows were written in form " + version + ", this Penstock reads form " + VERSION,
          "use the Penstock that wrote them");
    }
    long rows = in.takeVarint();
    if (rows < 0 || rows > MOST_ROWS) {
      throw ByteScanner.corrupt(rows + " rows in one entry");
    }
    List<Column> columns = new ArrayList<>(schema.size());
    for (int c = 0; c < schema.size(); c++) {
      columns.add(decode(in, schema.field(c).type(), (int) rows));
    }
    in.end();
    return new Batch(schema, columns);
  }

  private static void encode(Column column, ByteSink out) {
    int rows = column.size();
    boolean[] nulls = column.nulls();
    out.putByte(nulls == null ? 0 : 1);
    if (nulls != null) {
      out.putBits(nulls, rows);
    }
    if (column instanceof LongColumn longs) {
      long before = 0;
      for (int row = 0; row < rows; row++) {
        if (nulls == null || !nulls[row]) {
          out.putZigzag(longs.values()[row] - before);
          before = longs.values()[row];
        }
      }
    } else if (column instanceof IntColumn ints) {
      long before = 0;
      for (int row = 0; row < rows; row++) {
        if (nulls == null || !nulls[row]) {
          out.putZigzag(ints.values()[row] - before);
          before = ints.values()[row];
        }
      }
    } else if (column instanceof BooleanColumn booleans) {
      out.putBits(booleans.values(), rows);
    } else if (column instanceof DoubleColumn doubles) {
      for (int row = 0; row < rows; row++) {
        if (nulls == null || !nulls[row]) {
          out.putLong(Double.doubleToLongBits(doubles.values()[row]));
        }
      }
    } else if (column instanceof FloatColumn floats) {
      for (int row = 0; row < rows; row++) {
        if (nulls == null || !nulls[row]) {
          out.putInt(Float.floatToIntBits(floats.values()[row]));
        }
      }
    } else {
      for (Object value : ((ObjectColumn) column).values()) {
        if (value != null) {
          encode(value, out);
        }
      }
    }
  }

  private static void encode(Object value, ByteSink out) {
    if (value instanceof String text) {
      out.putText(text);
    } else if (value instanceof byte[] bytes) {
      out.putBytes(bytes);
    } else if (value instanceof BigDecimal decimal) {
      out.putBytes(decimal.unscaledValue().toByteArray());
    } else {
      float[] vector = (float[]) value;
      out.putVarint(vector.length);
      for (float element : vector) {
        out.putInt(Float.floatToIntBits(element));
      }
    }
  }

  private static Column decode(ByteScanner in, Type type, int rows) {
    int form = in.takeByte();
    if (form > 1) {
      throw ByteScanner.corrupt("a column of form " + form);
    }
    boolean[] nulls = form == 1 ? in.takeBits(rows) : null;
    if (type == Scalar.BOOLEAN) {
      return new BooleanColumn(type, in.takeBits(rows), nulls);
    }
    ColumnBuilder builder = ColumnBuilder.of(type, rows);
    long before = 0;
    for (int row = 0; row < rows; row++) {
      if (nulls != null && nulls[row]) {
        builder.appendNull();
      } else if (type instanceof Type.Decimal decimal) {
        builder.appendObject(new BigDecimal(unscaled(in.takeBytes()), decimal.scale()));
      } else if (type instanceof Type.Vector) {
        builder.appendObject(vector(in));
      } else {
        switch ((Scalar) type) {
          case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> builder.appendLong(before += in.takeZigzag());
          case INT32, DATE -> builder.appendInt((int) (before += in.takeZigzag()));
          case FLOAT64 -> builder.appendDouble(Double.longBitsToDouble(in.takeLong()));
          case FLOAT32 -> builder.appendFloat(Float.intBitsToFloat(in.takeInt()));
          case STRING -> builder.appendObject(in.takeText());
          case BINARY -> builder.appendObject(in.takeBytes());
          case BOOLEAN -> throw new AssertionError("read above");
        }
      }
    }
    return builder.build();
  }

  private static BigInteger unscaled(byte[] bytes) {
    if (bytes.length == 0) {
      throw ByteScanner.corrupt("a decimal without digits");
    }
    return new BigInteger(bytes);
  }

  private static float[] vector(ByteScanner in) {
    float[] vector = new float[in.takeLength(Float.BYTES)];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = Float.intBitsToFloat(in.takeInt());
    }
    return vector;
  }
}
