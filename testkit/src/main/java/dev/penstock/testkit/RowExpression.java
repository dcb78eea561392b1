package dev.penstock.testkit;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Expression;
import dev.penstock.data.Type;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An expression written in Java, for the tests of rooms that do not see {@code sql}. */
public record RowExpression(
    String text, Type type, Set<String> columns, Function<Row, @Nullable Object> value)
    implements Expression {
  /** One row of the batch that is evaluated. */
  public interface Row {
    @Nullable Object get(String column);

    /** The number in a column that is not null here. */
    default long number(String column) {
      Object value = get(column);
      if (value == null) {
        throw new IllegalStateException(column + " is null");
      }
      return ((Number) value).longValue();
    }
  }

  /** The value of a column. */
  public static RowExpression column(String name, Type type) {
    return new RowExpression(name, type, Set.of(name), row -> row.get(name));
  }

  /** An expression over columns, null where one of them is. */
  public static RowExpression of(
      String text, Type type, Set<String> columns, Function<Row, @Nullable Object> value) {
    return new RowExpression(
        text,
        type,
        Set.copyOf(columns),
        row ->
            columns.stream().anyMatch(column -> row.get(column) == null) ? null : value.apply(row));
  }

  @Override
  public List<String> semantics() {
    return List.of();
  }

  @Override
  public Column evaluate(Batch batch) {
    ColumnBuilder builder = ColumnBuilder.of(type, batch.rows());
    for (int i = 0; i < batch.rows(); i++) {
      int row = i;
      builder.append(value.apply(column -> batch.column(column).value(row)));
    }
    return builder.build();
  }
}
