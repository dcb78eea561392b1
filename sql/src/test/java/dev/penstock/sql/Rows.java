package dev.penstock.sql;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Place;
import dev.penstock.data.Schema;
import java.util.ArrayList;
import java.util.List;

/** Batches from values written in a test, and back. */
final class Rows {
  static final Place PLACE = new Place("views.yaml", 10, 5);

  private Rows() {}

  static Batch of(Schema schema, Object[]... rows) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < schema.size(); c++) {
      ColumnBuilder builder = ColumnBuilder.of(schema.field(c).type(), rows.length);
      for (Object[] row : rows) {
        builder.append(row[c]);
      }
      columns.add(builder.build());
    }
    return new Batch(schema, columns);
  }

  static Object[] row(Object... values) {
    return values;
  }

  static List<Object> values(Column column) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < column.size(); i++) {
      values.add(column.value(i));
    }
    return values;
  }

  static List<List<Object>> rows(Batch batch) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < batch.rows(); i++) {
      List<Object> row = new ArrayList<>();
      for (Column column : batch.columns()) {
        row.add(column.value(i));
      }
      rows.add(row);
    }
    return rows;
  }

  /** The value of an expression that reads no column. */
  static Object value(String expression) {
    Batch one = of(Schema.of(Field.of("x", dev.penstock.data.Scalar.INT64)), row(1L));
    return compile(expression, one.schema()).evaluate(one).value(0);
  }

  static Expression compile(String expression, Schema schema) {
    return Expressions.compile(expression, schema, Lookups.NONE, PLACE);
  }
}
