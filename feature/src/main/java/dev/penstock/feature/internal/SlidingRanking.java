package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.Aggregate;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The least or greatest value over a window whose rows may leave in any order, or of any numbers:
 * all of its rows, the best first and of equal ones the last first. What {@link SlidingExtreme} is
 * elsewhere.
 */
final class SlidingRanking implements Sliding {
  private final int slot;
  private final int givenSlot;
  private final TreeSet<Integer> ranking;
  private @Nullable SlotColumn column;
  private @Nullable SlotColumn given;

  /**
   * @param givenSlot as {@link SlidingExtreme} has it
   */
  SlidingRanking(int slot, Extreme end, int givenSlot) {
    this.slot = slot;
    this.givenSlot = givenSlot;
    Comparator<Integer> byValue = this::compare;
    this.ranking =
        new TreeSet<>(
            (end == Extreme.LEAST ? byValue : byValue.reversed())
                .thenComparing(Comparator.reverseOrder()));
  }

  @Override
  public void bind(Rows from) {
    column = from.slots[slot];
    given = givenSlot == ViewPlan.NO_SLOT ? null : from.slots[givenSlot];
  }

  @Override
  public void clear() {
    ranking.clear();
  }

  @Override
  public void add(int row) {
    if (isPresent(row)) {
      ranking.add(row);
    }
  }

  @Override
  public void remove(int row) {
    if (isPresent(row)) {
      ranking.remove(row);
    }
  }

  private boolean isPresent(int row) {
    return requireNonNull(column).isPresent(row) && (given == null || given.isPresent(row));
  }

  private int compare(int row, int other) {
    SlotColumn values = requireNonNull(column);
    return Extreme.compare(values, row, values, other);
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (ranking.isEmpty()) {
      answer.nothing();
    } else {
      requireNonNull(given == null ? column : given).answer(ranking.first(), answer);
    }
  }
}
