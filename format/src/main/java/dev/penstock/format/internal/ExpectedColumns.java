package dev.penstock.format.internal;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.format.ExtraColumns;
import java.nio.file.Path;
import java.util.List;

/** Holds a file's columns against those that are expected. */
public final class ExpectedColumns {
  public static final Field HEADER = Field.required("header", Scalar.STRING);

  private ExpectedColumns() {}

  /**
   * Compares names, not types.
   *
   * @throws dev.penstock.data.PenstockException {@code SCHEMA_INCOMPATIBLE} if one is missing or
   *     there is one too many
   */
  public static void check(Path path, List<String> has, Schema expected, ExtraColumns extra) {
    for (String name : expected.names()) {
      if (!has.contains(name)) {
        throw Problems.incompatible(
            path, "column '" + name + "' is missing", Suggestion.among(name, has));
      }
    }
    List<String> more = has.stream().filter(name -> !expected.contains(name)).toList();
    if (extra == ExtraColumns.REFUSE && !more.isEmpty()) {
      throw Problems.incompatible(
          path,
          "columns that were not expected: " + String.join(", ", more),
          "declare them, or write extra_columns: ignore");
    }
  }
}
