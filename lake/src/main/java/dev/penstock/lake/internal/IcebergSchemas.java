package dev.penstock.lake.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.format.FieldIds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Our schemas as Iceberg's, and back. */
public final class IcebergSchemas {
  private IcebergSchemas() {}

  /** A new table's schema; fields are numbered from 1. */
  public static org.apache.iceberg.Schema of(Schema schema) {
    int[] next = {schema.size()};
    List<Types.NestedField> fields = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      Field field = schema.field(i);
      var type = type(field.type(), () -> ++next[0]);
      fields.add(
          field.nullable()
              ? Types.NestedField.optional(i + 1, field.name(), type, doc(field.type()))
              : Types.NestedField.required(i + 1, field.name(), type, doc(field.type())));
    }
    return new org.apache.iceberg.Schema(fields);
  }

  /** A type; {@code ids} numbers the elements of lists. */
  public static org.apache.iceberg.types.Type type(Type type, IntSupplier ids) {
    if (type instanceof Type.Decimal decimal) {
      return Types.DecimalType.of(decimal.precision(), decimal.scale());
    } else if (type instanceof Type.Vector) {
      return Types.ListType.ofRequired(ids.getAsInt(), Types.FloatType.get());
    }
    return switch ((Scalar) type) {
      case BOOLEAN -> Types.BooleanType.get();
      case INT32 -> Types.IntegerType.get();
      case INT64 -> Types.LongType.get();
      case FLOAT32 -> Types.FloatType.get();
      case FLOAT64 -> Types.DoubleType.get();
      case STRING -> Types.StringType.get();
      case BINARY -> Types.BinaryType.get();
      case DATE -> Types.DateType.get();
      case TIMESTAMP -> Types.TimestampType.withZone();
      case LOCAL_TIMESTAMP -> Types.TimestampType.withoutZone();
    };
  }

  /** Iceberg's lists have no length: a vector's stands in the field's documentation. */
  public static @Nullable String doc(Type type) {
    return type instanceof Type.Vector vector && vector.length() > 0 ? vector.toString() : null;
  }

  /**
   * The schema of a table. The fields of a struct are columns, named by their path.
   *
   * @throws PenstockException {@code UNSUPPORTED} for a column of a type we do not have
   */
  public static Schema of(org.apache.iceberg.Schema schema) {
    List<Field> fields = new ArrayList<>();
    schema.columns().forEach(field -> add(field, "", false, fields));
    return new Schema(fields);
  }

  private static void add(
      Types.NestedField field, String before, boolean inOptional, List<Field> to) {
    String name = before + field.name();
    boolean optional = inOptional || field.isOptional();
    if (field.type().isStructType()) {
      field.type().asStructType().fields().forEach(inner -> add(inner, name + ".", optional, to));
    } else {
      to.add(new Field(name, type(field), optional));
    }
  }

  /** Whether a column is a struct, whose fields a file holds as a group. */
  public static boolean hasStructs(org.apache.iceberg.Schema schema) {
    return schema.columns().stream().anyMatch(field -> field.type().isStructType());
  }

  /** The ids of these columns, and of their elements. */
  public static FieldIds ids(org.apache.iceberg.Schema schema, List<String> columns) {
    List<Integer> ids = new ArrayList<>();
    List<Integer> elements = new ArrayList<>();
    for (String name : columns) {
      Types.NestedField field = schema.findField(name);
      ids.add(field.fieldId());
      elements.add(field.type().isListType() ? field.type().asListType().elementId() : 0);
    }
    return new FieldIds(ids, elements);
  }

  private static Type type(Types.NestedField field) {
    org.apache.iceberg.types.Type type = field.type();
    return switch (type.typeId()) {
      case BOOLEAN -> Scalar.BOOLEAN;
      case INTEGER -> Scalar.INT32;
      case LONG -> Scalar.INT64;
      case FLOAT -> Scalar.FLOAT32;
      case DOUBLE -> Scalar.FLOAT64;
      case STRING -> Scalar.STRING;
      case BINARY, FIXED -> Scalar.BINARY;
      case DATE -> Scalar.DATE;
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? Scalar.TIMESTAMP
              : Scalar.LOCAL_TIMESTAMP;
      case DECIMAL ->
          new Type.Decimal(
              ((Types.DecimalType) type).precision(), ((Types.DecimalType) type).scale());
      case LIST -> vector(field);
      default -> throw unsupported(field);
    };
  }

  private static Type vector(Types.NestedField field) {
    if (field.type().asListType().elementType().typeId()
        != org.apache.iceberg.types.Type.TypeID.FLOAT) {
      throw unsupported(field);
    }
    String doc = field.doc();
    return doc != null && doc.startsWith("vector(") ? Type.parse(doc) : new Type.Vector(0);
  }

  private static PenstockException unsupported(Types.NestedField field) {
    return new PenstockException(
        ErrorCode.UNSUPPORTED,
        "column '" + field.name() + "' is " + field.type() + ", which Penstock does not read",
        "leave the column out of the scan");
  }
}
