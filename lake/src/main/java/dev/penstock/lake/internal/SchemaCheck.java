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
        wrong.add(
            "column '"
                + field.name()
                + "' is "
                + given.field(index).type()
                + ", in table '"
                + table
                + "' it is "
                + field.type());
        hints.add("cast it, or widen the table");
      }
    }
    if (!wrong.isEmpty()) {
      throw new PenstockException(
          ErrorCode.SCHEMA_INCOMPATIBLE,
          String.join("; ", wrong),
          String.join("; ", hints.stream().distinct().toList()));
    }
  }
}
