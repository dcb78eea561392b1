package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.Aggregate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The registers of a HyperLogLog, see {@link Registers}: approximate distinct counts. */
final class RegistersPartial implements Partial {
  private final int slot;
  private final byte[] ranks = new byte[Registers.COUNT];
  private int used;
  private @Nullable SlotColumn column;

  RegistersPartial(int slot) {
    this.slot = slot;
  }

  @Override
  public void bind(Rows rows) {
    column = rows.slots[slot];
  }

  @Override
  public void clear() {
    if (used > 0) {
      Arrays.fill(ranks, (byte) 0);
      used = 0;
    }
  }

  @Override
  public void add(int row) {
    SlotColumn bound = requireNonNull(column);
    if (bound.isPresent(row)) {
      long hash = Hashing.of(bound, row);
      offer(Registers.index(hash), Registers.rank(hash));
    }
  }

  @Override
  public boolean undo(int row) {
    SlotColumn bound = requireNonNull(column);
    if (!bound.isPresent(row)) {
      return true;
    }
    long hash = Hashing.of(bound, row);
    return Registers.rank(hash) < ranks[Registers.index(hash)];
  }

  private void offer(int register, int rank) {
    if (rank > ranks[register]) {
      used += ranks[register] == 0 ? 1 : 0;
      ranks[register] = (byte) rank;
    }
  }

  @Override
  public void write(ByteSink out) {
    out.count(used);
    int next = 0;
    for (int register = 0; register < ranks.length; register++) {
      if (ranks[register] != 0) {
        out.count(register - next);
        out.oneByte(ranks[register]);
        next = register + 1;
      }
    }
  }

  @Override
  public void merge(ByteSource in) {
    int entries = in.length();
    long register = 0;
    for (int i = 0; i < entries; i++) {
      register += in.count();
      int rank = in.oneByte();
      if (register < 0 || register >= ranks.length || rank < 1 || rank > Registers.GREATEST_RANK) {
        throw ByteSource.corrupt("a register " + register + " of rank " + rank);
      }
      offer((int) register, rank);
      register++;
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (used == 0) {
      answer.nothing();
      return;
    }
    int[] registers = new int[Registers.GREATEST_RANK + 1];
    for (byte rank : ranks) {
      registers[rank]++;
    }
    answer.whole(Registers.estimate(registers));
  }
}
