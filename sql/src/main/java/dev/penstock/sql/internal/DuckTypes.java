package dev.penstock.sql.internal;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DuckDB's types and ours. */
public final class DuckTypes {
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");
  private static final Pattern FLOATS = Pattern.compile("FLOAT\\[(\\d*)]");

  private DuckTypes() {}

  /** The name of the DuckDB type that holds a type's values. */
  public static String name(Type type) {
    if (type instanceof Scalar scalar) {
      return switch (scalar) {
        case BOOLEAN -> "BOOLEAN";
        case INT32 -> "INTEGER";
        case INT64 -> "BIGINT";
        case FLOAT32 -> "FLOAT";
        case FLOAT64 -> "DOUBLE";
        case STRING -> "VARCHAR";
        case BINARY -> "BLOB";
        case DATE -> "DATE";
        case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
        case LOCAL_TIMESTAMP -> "TIMESTAMP";
      };
    } else if (type instanceof Type.Decimal decimal) {
      return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
    }
    return "FLOAT[]";
  }

  /** The type a DuckDB column is read as; what has no type of ours is read as text. */
  static Type of(String duckType) {
    Matcher decimal = DECIMAL.matcher(duckType);
    Matcher floats = FLOATS.matcher(duckType);
    if (decimal.matches()) {
      return new Type.Decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    } else if (floats.matches()) {
      return new Type.Vector(floats.group(1).isEmpty() ? 0 : Integer.parseInt(floats.group(1)));
    }
    return switch (duckType) {
      case "BOOLEAN" -> Scalar.BOOLEAN;
      case "TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT" -> Scalar.INT32;
      case "BIGINT", "UINTEGER" -> Scalar.INT64;
      case "UBIGINT", "HUGEINT", "UHUGEINT" -> new Type.Decimal(38, 0);
      case "FLOAT" -> Scalar.FLOAT32;
      case "DOUBLE" -> Scalar.FLOAT64;
      case "BLOB" -> Scalar.BINARY;
      case "DATE" -> Scalar.DATE;
      case "TIMESTAMP WITH TIME ZONE" -> Scalar.TIMESTAMP;
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> Scalar.LOCAL_TIMESTAMP;
      default -> Scalar.STRING;
    };
  }

  /** A result's columns; a name that is there before gets a number. */
  public static Schema schema(ResultSetMetaData meta) throws SQLException {
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      String written = meta.getColumnName(i).isBlank() ? "column" : meta.getColumnName(i);
      String name = written;
      for (int n = 1; !names.add(name); n++) {
        name = written + "_" + n;
      }
      fields.add(Field.of(name, of(meta.getColumnTypeName(i))));
    }
    return new Schema(fields);
  }
}
