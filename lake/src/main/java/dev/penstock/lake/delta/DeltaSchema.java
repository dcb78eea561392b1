package dev.penstock.lake.delta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Our columns as a Delta table has them.
 *
 * @param ids the columns' field ids in data files
 */
public record DeltaSchema(Schema columns, List<Integer> ids) {
  private static final Pattern NEEDS_MAPPING = Pattern.compile("[ ,;{}()\\n\\t=]");

  /**
   * Columns that a Delta table can have.
   *
   * @throws PenstockException {@code UNSUPPORTED}, naming two columns that differ in case only
   */
  public DeltaSchema {
    ids = List.copyOf(ids);
    Map<String, String> byName = new HashMap<>();
    for (Field field : columns.fields()) {
      String other = byName.put(field.name().toLowerCase(Locale.ROOT), field.name());
      if (other != null) {
        throw new PenstockException(
            ErrorCode.UNSUPPORTED,
            "columns '" + other + "' and '" + field.name() + "' are one to Delta Lake",
            "rename one of them");
      }
    }
  }

  /** Whether a name has what Delta Lake allows in mapped columns only. */
  boolean needsMapping() {
    return columns.names().stream().anyMatch(name -> NEEDS_MAPPING.matcher(name).find());
  }

  boolean hasLocalTimestamps() {
    return columns.fields().stream().anyMatch(field -> field.type() == Scalar.LOCAL_TIMESTAMP);
  }

  /** How columns are found in data files. */
  enum Mapping {
    NONE,
    NAME
  }

  /** The schema as the log has it. */
  ObjectNode json(Mapping mapping) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode all = json.objectNode().put("type", "struct");
    ArrayNode fields = all.putArray("fields");
    for (int i = 0; i < columns.size(); i++) {
      Field field = columns.field(i);
      ObjectNode written = fields.addObject().put("name", field.name());
      if (field.type() instanceof Type.Vector) {
        written
            .putObject("type")
            .put("type", "array")
            .put("elementType", "float")
            .put("containsNull", false);
      } else {
        written.put("type", name(field.type()));
      }
      written.put("nullable", field.nullable());
      ObjectNode metadata = written.putObject("metadata");
      if (field.type() instanceof Type.Vector vector && vector.length() > 0) {
        metadata.put("comment", vector.toString());
      }
      if (mapping == Mapping.NAME) {
        metadata.put(DeltaColumn.ID, ids.get(i)).put(DeltaColumn.PHYSICAL_NAME, field.name());
      }
    }
    return all;
  }

  private static String name(Type type) {
    if (type instanceof Type.Decimal decimal) {
      return "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
    }
    return switch ((Scalar) type) {
      case BOOLEAN -> "boolean";
      case INT32 -> "integer";
      case INT64 -> "long";
      case FLOAT32 -> "float";
      case FLOAT64 -> "double";
      case STRING -> "string";
      case BINARY -> "binary";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp";
      case LOCAL_TIMESTAMP -> "timestamp_ntz";
    };
  }
}
