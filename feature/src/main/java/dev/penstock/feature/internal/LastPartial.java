package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Type;
import dev.penstock.feature.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** The value of the last row by (event time, partition, offset), and that row's place. */
final class LastPartial implements Partial {
  private final int slot;
  private final Type type;
  private @Nullable Rows rows;

  /** The value, in a column of one row. */
  private final SlotColumn held;

  /** Room for a value being read. */
  private final SlotColumn read;

  private boolean any;
  private long eventTime;
  private int partition;
  private long offset;

  LastPartial(int slot, Type type) {
    this.slot = slot;
    this.type = type;
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
        && isAfter(from.eventTimes[row], from.partitions[row], from.offsets[row])) {
      take(from.eventTimes[row], from.partitions[row], from.offsets[row]);
      held.copy(from.slots[slot], row, 0);
    }
  }

  private boolean isAfter(long otherTime, int otherPartition, long otherOffset) {
    if (!any || otherTime != eventTime) {
      return !any || otherTime > eventTime;
    }
    return otherPartition != partition ? otherPartition > partition : otherOffset > offset;
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
    if (isAfter(otherTime, otherPartition, otherOffset)) {
      take(otherTime, otherPartition, otherOffset);
      held.copy(read, 0, 0);
    }
  }

  @Override
  public void answer(AggregateFunction function, double parameter, Answer answer) {
    if (any) {
      held.answer(0, answer);
    } else {
      answer.nothing();
    }
  }
}
