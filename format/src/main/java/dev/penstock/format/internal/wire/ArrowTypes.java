package dev.penstock.format.internal.wire;

import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Arrow's types as ours, and how a value of each is taken out of its vector. */
final class ArrowTypes {
  private static final long DAY_MILLIS = 86_400_000;
  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

  private ArrowTypes() {}

  /** Appends the value of a row that is not null; false if it is none of the column's type. */
  interface Cell {
    boolean append(int row);
  }

  private interface Append {
    void value(int row);
  }

  static Type type(String path, Field field) {
    Type type = type(field);
    if (type == null) {
      throw Wire.unsupported(path, field.getType(), null);
    }
    return type;
  }

  private static @Nullable Type type(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Int whole) {
      boolean fits = whole.getBitWidth() < 32 || (whole.getBitWidth() == 32 && whole.getIsSigned());
      return fits
          ? Scalar.INT32
          : whole.getBitWidth() == 32 || whole.getIsSigned() ? Scalar.INT64 : null;
    } else if (type instanceof ArrowType.FloatingPoint floating) {
      return switch (floating.getPrecision()) {
        case SINGLE -> Scalar.FLOAT32;
        case DOUBLE -> Scalar.FLOAT64;
        case HALF -> null;
      };
    } else if (type instanceof ArrowType.Utf8
        || type instanceof ArrowType.LargeUtf8
        || type instanceof ArrowType.Null) {
      return Scalar.STRING;
    } else if (type instanceof ArrowType.Binary
        || type instanceof ArrowType.LargeBinary
        || type instanceof ArrowType.FixedSizeBinary) {
      return Scalar.BINARY;
    } else if (type instanceof ArrowType.Bool) {
      return Scalar.BOOLEAN;
    } else if (type instanceof ArrowType.Date) {
      return Scalar.DATE;
    } else if (type instanceof ArrowType.Timestamp moment) {
      return moment.getTimezone() == null ? Scalar.LOCAL_TIMESTAMP : Scalar.TIMESTAMP;
    } else if (type instanceof ArrowType.Decimal decimal) {
      return decimal.getBitWidth() == 128
          ? new Type.Decimal(decimal.getPrecision(), decimal.getScale())
          : null;
    }
    boolean list = type instanceof ArrowType.List || type instanceof ArrowType.FixedSizeList;
    return list && isNumber(field.getChildren().get(0).getType()) ? new Type.Vector(0) : null;
  }

  private static boolean isNumber(ArrowType type) {
    return type instanceof ArrowType.FloatingPoint floating
        ? floating.getPrecision() != FloatingPointPrecision.HALF
        : type instanceof ArrowType.Int whole && whole.getIsSigned() && whole.getBitWidth() >= 32;
  }

  /** How to append the values of a vector, whose type {@link #type} knows. */
  static Cell cell(ValueVector vector, ColumnBuilder to) {
    if (vector instanceof TimeStampVector moments) {
      return moment(moments, to);
    } else if (vector instanceof ListVector lists) {
      return list(
          lists.getDataVector(), lists::getElementStartIndex, lists::getElementEndIndex, to);
    } else if (vector instanceof FixedSizeListVector lists) {
      return list(
          lists.getDataVector(), lists::getElementStartIndex, lists::getElementEndIndex, to);
    }
    Append append = append(vector, to);
    return row -> {
      append.value(row);
      return true;
    };
  }

  private static Append append(ValueVector vector, ColumnBuilder to) {
    if (vector instanceof BigIntVector longs) {
      return row -> to.appendLong(longs.get(row));
    } else if (vector instanceof IntVector ints) {
      return row -> to.appendInt(ints.get(row));
    } else if (vector instanceof SmallIntVector shorts) {
      return row -> to.appendInt(shorts.get(row));
    } else if (vector instanceof TinyIntVector bytes) {
      return row -> to.appendInt(bytes.get(row));
    } else if (vector instanceof UInt1Vector bytes) {
      return row -> to.appendInt(Byte.toUnsignedInt(bytes.get(row)));
    } else if (vector instanceof UInt2Vector shorts) {
      return row -> to.appendInt(shorts.get(row));
    } else if (vector instanceof UInt4Vector ints) {
      return row -> to.appendLong(ints.get(row) & UNSIGNED_INT);
    } else if (vector instanceof Float8Vector doubles) {
      return row -> to.appendDouble(doubles.get(row));
    } else if (vector instanceof Float4Vector floats) {
      return row -> to.appendFloat(floats.get(row));
    } else if (vector instanceof BitVector bits) {
      return row -> to.appendBoolean(bits.get(row) == 1);
    } else if (vector instanceof DateDayVector days) {
      return row -> to.appendInt(days.get(row));
    } else if (vector instanceof DateMilliVector millis) {
      return row -> to.appendInt((int) Math.floorDiv(millis.get(row), DAY_MILLIS));
    } else if (vector instanceof VarCharVector text) {
      return row -> to.appendObject(new String(text.get(row), StandardCharsets.UTF_8));
    } else if (vector instanceof LargeVarCharVector text) {
      return row -> to.appendObject(new String(text.get(row), StandardCharsets.UTF_8));
    } else if (vector instanceof VarBinaryVector bytes) {
      return row -> to.appendObject(bytes.get(row));
    } else if (vector instanceof LargeVarBinaryVector bytes) {
      return row -> to.appendObject(bytes.get(row));
    } else if (vector instanceof FixedSizeBinaryVector bytes) {
      return row -> to.appendObject(bytes.get(row));
    } else if (vector instanceof DecimalVector decimals) {
      return row -> to.appendObject(decimals.getObject(row));
    }
    return row -> to.appendNull();
  }

  private static Cell moment(TimeStampVector moments, ColumnBuilder to) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) moments.getField().getType();
    return row -> {
      long value = moments.get(row);
      long micros =
          switch (type.getUnit()) {
            case SECOND -> value * 1_000_000;
            case MILLISECOND -> value * 1_000;
            case MICROSECOND -> value;
            case NANOSECOND -> Math.floorDiv(value, 1_000);
          };
      boolean inRange =
          switch (type.getUnit()) {
            case SECOND -> micros / 1_000_000 == value;
            case MILLISECOND -> micros / 1_000 == value;
            case MICROSECOND, NANOSECOND -> true;
          };
      if (inRange) {
        to.appendLong(micros);
      }
      return inRange;
    };
  }

  private interface Edge {
    int of(int row);
  }

  private static Cell list(ValueVector elements, Edge start, Edge end, ColumnBuilder to) {
    return row -> {
      int from = start.of(row);
      float[] values = new float[end.of(row) - from];
      for (int i = 0; i < values.length; i++) {
        if (elements.isNull(from + i)) {
          return false;
        }
        values[i] = ((Number) elements.getObject(from + i)).floatValue();
      }
      to.appendObject(values);
      return true;
    };
  }
}
