package dev.penstock.format.internal;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.format.FieldIds;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Our schemas as Parquet's, in the way Iceberg's specification asks for. */
final class ParquetSchemas {
  private static final int INT_DIGITS = 9;
  static final int LONG_DIGITS = 18;

  private ParquetSchemas() {}

  static MessageType of(Schema schema, FieldIds ids) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (int i = 0; i < schema.size(); i++) {
      message.addField(field(schema.field(i), ids.columns().get(i), ids.elements().get(i)));
    }
    return message.named("table");
  }

  private static org.apache.parquet.schema.Type field(Field field, int id, int elementId) {
    Repetition repetition = field.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    Type type = field.type();
    if (type instanceof Type.Vector) {
      return Types.list(repetition)
          .element(Types.required(PrimitiveTypeName.FLOAT).id(elementId).named("element"))
          .id(id)
          .named(field.name());
    } else if (type instanceof Type.Decimal decimal) {
      return Types.primitive(physical(decimal), repetition)
          .length(bytes(decimal))
          .as(decimalType(decimal.scale(), decimal.precision()))
          .id(id)
          .named(field.name());
    }
    return scalar((Scalar) type, repetition).id(id).named(field.name());
  }

  private static Types.PrimitiveBuilder<org.apache.parquet.schema.PrimitiveType> scalar(
      Scalar type, Repetition repetition) {
    return switch (type) {
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition);
      case INT32 -> Types.primitive(PrimitiveTypeName.INT32, repetition);
      case INT64 -> Types.primitive(PrimitiveTypeName.INT64, repetition);
      case FLOAT32 -> Types.primitive(PrimitiveTypeName.FLOAT, repetition);
      case FLOAT64 -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition);
      case STRING -> Types.primitive(PrimitiveTypeName.BINARY, repetition).as(stringType());
      case BINARY -> Types.primitive(PrimitiveTypeName.BINARY, repetition);
      case DATE -> Types.primitive(PrimitiveTypeName.INT32, repetition).as(dateType());
      case TIMESTAMP ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(timestampType(true, TimeUnit.MICROS));
      case LOCAL_TIMESTAMP ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(timestampType(false, TimeUnit.MICROS));
    };
  }

  static PrimitiveTypeName physical(Type.Decimal decimal) {
    return decimal.precision() <= INT_DIGITS
        ? PrimitiveTypeName.INT32
        : decimal.precision() <= LONG_DIGITS
            ? PrimitiveTypeName.INT64
            : PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
  }

  /** The fewest bytes that hold every unscaled value; 0 for decimals stored as integers. */
  static int bytes(Type.Decimal decimal) {
    if (decimal.precision() <= LONG_DIGITS) {
      return 0;
    }
    // A sign bit and log2(10) bits for each digit.
    return (int) Math.ceil((decimal.precision() * (Math.log(10) / Math.log(2)) + 1) / Byte.SIZE);
  }
}
