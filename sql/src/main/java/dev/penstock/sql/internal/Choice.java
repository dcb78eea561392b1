package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes that take each row's value from one of several columns of one type. */
sealed interface Choice extends Node {
  /** The value of the first branch whose condition is true, else the last value. */
  record Case(List<Node> conditions, List<Node> values, Type type) implements Choice {
    @Override
    public Column evaluate(Batch batch) {
      int[] chosen = new int[batch.rows()];
      Arrays.fill(chosen, conditions.size());
      for (int branch = conditions.size() - 1; branch >= 0; branch--) {
        Column column = conditions.get(branch).evaluate(batch);
        boolean[] condition = Values.booleans(column);
        boolean[] nulls = column.nulls();
        for (int i = 0; i < chosen.length; i++) {
          if (condition[i] && (nulls == null || !nulls[i])) {
            chosen[i] = branch;
          }
        }
      }
      return pick(type, chosen, values, batch);
    }
  }

  /** The first value that is not null. */
  record Coalesce(List<Node> values, Type type) implements Choice {
    @Override
    public Column evaluate(Batch batch) {
      Column first = values.get(0).evaluate(batch);
      boolean[] missing = first.nulls();
      if (missing == null) {
        return first;
      }
      int[] chosen = new int[batch.rows()];
      Column[] columns = new Column[values.size()];
      columns[0] = first;
      boolean[] open = missing.clone();
      for (int v = 1; v < columns.length; v++) {
        columns[v] = values.get(v).evaluate(batch);
        boolean[] nulls = columns[v].nulls();
        for (int i = 0; i < chosen.length; i++) {
          if (open[i] && (nulls == null || !nulls[i])) {
            chosen[i] = v;
            open[i] = false;
          }
        }
      }
      return pick(type, chosen, columns);
    }
  }

  /** The value, or null where it equals the other. */
  record NullIf(Node value, Node other, Node comparedValue) implements Choice {
    @Override
    public Type type() {
      return value.type();
    }

    @Override
    public Column evaluate(Batch batch) {
      BooleanColumn equal =
          Compare.compare(
              Syntax.Operator.EQUAL, comparedValue.evaluate(batch), other.evaluate(batch));
      boolean[] values = equal.values();
      boolean[] nulls = equal.nulls();
      int[] chosen = new int[values.length];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = values[i] && (nulls == null || !nulls[i]) ? 1 : 0;
      }
      return pick(type(), chosen, List.of(value, ConstantNode.of(type(), null)), batch);
    }
  }

  /** The least (or greatest) value that is not null. */
  record Extreme(boolean greatest, List<Node> values, Type type) implements Choice {
    @Override
    public Column evaluate(Batch batch) {
      Column best = values.get(0).evaluate(batch);
      for (int v = 1; v < values.size(); v++) {
        Column next = values.get(v).evaluate(batch);
        Syntax.Operator better = greatest ? Syntax.Operator.GREATER : Syntax.Operator.LESS;
        boolean[] wins = Compare.compare(better, next, best).values();
        boolean[] bestNulls = best.nulls();
        boolean[] nextNulls = next.nulls();
        int[] chosen = new int[wins.length];
        for (int i = 0; i < chosen.length; i++) {
          boolean bestNull = bestNulls != null && bestNulls[i];
          boolean nextNull = nextNulls != null && nextNulls[i];
          chosen[i] = !nextNull && (bestNull || wins[i]) ? 1 : 0;
        }
        best = pick(type, chosen, new Column[] {best, next});
      }
      return best;
    }
  }

  private static Column pick(Type type, int[] chosen, List<Node> values, Batch batch) {
    Column[] columns = new Column[values.size()];
    for (int v = 0; v < columns.length; v++) {
      columns[v] = values.get(v).evaluate(batch);
    }
    return pick(type, chosen, columns);
  }

  private static Column pick(Type type, int[] chosen, Column[] columns) {
    boolean[] nulls = nulls(chosen, columns);
    int rows = chosen.length;
    Column model = columns[0];
    if (model instanceof LongColumn) {
      long[][] from = new long[columns.length][];
      Arrays.setAll(from, v -> Values.longs(columns[v]));
      long[] result = new long[rows];
      for (int i = 0; i < rows; i++) {
        result[i] = from[chosen[i]][i];
      }
      return new LongColumn(type, result, nulls);
    } else if (model instanceof DoubleColumn) {
      double[][] from = new double[columns.length][];
      Arrays.setAll(from, v -> Values.doubles(columns[v]));
      double[] result = new double[rows];
      for (int i = 0; i < rows; i++) {
        result[i] = from[chosen[i]][i];
      }
      return new DoubleColumn(type, result, nulls);
    } else if (model instanceof IntColumn) {
      int[] result = new int[rows];
      for (int i = 0; i < rows; i++) {
        result[i] = Values.ints(columns[chosen[i]])[i];
      }
      return new IntColumn(type, result, nulls);
    } else if (model instanceof FloatColumn) {
      float[] result = new float[rows];
      for (int i = 0; i < rows; i++) {
        result[i] = Values.floats(columns[chosen[i]])[i];
      }
      return new FloatColumn(type, result, nulls);
    } else if (model instanceof BooleanColumn) {
      boolean[] result = new boolean[rows];
      for (int i = 0; i < rows; i++) {
        result[i] = Values.booleans(columns[chosen[i]])[i];
      }
      return new BooleanColumn(type, result, nulls);
    }
    @Nullable Object[] result = new @Nullable Object[rows];
    for (int i = 0; i < rows; i++) {
      result[i] = Values.objects(columns[chosen[i]])[i];
    }
    return new ObjectColumn(type, result);
  }

  private static boolean @Nullable [] nulls(int[] chosen, Column[] columns) {
    if (columns[0] instanceof ObjectColumn) {
      return null;
    }
    boolean[] result = null;
    for (int v = 0; v < columns.length; v++) {
      boolean[] nulls = columns[v].nulls();
      for (int i = 0; nulls != null && i < chosen.length; i++) {
        if (chosen[i] == v && nulls[i]) {
          result = result == null ? new boolean[chosen.length] : result;
          result[i] = true;
        }
      }
    }
    return result;
  }
}
