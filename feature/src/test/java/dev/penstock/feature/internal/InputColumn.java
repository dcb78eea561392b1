package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Expression;
import dev.penstock.data.Type;
import java.util.List;
import java.util.Set;

/** An expression that is a column of the input. */
public record InputColumn(String name, Type type) implements Expression {
  @Override
  public String text() {
    return name;
  }

  @Override
  public Set<String> columns() {
    return Set.of(name);
  }

  @Override
  public List<String> semantics() {
    return List.of();
  }

  @Override
  public Column evaluate(Batch batch) {
    return batch.column(name);
  }
}
