package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import org.jspecify.annotations.Nullable;

/** The value of the first or the last row by (event time, partition, offset), and its place. */
final class EndPartial implements Partial {
  private final int slot;
  private final Type type;
  private final Extreme end;
  private @Nullable Rows rows;

  /** The value, in a column of one row. */
  private final SlotColumn held;

  /** Room for a value being read. */
  private final SlotColumn read;

  private boolean any;
  private long eventTime;
  private int partition;
  private long offset;

  EndPartial(int slot, Type type, Extreme end) {
    this.slot = slot;
    this.type = type;
    this.end = end;
    this.held = new SlotColumn(SlotKind.of(type), 1);
    this.read = new SlotColumn(SlotKind.of(type), 1);
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
    if (from.slots[slot].isPresent(row)
        && isBetter(from.eventTimes[row], from.partitions[row], from.offsets[row])) {
      take(from.eventTimes[row], from.partitions[row], from.offsets[row]);
      held.copy(from.slots[slot], row, 0);
    }
  }

  @Override
  public boolean undo(int row) {
    Rows from = requireNonNull(rows);
    return !from.slots[slot].isPresent(row)
        || from.eventTimes[row] != eventTime
        || from.partitions[row] != partition
        || from.offsets[row] != offset;
  }

  private boolean isBetter(long otherTime, int otherPartition, long otherOffset) {
    if (!any || otherTime != eventTime) {
      return !any || end.better(otherTime, eventTime);
    }
    return otherPartition != partition
        ? end.better(otherPartition, partition)
        : end.better(otherOffset, offset);
  }

  private void take(long newTime, int newPartition, long newOffset) {
    any = true;
    eventTime = newTime;
    partition = newPartition;
    offset = newOffset;
  }

  @Override
  public void write(ByteSink out) {
    out.oneByte(any ? 1 : 0);
    if (any) {
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
    long otherTime = in.eightBytes();
    int otherPartition = (int) in.signed();
    long otherOffset = in.signed();
    ValueCodec.read(type, in, read, 0);
    if (isBetter(otherTime, otherPartition, otherOffset)) {
      take(otherTime, otherPartition, otherOffset);
      held.copy(read, 0, 0);
    }
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
