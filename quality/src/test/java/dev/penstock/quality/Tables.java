package dev.penstock.quality;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import java.util.List;
import java.util.Set;

/** Small columns and batches, written out. */
final class Tables {
  private Tables() {}

  static Column column(Type type, Object... values) {
    ColumnBuilder builder = ColumnBuilder.of(type, values.length);
    for (Object value : values) {
      builder.append(value);
    }
    return builder.build();
  }

  static Batch batch(String name, Type type, Object... values) {
    return new Batch(Schema.of(Field.of(name, type)), List.of(column(type, values)));
  }

  static Expression named(String name, Type type) {
    return new Named(name, type);
  }

  /** The expression that is a column. */
  private record Named(String text, Type type) implements Expression {
    @Override
    public Set<String> columns() {
      return Set.of(text);
    }

    @Override
    public List<String> semantics() {
      return List.of();
    }

    @Override
    public Column evaluate(Batch batch) {
      return batch.column(text);
    }
  }
}
