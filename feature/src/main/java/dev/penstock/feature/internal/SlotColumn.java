package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Expression;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A slot's values for some rows: absent where the argument is null or the condition not true. One
 * of the value arrays is in use, by the slot's kind. NaN and −0 are canonical in it.
 */
final class SlotColumn {
  final SlotKind kind;

  /** Which rows have a value; null when all have. */
  boolean @Nullable [] present;

  boolean[] flags = {};
  long[] wholes = {};
  double[] reals = {};
  @Nullable Object[] objects = {};
  private int size;

  SlotColumn(SlotKind kind, int size) {
    this.kind = kind;
    grow(size);
  }

  private SlotColumn(SlotKind kind) {
    this.kind = kind;
  }

  /** The slot's values on a batch's rows. */
  static SlotColumn of(ViewPlan.Slot slot, Batch batch) {
    SlotColumn column = new SlotColumn(slot.kind());
    column.size = batch.rows();
    Expression argument = slot.argument();
    if (argument != null) {
      Column values = argument.evaluate(batch);
      boolean[] nulls = values.nulls();
      if (nulls != null) {
        column.present = inverted(nulls);
      }
      column.take(values);
    }
    Expression where = slot.where();
    if (where != null) {
      boolean[] holds = holds(where, batch);
      boolean[] before = column.present;
      if (before != null) {
        for (int row = 0; row < holds.length; row++) {
          holds[row] &= before[row];
        }
      }
      column.present = holds;
    }
    return column;
  }

  /** Where a condition is true: null is not. */
  static boolean[] holds(Expression condition, Batch batch) {
    BooleanColumn column = (BooleanColumn) condition.evaluate(batch);
    boolean[] holds = column.values().clone();
    boolean[] nulls = column.nulls();
    if (nulls != null) {
      for (int row = 0; row < holds.length; row++) {
        holds[row] &= !nulls[row];
      }
    }
    return holds;
  }

  private static boolean[] inverted(boolean[] flags) {
    boolean[] inverted = new boolean[flags.length];
    for (int row = 0; row < flags.length; row++) {
      inverted[row] = !flags[row];
    }
    return inverted;
  }

  private void take(Column column) {
    switch (kind) {
      case EVERY, MARK -> {}
      case FLAG -> flags = ((BooleanColumn) column).values();
      case WHOLE ->
          wholes =
              column instanceof IntColumn ints ? widened(ints) : ((LongColumn) column).values();
      case REAL ->
          reals =
              column instanceof FloatColumn floats
                  ? Canonical.widened(floats.values())
                  : column instanceof ObjectColumn decimals
                      ? rounded(decimals)
                      : Canonical.of(((DoubleColumn) column).values());
      case OBJECT -> objects = Canonical.of(((ObjectColumn) column).values());
    }
  }

  private static long[] widened(IntColumn column) {
    int[] values = column.values();
    long[] widened = new long[values.length];
    for (int row = 0; row < values.length; row++) {
      widened[row] = values[row];
    }
    return widened;
  }

  /** Decimals as the nearest floats. */
  private static double[] rounded(ObjectColumn column) {
    double[] rounded = new double[column.size()];
    for (int row = 0; row < rounded.length; row++) {
      if (column.value(row) instanceof BigDecimal decimal) {
        rounded[row] = decimal.doubleValue();
      }
    }
    return rounded;
  }

  BigDecimal decimal(int row) {
    return (BigDecimal) requireNonNull(objects[row]);
  }

  boolean isPresent(int row) {
    return present == null || present[row];
  }

  /** Makes room for that many rows; new rows are present, their values to be set. */
  void grow(int rows) {
    if (present != null) {
      int before = present.length;
      present = Arrays.copyOf(present, rows);
      Arrays.fill(present, Math.min(before, rows), rows, true);
    }
    switch (kind) {
      case EVERY, MARK -> {}
      case FLAG -> flags = Arrays.copyOf(flags, rows);
      case WHOLE -> wholes = Arrays.copyOf(wholes, rows);
      case REAL -> reals = Arrays.copyOf(reals, rows);
      case OBJECT -> objects = Arrays.copyOf(objects, rows);
    }
    size = rows;
  }

  void setAbsent(int row) {
    presence()[row] = false;
  }

  void setPresent(int row) {
    if (present != null) {
      present[row] = true;
    }
  }

  private boolean[] presence() {
    boolean[] flags = present;
    if (flags == null) {
      flags = new boolean[size];
      Arrays.fill(flags, true);
      present = flags;
    }
    return flags;
  }

  /** Copies one present value of another column of the same kind. */
  void copy(SlotColumn from, int row, int place) {
    switch (kind) {
      case EVERY, MARK -> {}
      case FLAG -> flags[place] = from.flags[row];
      case WHOLE -> wholes[place] = from.wholes[row];
      case REAL -> reals[place] = from.reals[row];
      case OBJECT -> objects[place] = from.objects[row];
    }
  }

  /** Gives one present value as an answer. */
  void answer(int row, Answer answer) {
    switch (kind) {
      case EVERY, MARK -> throw new IllegalStateException("no values are held");
      case FLAG -> answer.flag(flags[row]);
      case WHOLE -> answer.whole(wholes[row]);
      case REAL -> answer.real(reals[row]);
      case OBJECT -> answer.object(requireNonNull(objects[row]));
    }
  }

  /** Copies another column's rows to places of this one; a place below 0 drops the row. */
  void scatter(SlotColumn from, int[] places) {
    boolean[] theirs = from.present;
    if (theirs != null || present != null) {
      boolean[] mine = presence();
      for (int row = 0; row < places.length; row++) {
        if (places[row] >= 0) {
          mine[places[row]] = theirs == null || theirs[row];
        }
      }
    }
    switch (kind) {
      case EVERY, MARK -> {}
      case FLAG -> {
        for (int row = 0; row < places.length; row++) {
          if (places[row] >= 0) {
            flags[places[row]] = from.flags[row];
          }
        }
      }
      case WHOLE -> {
        for (int row = 0; row < places.length; row++) {
          if (places[row] >= 0) {
            wholes[places[row]] = from.wholes[row];
          }
        }
      }
      case REAL -> {
        for (int row = 0; row < places.length; row++) {
          if (places[row] >= 0) {
            reals[places[row]] = from.reals[row];
          }
        }
      }
      case OBJECT -> {
        for (int row = 0; row < places.length; row++) {
          if (places[row] >= 0) {
            objects[places[row]] = from.objects[row];
          }
        }
      }
    }
  }
}
