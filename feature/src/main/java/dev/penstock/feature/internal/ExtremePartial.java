package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.Aggregate;
import org.jspecify.annotations.Nullable;

/** The least or the greatest value. */
final class ExtremePartial implements Partial {
  private final int slot;
  private final Extreme end;
  private final SlotKind kind;
  private @Nullable SlotColumn values;
  private boolean any;
  private long best;

  ExtremePartial(int slot, Extreme end, SlotKind kind) {
    this.slot = slot;
    this.end = end;
    this.kind = kind;
  }

  @Override
  public void bind(Rows rows) {
    values = rows.slots[slot];
  }

  @Override
  public void clear() {
    any = false;
  }

  @Override
  public void add(int row) {
    SlotColumn column = requireNonNull(values);
    if (column.isPresent(row)) {
      offer(Extreme.ordered(column, row));
    }
  }

  @Override
  public boolean undo(int row) {
    SlotColumn column = requireNonNull(values);
    return !column.isPresent(row) || Extreme.ordered(column, row) != best;
  }

  private void offer(long value) {
    if (!any || end.better(value, best)) {
      any = true;
      best = value;
    }
  }

  @Override
  public void write(ByteSink out) {
    out.oneByte(any ? 1 : 0);
    if (any && kind == SlotKind.WHOLE) {
      out.signed(best);
    } else if (any) {
      out.eightBytes(best);
    }
  }

  @Override
  public void merge(ByteSource in) {
    if (in.oneByte() != 0) {
      offer(kind == SlotKind.WHOLE ? in.signed() : in.eightBytes());
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (any) {
      Extreme.answer(kind, best, answer);
    } else {
      answer.nothing();
    }
  }
}
