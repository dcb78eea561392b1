package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.Aggregate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A HyperLogLog over a moving window: how often each register met each rank, so that ranks can
 * leave, and how many registers have which rank as their greatest.
 */
final class SlidingRegisters implements Sliding {
  private static final int RANK_BITS = 6;

  private final int slot;

  /** By register and rank, how many values. */
  private final Map<Integer, Integer> counts = new HashMap<>();

  /** By register, a bit for each rank that some value has. */
  private final long[] ranks = new long[Registers.COUNT];

  private final int[] registers = new int[Registers.GREATEST_RANK + 1];
  private @Nullable SlotColumn column;

  SlidingRegisters(int slot) {
    this.slot = slot;
    registers[0] = Registers.COUNT;
  }

  @Override
  public void bind(Rows rows) {
    column = rows.slots[slot];
  }

  @Override
  public void clear() {
    if (!counts.isEmpty()) {
      counts.clear();
      Arrays.fill(ranks, 0);
      Arrays.fill(registers, 0);
      registers[0] = Registers.COUNT;
    }
  }

  @Override
  public void add(int row) {
    change(row, 1);
  }

  @Override
  public void remove(int row) {
    change(row, -1);
  }

  private void change(int row, int by) {
    SlotColumn bound = requireNonNull(column);
    if (!bound.isPresent(row)) {
      return;
    }
    long hash = Hashing.of(bound, row);
    int register = Registers.index(hash);
    int rank = Registers.rank(hash);
    Integer left =
        counts.merge(
            register << RANK_BITS | rank,
            by,
            (before, more) -> before + more == 0 ? null : before + more);
    registers[greatest(register)]--;
    ranks[register] = left == null ? ranks[register] & ~(1L << rank) : ranks[register] | 1L << rank;
    registers[greatest(register)]++;
  }

  private int greatest(int register) {
    return ranks[register] == 0 ? 0 : 63 - Long.numberOfLeadingZeros(ranks[register]);
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (counts.isEmpty()) {
      answer.nothing();
    } else {
      answer.whole(Registers.estimate(registers));
    }
  }
}
