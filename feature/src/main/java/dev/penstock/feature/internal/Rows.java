package dev.penstock.feature.internal;

import java.util.Arrays;

/** Rows of a view in columns: event times, positions, and the values of its slots. */
final class Rows {
  long[] eventTimes;
  int[] partitions;
  long[] offsets;
  final SlotColumn[] slots;
  private int capacity;

  Rows(ViewPlan plan, int capacity) {
    this.capacity = capacity;
    this.eventTimes = new long[capacity];
    this.partitions = new int[capacity];
    this.offsets = new long[capacity];
    this.slots =
        plan.slots().stream()
            .map(slot -> new SlotColumn(slot.kind(), capacity))
            .toArray(SlotColumn[]::new);
  }

  /** The rows of a batch, not copied. */
  Rows(BatchRows batch) {
    this.capacity = batch.size;
    this.eventTimes = batch.eventTimes;
    this.partitions = batch.partitions;
    this.offsets = batch.offsets;
    this.slots = batch.slots;
  }

  /** Makes room for that many rows. Who has bound to the arrays must bind again. */
  void ensure(int rows) {
    if (rows <= capacity) {
      return;
    }
    capacity = Math.max(rows, 2 * capacity);
    eventTimes = Arrays.copyOf(eventTimes, capacity);
    partitions = Arrays.copyOf(partitions, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    for (SlotColumn slot : slots) {
      slot.grow(capacity);
    }
  }
}
