package dev.penstock.format.internal;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file as we read it.
 *
 * @param id its field id, or -1
 * @param field its name and natural type; null if it is of a type we do not read
 * @param written its type in Parquet's words, for errors
 */
public record ParquetColumn(
    String name,
    int id,
    @Nullable Field field,
    @Nullable Decoding decoding,
    @Nullable ColumnDescriptor leaf,
    String written) {

  /** What a column's values are once decoded. */
  private record Reading(Decoding decoding, Type type) {}

  static List<ParquetColumn> of(MessageType schema) {
    List<ParquetColumn> columns = new ArrayList<>();
    for (org.apache.parquet.schema.Type type : schema.getFields()) {
      columns.add(of(schema, type));
    }
    return columns;
  }

  private static ParquetColumn of(MessageType schema, org.apache.parquet.schema.Type type) {
    String name = type.getName();
    int id = type.getId() == null ? -1 : type.getId().intValue();
    boolean nullable = type.isRepetition(Repetition.OPTIONAL);
    PrimitiveType element = vectorElement(type);
    Reading reading = null;
    String[] path = {name};
    if (element != null) {
      reading = new Reading(Decoding.VECTOR, new Type.Vector(0));
      path = vectorPath(type.asGroupType());
    } else if (type.isPrimitive() && !type.isRepetition(Repetition.REPEATED)) {
      reading = reading(type.asPrimitiveType());
    }
    if (reading == null || name.isBlank()) {
      return new ParquetColumn(name, id, null, null, null, written(type));
    }
    Field field = new Field(name, reading.type(), nullable);
    ColumnDescriptor leaf = schema.getColumnDescription(path);
    return new ParquetColumn(name, id, field, reading.decoding(), leaf, written(type));
  }

  private static String written(org.apache.parquet.schema.Type type) {
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    String physical =
        type.isPrimitive()
            ? type.asPrimitiveType().getPrimitiveTypeName().name()
            : "a group of " + type.asGroupType().getFieldCount();
    return annotation == null ? physical : physical + " " + annotation;
  }

  private static @Nullable Reading reading(PrimitiveType type) {
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> new Reading(Decoding.BOOLEAN, Scalar.BOOLEAN);
      case INT32 -> ofInt(annotation);
      case INT64 -> ofLong(annotation);
      case FLOAT -> new Reading(Decoding.FLOAT, Scalar.FLOAT32);
      case DOUBLE -> new Reading(Decoding.DOUBLE, Scalar.FLOAT64);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> ofBytes(annotation);
      case INT96 -> null;
    };
  }

  private static @Nullable Reading ofInt(@Nullable LogicalTypeAnnotation annotation) {
    if (annotation == null) {
      return new Reading(Decoding.INT, Scalar.INT32);
    } else if (annotation instanceof IntLogicalTypeAnnotation integer) {
      return integer.isSigned() || integer.getBitWidth() < Integer.SIZE
          ? new Reading(Decoding.INT, Scalar.INT32)
          : new Reading(Decoding.UNSIGNED_INT, Scalar.INT64);
    } else if (annotation instanceof DateLogicalTypeAnnotation) {
      return new Reading(Decoding.INT, Scalar.DATE);
    }
    return decimal(annotation, Decoding.DECIMAL_OF_INT);
  }

  private static @Nullable Reading ofLong(@Nullable LogicalTypeAnnotation annotation) {
    if (annotation == null) {
      return new Reading(Decoding.LONG, Scalar.INT64);
    } else if (annotation instanceof IntLogicalTypeAnnotation integer) {
      return integer.isSigned()
          ? new Reading(Decoding.LONG, Scalar.INT64)
          : new Reading(Decoding.UNSIGNED_LONG, new Type.Decimal(20, 0));
    } else if (annotation instanceof TimestampLogicalTypeAnnotation timestamp) {
      Decoding decoding =
          switch (timestamp.getUnit()) {
            case MILLIS -> Decoding.MILLIS;
            case MICROS -> Decoding.LONG;
            case NANOS -> Decoding.NANOS;
          };
      return new Reading(
          decoding, timestamp.isAdjustedToUTC() ? Scalar.TIMESTAMP : Scalar.LOCAL_TIMESTAMP);
    }
    return decimal(annotation, Decoding.DECIMAL_OF_LONG);
  }

  private static @Nullable Reading ofBytes(@Nullable LogicalTypeAnnotation annotation) {
    if (annotation == null) {
      return new Reading(Decoding.BINARY, Scalar.BINARY);
    } else if (annotation instanceof StringLogicalTypeAnnotation
        || annotation instanceof EnumLogicalTypeAnnotation
        || annotation instanceof JsonLogicalTypeAnnotation) {
      return new Reading(Decoding.STRING, Scalar.STRING);
    } else if (annotation instanceof UUIDLogicalTypeAnnotation) {
      return new Reading(Decoding.UUID, Scalar.STRING);
    }
    return decimal(annotation, Decoding.DECIMAL_OF_BYTES);
  }

  private static @Nullable Reading decimal(LogicalTypeAnnotation annotation, Decoding decoding) {
    if (annotation instanceof DecimalLogicalTypeAnnotation decimal
        && decimal.getPrecision() <= 38
        && decimal.getScale() >= 0) {
      return new Reading(decoding, new Type.Decimal(decimal.getPrecision(), decimal.getScale()));
    }
    return null;
  }

  /** The element of a list of floats, in its three-level form or the older one of two levels. */
  private static @Nullable PrimitiveType vectorElement(org.apache.parquet.schema.Type type) {
    if (type.isPrimitive()
        || type.isRepetition(Repetition.REPEATED)
        || !(type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)
        || type.asGroupType().getFieldCount() != 1) {
      return null;
    }
    org.apache.parquet.schema.Type inner = type.asGroupType().getType(0);
    if (!inner.isRepetition(Repetition.REPEATED)) {
      return null;
    }
    if (!inner.isPrimitive()) {
      if (inner.asGroupType().getFieldCount() != 1) {
        return null;
      }
      inner = inner.asGroupType().getType(0);
    }
    return inner.isPrimitive()
            && inner.asPrimitiveType().getPrimitiveTypeName()
                == PrimitiveType.PrimitiveTypeName.FLOAT
        ? inner.asPrimitiveType()
        : null;
  }

  private static String[] vectorPath(GroupType list) {
    org.apache.parquet.schema.Type inner = list.getType(0);
    return inner.isPrimitive()
        ? new String[] {list.getName(), inner.getName()}
        : new String[] {list.getName(), inner.getName(), inner.asGroupType().getType(0).getName()};
  }
}
