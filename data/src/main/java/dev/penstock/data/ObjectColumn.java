package dev.penstock.data;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column whose values are objects: {@link Scalar#STRING} ({@link String}), {@link Type.Decimal}
 * ({@link BigDecimal} of the type's scale), {@link Scalar#BINARY} ({@code byte[]}) and {@link
 * Type.Vector} ({@code float[]}). A null element is a null.
 */
public final class ObjectColumn implements Column {
  private final Type type;
  private final @Nullable Object[] values;

  /** Takes the array over: it may not be changed afterwards. */
  public ObjectColumn(Type type, @Nullable Object[] values) {
    Column.check(
        type == Scalar.STRING
            || type == Scalar.BINARY
            || type instanceof Type.Decimal
            || type instanceof Type.Vector,
        type,
        values.length,
        null);
    this.type = type;
    this.values = values;
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
    return values[row] == null;
  }

  @Override
  public boolean @Nullable [] nulls() {
    boolean[] nulls = new boolean[values.length];
    boolean any = false;
    for (int i = 0; i < values.length; i++) {
      nulls[i] = values[i] == null;
      any |= nulls[i];
    }
    return any ? nulls : null;
  }

  @Override
  public @Nullable Object value(int row) {
    return values[row];
  }

  /** The values themselves, not a copy: only to be read. */
  public @Nullable Object[] values() {
    return values;
  }

  public @Nullable String string(int row) {
    return (String) values[row];
  }

  @Override
  public ObjectColumn gather(int[] rows) {
    Object[] gathered = new Object[rows.length];
    for (int i = 0; i < rows.length; i++) {
      gathered[i] = values[rows[i]];
    }
    return new ObjectColumn(type, gathered);
  }

  @Override
  public ObjectColumn slice(int from, int to) {
    return new ObjectColumn(type, Arrays.copyOfRange(values, from, to));
  }
}
