package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.Expression;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.List;
import java.util.Set;

/** The condition {@code column >= bound} on whole numbers: null where the column is. */
public record AtLeast(String column, long bound) implements Expression {
  @Override
  public String text() {
    return column + " >= " + bound;
  }

  @Override
  public Type type() {
    return Scalar.BOOLEAN;
  }

  @Override
  public Set<String> columns() {
    return Set.of(column);
  }

  @Override
  public List<String> semantics() {
    return List.of("function >= 1");
  }

  @Override
  public Column evaluate(Batch batch) {
    Column values = batch.column(column);
    boolean[] holds = new boolean[batch.rows()];
    for (int row = 0; row < holds.length; row++) {
      Object value = values.value(row);
      // What stands at a null has no meaning; true is the worst it could be.
      holds[row] = value == null || ((Number) value).longValue() >= bound;
    }
    return new BooleanColumn(Scalar.BOOLEAN, holds, values.nulls());
  }
}
