package dev.penstock.source;

import dev.penstock.data.Expression;

/** An expression over a source's row, and what it is called. */
public record NamedExpression(String name, Expression expression) {
  public NamedExpression {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an expression needs a name");
    }
  }
}
