package dev.penstock.format;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.LongColumn;
import dev.penstock.format.internal.Ordering;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies {@link Condition}s to rows. */
public final class Conditions {
  private Conditions() {}

  /** The rows of the batch that meet all of them, in order; the batch itself if all rows do. */
  public static Batch filter(Batch batch, List<Condition> conditions) {
    int[] rows = rows(batch, conditions);
    return rows.length == batch.rows() ? batch : batch.gather(rows);
  }

  /** Which rows of the batch meet all of them, ascending. */
  public static int[] rows(Batch batch, List<Condition> conditions) {
    int[] rows = new int[batch.rows()];
    Arrays.setAll(rows, i -> i);
    int count = rows.length;
    for (Condition condition : conditions) {
      count = filter(batch.column(condition.column()), condition, rows, count);
    }
    return Arrays.copyOf(rows, count);
  }

  /** Keeps those of the first {@code count} rows that meet the condition; returns how many. */
  private static int filter(Column column, Condition condition, int[] rows, int count) {
    if (column instanceof LongColumn longs
        && condition instanceof Condition.Range range
        && isLongOrOpen(range.from())
        && isLongOrOpen(range.to())) {
      return filter(longs, range, rows, count);
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      Object value = column.value(rows[i]);
      if (value != null && meets(value, condition)) {
        rows[kept++] = rows[i];
      }
    }
    return kept;
  }

  /** Times and offsets: the conditions of nearly every read. */
  private static int filter(LongColumn column, Condition.Range range, int[] rows, int count) {
    long[] values = column.values();
    long from = range.from() == null ? Long.MIN_VALUE : ((Number) range.from()).longValue();
    boolean bounded = range.to() != null;
    long to = range.to() == null ? Long.MAX_VALUE : ((Number) range.to()).longValue();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      if (values[row] >= from && (!bounded || values[row] < to) && !column.isNull(row)) {
        rows[kept++] = row;
      }
    }
    return kept;
  }

  private static boolean meets(Object value, Condition condition) {
    if (value instanceof Number number && Double.isNaN(number.doubleValue())) {
      return false;
    }
    if (condition instanceof Condition.Range range) {
      return (range.from() == null || Ordering.compare(value, range.from()) >= 0)
          && (range.to() == null || Ordering.compare(value, range.to()) < 0);
    }
    Set<Object> values = ((Condition.In) condition).values();
    if (!(value instanceof Number)) {
      return values.contains(value);
    }
    for (Object wanted : values) {
      if (Ordering.compare(value, wanted) == 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLongOrOpen(@Nullable Object value) {
    return value == null || value instanceof Long || value instanceof Integer;
  }
}
