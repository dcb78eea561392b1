package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The value of the row where another number is least or greatest; of several such rows, of the last
 * by (event time, partition, offset).
 */
final class ByPartial implements Partial {
  private final int slot;
  private final Type type;
  private final int bySlot;
  private final Type byType;
  private final Extreme end;

  /** The value, in a column of one row, and room for one being read. */
  private final SlotColumn held;

  private final SlotColumn read;

  /** The same for the number to go by. */
  private final SlotColumn by;

  private final SlotColumn readBy;
  private @Nullable Rows rows;
  private boolean any;
  private long eventTime;
  private int partition;
  private long offset;

  ByPartial(int slot, Type type, int bySlot, Type byType, Extreme end) {
    this.slot = slot;
    this.type = type;
    this.bySlot = bySlot;
    this.byType = byType;
    this.end = end;
    this.held = new SlotColumn(SlotKind.of(type), 1);
    this.read = new SlotColumn(SlotKind.of(type), 1);
    this.by = new SlotColumn(SlotKind.of(byType), 1);
    this.readBy = new SlotColumn(SlotKind.of(byType), 1);
  }

  @Override
  public void bind(Rows bound) {
    rows = bound;
  }

  @Override
  public void clear() {
    any = false;
  }

  @Override
  public void add(int row) {
    Rows from = requireNonNull(rows);
    if (from.slots[slot].isPresent(row) && from.slots[bySlot].isPresent(row)) {
      offer(
          from.slots[bySlot],
          from.eventTimes[row],
          from.partitions[row],
          from.offsets[row],
          from.slots[slot],
          row);
    }
  }

  @Override
  public boolean undo(int row) {
    Rows from = requireNonNull(rows);
    return !from.slots[slot].isPresent(row)
        || !from.slots[bySlot].isPresent(row)
        || from.eventTimes[row] != eventTime
        || from.partitions[row] != partition
        || from.offsets[row] != offset;
  }

  private void offer(
      SlotColumn newBy,
      long newTime,
      int newPartition,
      long newOffset,
      SlotColumn values,
      int row) {
    if (any && !isBetter(newBy, row, newTime, newPartition, newOffset)) {
      return;
    }
    any = true;
    by.copy(newBy, row, 0);
    eventTime = newTime;
    partition = newPartition;
    offset = newOffset;
    held.copy(values, row, 0);
  }

  private boolean isBetter(
      SlotColumn newBy, int row, long newTime, int newPartition, long newOffset) {
    int order = Extreme.compare(newBy, row, by, 0);
    if (order != 0) {
      return end == Extreme.LEAST ? order < 0 : order > 0;
    } else if (newTime != eventTime) {
      return newTime > eventTime;
    }
    return newPartition != partition ? newPartition > partition : newOffset > offset;
  }

  @Override
  public void write(ByteSink out) {
    out.oneByte(any ? 1 : 0);
    if (any) {
      Extreme.write(byType, by, 0, out);
      out.eightBytes(eventTime);
      out.signed(partition);
      out.signed(offset);
      ValueCodec.write(type, held, 0, out);
    }
  }

  @Override
  public void merge(ByteSource in) {
    if (in.oneByte() == 0) {
      return;
    }
    Extreme.read(byType, in, readBy, 0);
    long otherTime = in.eightBytes();
    int otherPartition = (int) in.signed();
    long otherOffset = in.signed();
    ValueCodec.read(type, in, read, 0);
    offer(readBy, otherTime, otherPartition, otherOffset, read, 0);
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (any) {
      held.answer(0, answer);
    } else {
      answer.nothing();
    }
  }
}
