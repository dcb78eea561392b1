package dev.penstock.data;

import org.jspecify.annotations.Nullable;

/**
 * One column of a {@link Batch}: values of one type, any of them null. Immutable by agreement: the
 * arrays inside are shared, not copied, and nobody writes to them once the column is made.
 */
public sealed interface Column
    permits BooleanColumn, IntColumn, LongColumn, FloatColumn, DoubleColumn, ObjectColumn {
  Type type();

  int size();

  boolean isNull(int row);

  /** True where a value is null; null itself when none is. Only to be read. */
  boolean @Nullable [] nulls();

  /** The value as an object, or null; for places where speed does not matter. */
  @Nullable Object value(int row);

  /** The values of these rows, in this order; a row may be named more than once. */
  Column gather(int[] rows);

  /** The rows {@code [from, to)}. */
  Column slice(int from, int to);

  static boolean @Nullable [] gatherNulls(boolean @Nullable [] nulls, int[] rows) {
    if (nulls == null) {
      return null;
    }
    boolean[] gathered = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      gathered[i] = nulls[rows[i]];
    }
    return gathered;
  }

  static void check(boolean typeFits, Type type, int size, boolean @Nullable [] nulls) {
    if (!typeFits) {
      throw new IllegalArgumentException("this column cannot hold " + type);
    }
    if (nulls != null && nulls.length != size) {
      throw new IllegalArgumentException(size + " values but " + nulls.length + " null flags");
    }
  }
}
