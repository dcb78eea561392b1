package dev.penstock.lake.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.format.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Which rows of a table are meant. */
public sealed interface RowMatch {
  /** A list of values longer than this is not worth looking for in the statistics of files. */
  int SHORT = 200;

  /** The columns that decide. */
  List<String> columns();

  /** What the rows meet at least, so that files without such rows are not read. */
  List<Condition> conditions();

  /** Whether rows of a batch are meant; it has {@link #columns()}, and its rows the conditions. */
  IntPredicate among(Batch batch);

  /** Rows with one of these values in these columns. */
  record ByKey(List<String> columns, Set<List<@Nullable Object>> values) implements RowMatch {
    @Override
    public List<Condition> conditions() {
      Set<Object> first = new HashSet<>();
      for (List<@Nullable Object> value : values) {
        Object part = value.get(0);
        if (part == null || first.size() == SHORT) {
          return List.of();
        }
        first.add(part);
      }
      return first.stream().anyMatch(RowMatch::isOdd)
          ? List.of()
          : List.of(new Condition.In(columns.get(0), first));
    }

    @Override
    public IntPredicate among(Batch batch) {
      List<Column> compared = columns.stream().map(batch::column).toList();
      return row -> values.contains(KeyValues.of(compared, row));
    }
  }

  /** Rows that meet all of these. */
  record ByCondition(List<Condition> conditions) implements RowMatch {
    @Override
    public List<String> columns() {
      return conditions.stream().map(Condition::column).distinct().toList();
    }

    @Override
    public IntPredicate among(Batch batch) {
      return row -> true;
    }
  }

  /**
   * Whether a condition would not find the value: NaN, and bytes, which are compared as they are.
   */
  private static boolean isOdd(Object value) {
    return !(value instanceof Long || value instanceof Integer || value instanceof String);
  }
}
