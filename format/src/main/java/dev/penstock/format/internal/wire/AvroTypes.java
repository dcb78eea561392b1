package dev.penstock.format.internal.wire;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.jspecify.annotations.Nullable;

/** Avro's types as ours, and values of each. */
final class AvroTypes {
  private AvroTypes() {}

  /** What is there if a value is there: of a union with null the other type. */
  static Schema present(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> types =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return types.size() == 1 ? types.get(0) : schema;
  }

  static Type type(String path, Schema schema) {
    Type type = type(schema);
    if (type == null) {
      throw Wire.unsupported(path, "Avro's " + schema, null);
    }
    return type;
  }

  private static @Nullable Type type(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case BOOLEAN -> Scalar.BOOLEAN;
      case INT -> logical instanceof LogicalTypes.Date ? Scalar.DATE : plain(logical, Scalar.INT32);
      case LONG -> longType(logical);
      case FLOAT -> Scalar.FLOAT32;
      case DOUBLE -> Scalar.FLOAT64;
      case STRING, ENUM -> Scalar.STRING;
      case BYTES, FIXED ->
          logical instanceof LogicalTypes.Decimal decimal
              ? new Type.Decimal(decimal.getPrecision(), decimal.getScale())
              : Scalar.BINARY;
      case ARRAY ->
          switch (schema.getElementType().getType()) {
            case FLOAT, DOUBLE, INT, LONG -> new Type.Vector(0);
            default -> null;
          };
      case MAP, NULL, RECORD, UNION -> null;
    };
  }

  private static @Nullable Type longType(@Nullable LogicalType logical) {
    if (logical instanceof LogicalTypes.TimestampMillis
        || logical instanceof LogicalTypes.TimestampMicros
        || logical instanceof LogicalTypes.TimestampNanos) {
      return Scalar.TIMESTAMP;
    } else if (logical instanceof LogicalTypes.LocalTimestampMillis
        || logical instanceof LogicalTypes.LocalTimestampMicros
        || logical instanceof LogicalTypes.LocalTimestampNanos) {
      return Scalar.LOCAL_TIMESTAMP;
    }
    return plain(logical, Scalar.INT64);
  }

  /** A time of day is an integer only to Avro. */
  private static @Nullable Type plain(@Nullable LogicalType logical, Type type) {
    return logical == null ? type : null;
  }

  /** The value in the form our columns have it; null if it cannot be kept. */
  static @Nullable Object value(Object written, Schema schema, Type type) {
    if (type instanceof Type.Vector) {
      return vector((List<?>) written);
    } else if (type instanceof Type.Decimal decimal) {
      byte[] unscaled = bytes(written);
      return decimal.exactly(new BigDecimal(new BigInteger(unscaled), decimal.scale()));
    }
    return switch ((Scalar) type) {
      case STRING -> written.toString();
      case BINARY -> bytes(written);
      case TIMESTAMP, LOCAL_TIMESTAMP -> micros((Long) written, schema.getLogicalType());
      case BOOLEAN, INT32, INT64, FLOAT32, FLOAT64, DATE -> written;
    };
  }

  private static @Nullable Long micros(long value, LogicalType type) {
    if (type instanceof LogicalTypes.TimestampMillis
        || type instanceof LogicalTypes.LocalTimestampMillis) {
      long micros = value * 1_000;
      return micros / 1_000 == value ? (Long) micros : null;
    }
    boolean nanos =
        type instanceof LogicalTypes.TimestampNanos
            || type instanceof LogicalTypes.LocalTimestampNanos;
    return nanos ? Math.floorDiv(value, 1_000L) : value;
  }

  private static byte[] bytes(Object written) {
    if (written instanceof GenericFixed fixed) {
      return fixed.bytes().clone();
    }
    ByteBuffer buffer = ((ByteBuffer) written).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static float[] vector(List<?> elements) {
    float[] values = new float[elements.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((Number) elements.get(i)).floatValue();
    }
    return values;
  }
}
