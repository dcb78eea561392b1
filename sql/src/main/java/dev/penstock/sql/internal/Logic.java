package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** AND, OR, NOT and the tests built on them, in SQL's logic of three values. */
sealed interface Logic extends Node {
  @Override
  default Type type() {
    return Scalar.BOOLEAN;
  }

  /** False wins over null. */
  record And(Node left, Node right) implements Logic {
    @Override
    public Column evaluate(Batch batch) {
      return both(
          (BooleanColumn) left.evaluate(batch), (BooleanColumn) right.evaluate(batch), false);
    }
  }

  /** True wins over null. */
  record Or(Node left, Node right) implements Logic {
    @Override
    public Column evaluate(Batch batch) {
      return both(
          (BooleanColumn) left.evaluate(batch), (BooleanColumn) right.evaluate(batch), true);
    }
  }

  record Not(Node operand) implements Logic {
    @Override
    public Column evaluate(Batch batch) {
      Column column = operand.evaluate(batch);
      boolean[] values = Values.booleans(column);
      boolean[] result = new boolean[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = !values[i];
      }
      return new BooleanColumn(Scalar.BOOLEAN, result, column.nulls());
    }
  }

  record IsNull(Node operand) implements Logic {
    @Override
    public Column evaluate(Batch batch) {
      Column column = operand.evaluate(batch);
      boolean[] nulls = column.nulls();
      return new BooleanColumn(
          Scalar.BOOLEAN, nulls == null ? new boolean[column.size()] : nulls, null);
    }
  }

  /** Whether two values differ, null being a value like any other. */
  record Distinct(Node left, Node right) implements Logic {
    @Override
    public Column evaluate(Batch batch) {
      Column a = left.evaluate(batch);
      Column b = right.evaluate(batch);
      boolean[] result = Compare.compare(Syntax.Operator.NOT_EQUAL, a, b).values();
      boolean[] nullsA = a.nulls();
      boolean[] nullsB = b.nulls();
      for (int i = 0; i < result.length; i++) {
        boolean nullA = nullsA != null && nullsA[i];
        boolean nullB = nullsB != null && nullsB[i];
        result[i] = (nullA || nullB) ? nullA != nullB : result[i];
      }
      return new BooleanColumn(Scalar.BOOLEAN, result, null);
    }
  }

  /** {@code low <= operand AND operand <= high}, the operand evaluated once. */
  record Between(Node operand, Node low, Node high) implements Logic {
    @Override
    public Column evaluate(Batch batch) {
      Column value = operand.evaluate(batch);
      return both(
          Compare.compare(Syntax.Operator.GREATER_OR_EQUAL, value, low.evaluate(batch)),
          Compare.compare(Syntax.Operator.LESS_OR_EQUAL, value, high.evaluate(batch)),
          false);
    }
  }

  /** Equal to any option; null when equal to none but one is null. */
  record In(Node operand, List<Node> options) implements Logic {
    @Override
    public Column evaluate(Batch batch) {
      Column value = operand.evaluate(batch);
      BooleanColumn result = null;
      for (Node option : options) {
        BooleanColumn equal = Compare.compare(Syntax.Operator.EQUAL, value, option.evaluate(batch));
        result = result == null ? equal : both(result, equal, true);
      }
      return Objects.requireNonNull(result);
    }
  }

  /** {@link In} where all options are strings known beforehand. */
  record InStrings(Node operand, Set<String> options) implements Logic {
    @Override
    public Column evaluate(Batch batch) {
      Column column = operand.evaluate(batch);
      @Nullable Object[] values = Values.objects(column);
      boolean[] result = new boolean[values.length];
      for (int i = 0; i < result.length; i++) {
        Object value = values[i];
        result[i] = value != null && options.contains(value);
      }
      return new BooleanColumn(Scalar.BOOLEAN, result, column.nulls());
    }
  }

  /** AND, or OR when {@code winner} is true: a winner decides, else null, else the other. */
  private static BooleanColumn both(BooleanColumn left, BooleanColumn right, boolean winner) {
    boolean[] a = left.values();
    boolean[] b = right.values();
    boolean[] nullsA = left.nulls();
    boolean[] nullsB = right.nulls();
    boolean[] result = new boolean[a.length];
    if (nullsA == null && nullsB == null) {
      for (int i = 0; i < result.length; i++) {
        result[i] = winner ? (a[i] || b[i]) : (a[i] && b[i]);
      }
      return new BooleanColumn(Scalar.BOOLEAN, result, null);
    }
    boolean[] nulls = new boolean[a.length];
    for (int i = 0; i < result.length; i++) {
      boolean nullA = nullsA != null && nullsA[i];
      boolean nullB = nullsB != null && nullsB[i];
      boolean decided = (!nullA && a[i] == winner) || (!nullB && b[i] == winner);
      result[i] = decided == winner;
      nulls[i] = !decided && (nullA || nullB);
    }
    return new BooleanColumn(Scalar.BOOLEAN, result, nulls);
  }
}
