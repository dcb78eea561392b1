package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Type;

/** A column of the batch. */
record ColumnNode(String name, Type type) implements Node {
  @Override
  public Column evaluate(Batch batch) {
    Column column = batch.column(name);
    if (!column.type().equals(type)) {
      throw new PenstockException(
          ErrorCode.SCHEMA_INCOMPATIBLE,
          "the expression was compiled for "
              + name
              + " "
              + type
              + ", the batch has "
              + column.type(),
          "compile it again for the batch's schema");
    }
    return Values.canonical(column);
  }
}
