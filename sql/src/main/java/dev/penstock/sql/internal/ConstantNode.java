package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One value for every row. A literal takes the type of what stands beside it where it can without
 * loss of meaning: a number beside a decimal is a decimal, a string beside a date is a date, NULL
 * is anything.
 */
final class ConstantNode implements Node {
  private final Type type;
  private final @Nullable Object value;
  private final @Nullable BigDecimal literal;
  private volatile @Nullable Column filled;

  private ConstantNode(Type type, @Nullable Object value, @Nullable BigDecimal literal) {
    this.type = type;
    this.value = value;
    this.literal = literal;
  }

  /** A value as {@link Column#value} gives it. */
  static ConstantNode of(Type type, @Nullable Object value) {
    return new ConstantNode(type, value, null);
  }

  static ConstantNode ofNumber(Type type, Object value, BigDecimal literal) {
    return new ConstantNode(type, value, literal);
  }

  /** NULL before it has a type. */
  static ConstantNode untyped() {
    return new ConstantNode(Scalar.BOOLEAN, null, null);
  }

  boolean isUntyped() {
    return value == null && type == Scalar.BOOLEAN;
  }

  @Nullable Object value() {
    return value;
  }

  /** The number as written, if this is a number's literal. */
  @Nullable BigDecimal literal() {
    return literal;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public Column evaluate(Batch batch) {
    Column column = filled;
    if (column == null || column.size() != batch.rows()) {
      column = column(batch.rows());
      filled = column;
    }
    return column;
  }

  Column column(int rows) {
    ColumnBuilder builder = ColumnBuilder.of(type, rows);
    for (int i = 0; i < rows; i++) {
      builder.append(value);
    }
    return builder.build();
  }
}
