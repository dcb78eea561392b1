package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How often each value occurs. Beyond the limit of distinct values only that is known: every window
 * that holds these rows is beyond it too.
 */
final class CountsPartial implements Partial {
  private final int slot;
  private final Type type;
  private final ValueCounts counts;

  /** Room for a value being written or read. */
  private final SlotColumn held;

  private @Nullable SlotColumn column;
  private boolean beyond;

  CountsPartial(int slot, Type type, int limit) {
    this.slot = slot;
    this.type = type;
    this.counts = new ValueCounts(type, limit);
    this.held = new SlotColumn(SlotKind.of(type), 1);
  }

  @Override
  public void bind(Rows rows) {
    column = rows.slots[slot];
  }

  @Override
  public void clear() {
    counts.clear();
    beyond = false;
  }

  @Override
  public void add(int row) {
    SlotColumn bound = requireNonNull(column);
    if (bound.isPresent(row)) {
      add(Values.of(bound, row), 1);
    }
  }

  @Override
  public boolean undo(int row) {
    SlotColumn bound = requireNonNull(column);
    if (bound.isPresent(row) && !beyond) {
      counts.change(Values.of(bound, row), -1);
    }
    return !bound.isPresent(row) || !beyond;
  }

  private void add(Object value, long times) {
    if (!beyond) {
      counts.change(value, times);
      if (counts.isBeyondLimit()) {
        beyond = true;
        counts.clear();
      }
    }
  }

  @Override
  public void write(ByteSink out) {
    out.oneByte(beyond ? 1 : 0);
    if (beyond) {
      return;
    }
    Map<byte[], Long> sorted = new TreeMap<>(Arrays::compareUnsigned);
    ByteSink scratch = new ByteSink();
    counts.forEach(
        (value, count) -> {
          scratch.clear();
          Values.put(value, held, 0);
          ValueCodec.write(type, held, 0, scratch);
          sorted.put(scratch.toBytes(), count);
        });
    out.count(sorted.size());
    ByteSource written = new ByteSource(new byte[0]);
    sorted.forEach(
        (bytes, count) -> {
          written.reset(bytes);
          ValueCodec.read(type, written, held, 0);
          ValueCodec.write(type, held, 0, out);
          out.count(count);
        });
  }

  @Override
  public void merge(ByteSource in) {
    if (in.oneByte() != 0) {
      beyond = true;
      counts.clear();
      return;
    }
    int entries = in.length();
    for (int i = 0; i < entries; i++) {
      ValueCodec.read(type, in, held, 0);
      add(Values.of(held, 0), in.count());
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (beyond) {
      answer.error();
    } else {
      counts.answer(aggregate, answer);
    }
  }
}
