package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The least or greatest value over a moving window: the rows that may yet be the best one, in row
 * order, each strictly better than all that follow it (a monotone deque). A row that becomes
 * visible late is put into its place, or dropped when a later row is as good.
 */
final class SlidingExtreme implements Sliding {
  private static final int INITIAL_ROWS = 64;

  private final int slot;
  private final Extreme end;
  private final SlotKind kind;
  private final int givenSlot;
  private @Nullable SlotColumn column;
  private @Nullable SlotColumn given;

  /** Rows in [head, tail), the best one first, and their values. */
  private int[] rows = new int[INITIAL_ROWS];

  private long[] values = new long[INITIAL_ROWS];
  private int head;
  private int tail;

  /**
   * @param givenSlot whose value on the best row is given in place of the best value; rows without
   *     one do not count; {@link ViewPlan#NO_SLOT} for the best value itself
   */
  SlidingExtreme(int slot, Extreme end, SlotKind kind, int givenSlot) {
    this.slot = slot;
    this.end = end;
    this.kind = kind;
    this.givenSlot = givenSlot;
  }

  @Override
  public void bind(Rows from) {
    column = from.slots[slot];
    given = givenSlot == ViewPlan.NO_SLOT ? null : from.slots[givenSlot];
  }

  @Override
  public void clear() {
    head = 0;
    tail = 0;
  }

  @Override
  public void add(int row) {
    SlotColumn bound = requireNonNull(column);
    if (!bound.isPresent(row) || (given != null && !given.isPresent(row))) {
      return;
    }
    makeRoom();
    int place = tail;
    while (place > head && rows[place - 1] > row) {
      place--;
    }
    long value = Extreme.ordered(bound, row);
    if (place < tail && !end.better(value, values[place])) {
      return;
    }
    int kept = place;
    while (kept > head && !end.better(values[kept - 1], value)) {
      kept--;
    }
    // The row replaces those in [kept, place); what follows moves up or down behind it.
    System.arraycopy(rows, place, rows, kept + 1, tail - place);
    System.arraycopy(values, place, values, kept + 1, tail - place);
    tail += kept + 1 - place;
    rows[kept] = row;
    values[kept] = value;
  }

  private void makeRoom() {
    if (tail < rows.length) {
      return;
    }
    int size = tail - head;
    boolean grow = size > rows.length / 2;
    int[] newRows = grow ? new int[rows.length * 2] : rows;
    long[] newValues = grow ? new long[rows.length * 2] : values;
    System.arraycopy(rows, head, newRows, 0, size);
    System.arraycopy(values, head, newValues, 0, size);
    rows = newRows;
    values = newValues;
    head = 0;
    tail = size;
  }

  @Override
  public void remove(int row) {
    if (head < tail && rows[head] == row) {
      head++;
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (head == tail) {
      answer.nothing();
    } else if (given != null) {
      given.answer(rows[head], answer);
    } else {
      Extreme.answer(kind, values[head], answer);
    }
  }
}
