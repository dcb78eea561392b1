package dev.penstock.sql.internal;

import dev.penstock.data.Column;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The null flags of a column in the making; no array as long as nothing is null. */
final class Nulls {
  private final int rows;
  private boolean @Nullable [] flags;
  private boolean owned;

  private Nulls(int rows, boolean @Nullable [] flags) {
    this.rows = rows;
    this.flags = flags;
  }

  static Nulls none(int rows) {
    return new Nulls(rows, null);
  }

  /** Null where the operand is. */
  static Nulls of(Column operand) {
    return new Nulls(operand.size(), operand.nulls());
  }

  /** Null where any operand is. */
  static Nulls of(Column left, Column right) {
    Nulls nulls = of(left);
    nulls.addAll(right.nulls());
    return nulls;
  }

  void addAll(boolean @Nullable [] more) {
    if (more == null) {
      return;
    }
    if (flags == null) {
      flags = more;
      owned = false;
      return;
    }
    boolean[] own = own();
    for (int i = 0; i < rows; i++) {
      own[i] |= more[i];
    }
  }

  void mark(int row) {
    own()[row] = true;
  }

  boolean isNull(int row) {
    return flags != null && flags[row];
  }

  boolean @Nullable [] flags() {
    return flags;
  }

  private boolean[] own() {
    boolean[] own = flags;
    if (own == null) {
      own = new boolean[rows];
    } else if (!owned) {
      own = Arrays.copyOf(own, rows);
    }
    flags = own;
    owned = true;
    return own;
  }
}
