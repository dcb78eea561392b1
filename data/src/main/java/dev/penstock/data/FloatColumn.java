package dev.penstock.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of {@link Scalar#FLOAT32}. */
public final class FloatColumn implements Column {
  private final Type type;
  private final float[] values;
  private final boolean @Nullable [] nulls;

  /**
   * Takes the arrays over: neither may be changed afterwards. No nulls when {@code nulls} is null.
   */
  public FloatColumn(Type type, float[] values, boolean @Nullable [] nulls) {
    Column.check(type == Scalar.FLOAT32, type, values.length, nulls);
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
  public float[] values() {
    return values;
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : values[row];
  }

  @Override
  public FloatColumn gather(int[] rows) {
    float[] gathered = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      gathered[i] = values[rows[i]];
    }
    return new FloatColumn(type, gathered, Column.gatherNulls(nulls, rows));
  }

  @Override
  public FloatColumn slice(int from, int to) {
    return new FloatColumn(
        type,
        Arrays.copyOfRange(values, from, to),
        nulls == null ? null : Arrays.copyOfRange(nulls, from, to));
  }
}
