package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import org.jspecify.annotations.Nullable;

/** The least or the greatest value. */
final class ExtremePartial implements Partial {
  private final int slot;
  private final Extreme end;
  private final Type type;

  /** The value, in a column of one row, and room for one being read. */
  private final SlotColumn best;

  private final SlotColumn read;
  private @Nullable SlotColumn values;
  private boolean any;

  ExtremePartial(int slot, Extreme end, Type type) {
    this.slot = slot;
    this.end = end;
    this.type = type;
    this.best = new SlotColumn(SlotKind.of(type), 1);
    this.read = new SlotColumn(SlotKind.of(type), 1);
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
      offer(column, row);
    }
  }

  @Override
  public boolean undo(int row) {
    SlotColumn column = requireNonNull(values);
    return !column.isPresent(row) || Extreme.compare(column, row, best, 0) != 0;
  }

  private void offer(SlotColumn from, int row) {
    if (!any || end.better(from, row, best, 0)) {
      any = true;
      best.copy(from, row, 0);
    }
  }

  @Override
  public void write(ByteSink out) {
    out.oneByte(any ? 1 : 0);
    if (any) {
      Extreme.write(type, best, 0, out);
    }
  }

  @Override
  public void merge(ByteSource in) {
    if (in.oneByte() != 0) {
      Extreme.read(type, in, read, 0);
      offer(read, 0);
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (any) {
      best.answer(0, answer);
    } else {
      answer.nothing();
    }
  }
}
