package dev.penstock.lake.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import java.util.ArrayList;
import java.util.List;

/** Whether rows may be written into a table. */
public final class SchemaCheck {
  private SchemaCheck() {}

  /**
   * Names every column that does not fit.
   *
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE}
   */
  public static void fits(String table, Schema wanted, Schema given) {
    List<String> wrong = new ArrayList<>();
    List<String> hints = new ArrayList<>();
    for (Field field : given.fields()) {
      if (!wanted.contains(field.name())) {
        wrong.add("table '" + table + "' has no column '" + field.name() + "' for these rows");
        hints.add("run penstock apply: the table is as it was last applied");
      }
    }
    for (Field field : wanted.fields()) {
      int index = given.indexOf(field.name());
      if (index < 0 && !field.nullable()) {
        wrong.add("the rows lack column '" + field.name() + "' of table '" + table + "'");
        hints.add("it is declared not null");
      } else if (index >= 0 && !given.field(index).type().equals(field.type())) {
        wrong.add(otherType(table, field, given.field(index)));
        hints.add("cast it, or widen the table");
      }
    }
    refuse(wrong, hints);
  }

  /**
   * Names every column whose values equal none of the table's, as they are of another type.
   *
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE}
   */
  public static void same(String table, Schema wanted, Schema given) {
    List<String> wrong = new ArrayList<>();
    for (Field field : given.fields()) {
      Field column = wanted.field(wanted.require(field.name()));
      if (!column.type().equals(field.type())) {
        wrong.add(otherType(table, column, field));
      }
    }
    refuse(wrong, List.of("cast it"));
  }

  private static String otherType(String table, Field wanted, Field given) {
    return "column '"
        + given.name()
        + "' is "
        + given.type()
        + ", in table '"
        + table
        + "' it is "
        + wanted.type();
  }

  private static void refuse(List<String> wrong, List<String> hints) {
    if (!wrong.isEmpty()) {
      throw new PenstockException(
          ErrorCode.SCHEMA_INCOMPATIBLE,
          String.join("; ", wrong),
          String.join("; ", hints.stream().distinct().toList()));
    }
  }
}
