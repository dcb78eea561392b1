package dev.penstock.testkit;

import dev.penstock.data.Batch;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches written row by row, and read back so. */
public final class Rows {
  private final Schema schema;
  private final List<ColumnBuilder> columns = new ArrayList<>();

  private Rows(Schema schema) {
    this.schema = schema;
    schema.fields().forEach(field -> columns.add(ColumnBuilder.of(field.type(), 8)));
  }

  public static Rows of(Schema schema) {
    return new Rows(schema);
  }

  /** Adds a row: a value for each field, in order, as {@link ColumnBuilder#append} takes it. */
  public Rows row(@Nullable Object... values) {
    for (int i = 0; i < values.length; i++) {
      columns.get(i).append(values[i]);
    }
    return this;
  }

  public Batch batch() {
    return new Batch(schema, columns.stream().map(ColumnBuilder::build).toList());
  }

  /** The rows of a batch as lists of values, which compare by value. */
  public static List<List<@Nullable Object>> of(Batch batch) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int column = 0; column < batch.schema().size(); column++) {
        values.add(batch.column(column).value(row));
      }
      rows.add(values);
    }
    return rows;
  }
}
