package dev.penstock.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of {@link Scalar#BOOLEAN}. */
public final class BooleanColumn implements Column {
  private final Type type;
  private final boolean[] values;
  private final boolean @Nullable [] nulls;

  /**
   * Takes the arrays over: neither may be changed afterwards. No nulls when {@code nulls} is null.
   */
  public BooleanColumn(Type type, boolean[] values, boolean @Nullable [] nulls) {
    Column.check(type == Scalar.BOOLEAN, type, values.length, nulls);
    this.type = type;
    this.values = values;
    this.nulls = nulls;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public boolean isNull(int row) {
    return nulls != null && nulls[row];
  }

  @Override
  public boolean @Nullable [] nulls() {
    return nulls;
  }

  /** The values themselves, not a copy: only to be read. What stands at a null has no meaning. */
  public boolean[] values() {
    return values;
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : values[row];
  }

  @Override
  public BooleanColumn gather(int[] rows) {
    boolean[] gathered = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      gathered[i] = values[rows[i]];
    }
    return new BooleanColumn(type, gathered, Column.gatherNulls(nulls, rows));
  }

  @Override
  public BooleanColumn slice(int from, int to) {
    return new BooleanColumn(
        type,
        Arrays.copyOfRange(values, from, to),
        nulls == null ? null : Arrays.copyOfRange(nulls, from, to));
  }
}
