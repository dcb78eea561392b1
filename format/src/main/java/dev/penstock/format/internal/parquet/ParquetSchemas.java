package dev.penstock.format.internal.parquet;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.format.FieldIds;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;

/** Our schemas as Parquet's, in the way Iceberg's specification asks for. */
final class ParquetSchemas {
  private static final int INT_DIGITS = 9;
  private static final int LONG_DIGITS = 18;

  private ParquetSchemas() {}

  static List<SchemaElement> of(Schema schema, FieldIds ids) {
    List<SchemaElement> elements = new ArrayList<>();
    SchemaElement root = new SchemaElement("table");
    root.setNum_children(schema.size());
    elements.add(root);
    for (int i = 0; i < schema.size(); i++) {
      Field field = schema.field(i);
      if (field.type() instanceof Type.Vector) {
        addVector(elements, field, ids.columns().get(i), ids.elements().get(i));
      } else {
        elements.add(leaf(field, ids.columns().get(i)));
      }
    }
    return elements;
  }

  /** The name of the leaf that holds a field's values, from the root. */
  static List<String> path(Field field) {
    return field.type() instanceof Type.Vector
        ? List.of(field.name(), "list", "element")
        : List.of(field.name());
  }

  static org.apache.parquet.format.Type physical(Type type) {
    if (type instanceof Type.Decimal decimal) {
      return decimal.precision() <= INT_DIGITS
          ? org.apache.parquet.format.Type.INT32
          : decimal.precision() <= LONG_DIGITS
              ? org.apache.parquet.format.Type.INT64
              : org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY;
    } else if (type instanceof Type.Vector) {
      return org.apache.parquet.format.Type.FLOAT;
    }
    return switch ((Scalar) type) {
      case BOOLEAN -> org.apache.parquet.format.Type.BOOLEAN;
      case INT32, DATE -> org.apache.parquet.format.Type.INT32;
      case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> org.apache.parquet.format.Type.INT64;
      case FLOAT32 -> org.apache.parquet.format.Type.FLOAT;
      case FLOAT64 -> org.apache.parquet.format.Type.DOUBLE;
      case STRING, BINARY -> org.apache.parquet.format.Type.BYTE_ARRAY;
    };
  }

  /** The fewest bytes that hold every unscaled value of a decimal. */
  static int bytes(Type.Decimal decimal) {
    // A sign bit and log2(10) bits for each digit.
    return (int) Math.ceil((decimal.precision() * (Math.log(10) / Math.log(2)) + 1) / Byte.SIZE);
  }

  private static void addVector(List<SchemaElement> elements, Field field, int id, int elementId) {
    SchemaElement group = new SchemaElement(field.name());
    group.setRepetition_type(repetition(field));
    group.setField_id(id);
    group.setNum_children(1);
    group.setConverted_type(ConvertedType.LIST);
    group.setLogicalType(LogicalType.LIST(new ListType()));
    SchemaElement list = new SchemaElement("list");
    list.setRepetition_type(FieldRepetitionType.REPEATED);
    list.setNum_children(1);
    SchemaElement element = new SchemaElement("element");
    element.setRepetition_type(FieldRepetitionType.REQUIRED);
    element.setType(org.apache.parquet.format.Type.FLOAT);
    element.setField_id(elementId);
    elements.addAll(List.of(group, list, element));
  }

  private static SchemaElement leaf(Field field, int id) {
    SchemaElement leaf = new SchemaElement(field.name());
    leaf.setRepetition_type(repetition(field));
    leaf.setField_id(id);
    leaf.setType(physical(field.type()));
    if (field.type() instanceof Type.Decimal decimal) {
      leaf.setConverted_type(ConvertedType.DECIMAL);
      leaf.setPrecision(decimal.precision());
      leaf.setScale(decimal.scale());
      leaf.setLogicalType(
          LogicalType.DECIMAL(new DecimalType(decimal.scale(), decimal.precision())));
      if (leaf.getType() == org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY) {
        leaf.setType_length(bytes(decimal));
      }
    } else if (field.type() == Scalar.STRING) {
      leaf.setConverted_type(ConvertedType.UTF8);
      leaf.setLogicalType(LogicalType.STRING(new StringType()));
    } else if (field.type() == Scalar.DATE) {
      leaf.setConverted_type(ConvertedType.DATE);
      leaf.setLogicalType(LogicalType.DATE(new DateType()));
    } else if (field.type() == Scalar.TIMESTAMP) {
      leaf.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
      leaf.setLogicalType(time(true));
    } else if (field.type() == Scalar.LOCAL_TIMESTAMP) {
      // No converted type: it would say that this is an instant.
      leaf.setLogicalType(time(false));
    }
    return leaf;
  }

  private static LogicalType time(boolean isInstant) {
    return LogicalType.TIMESTAMP(new TimestampType(isInstant, TimeUnit.MICROS(new MicroSeconds())));
  }

  private static FieldRepetitionType repetition(Field field) {
    return field.nullable() ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED;
  }
}
