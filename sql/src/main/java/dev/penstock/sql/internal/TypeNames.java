package dev.penstock.sql.internal;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names a type may have in SQL: its own, and those most databases know. */
final class TypeNames {
  private TypeNames() {}

  static @Nullable Type named(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "bool" -> Scalar.BOOLEAN;
      case "int", "integer", "int4" -> Scalar.INT32;
      case "bigint", "int8", "long" -> Scalar.INT64;
      case "real", "float", "float4" -> Scalar.FLOAT32;
      case "double", "float8" -> Scalar.FLOAT64;
      case "varchar", "text" -> Scalar.STRING;
      case "blob", "bytea" -> Scalar.BINARY;
      case "timestamptz" -> Scalar.TIMESTAMP;
      default -> parse(name.startsWith("numeric(") ? "decimal" + name.substring(7) : name);
    };
  }

  /** Whether {@code NAME 'text'} is a literal. */
  static boolean isTime(String name) {
    Type type = named(name);
    return type == Scalar.DATE || type == Scalar.TIMESTAMP || type == Scalar.LOCAL_TIMESTAMP;
  }

  private static @Nullable Type parse(String name) {
    try {
      return Type.parse(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
