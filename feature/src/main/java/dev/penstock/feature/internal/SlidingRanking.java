package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.Aggregate;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The least or greatest value over a window whose rows may leave in any order: all of them, the
 * best first and of equal ones the last row first. What {@link SlidingExtreme} is elsewhere.
 */
final class SlidingRanking implements Sliding {
  private record Ranked(long value, int row) {}

  private final int slot;
  private final SlotKind kind;
  private final int givenSlot;
  private final TreeSet<Ranked> ranking;
  private @Nullable SlotColumn column;
  private @Nullable SlotColumn given;

  /**
   * @param givenSlot as {@link SlidingExtreme} has it
   */
  SlidingRanking(int slot, Extreme end, SlotKind kind, int givenSlot) {
    this.slot = slot;
    this.kind = kind;
    this.givenSlot = givenSlot;
    Comparator<Ranked> byValue = Comparator.comparingLong(Ranked::value);
    this.ranking =
        new TreeSet<>(
            (end == Extreme.LEAST ? byValue : byValue.reversed())
                .thenComparing(Comparator.comparingInt(Ranked::row).reversed()));
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
      ranking.add(ranked(row));
    }
  }

  @Override
  public void remove(int row) {
    if (isPresent(row)) {
      ranking.remove(ranked(row));
    }
  }

  private boolean isPresent(int row) {
    return requireNonNull(column).isPresent(row) && (given == null || given.isPresent(row));
  }

  private Ranked ranked(int row) {
    return new Ranked(Extreme.ordered(requireNonNull(column), row), row);
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (ranking.isEmpty()) {
      answer.nothing();
    } else if (given != null) {
      given.answer(ranking.first().row(), answer);
    } else {
      Extreme.answer(kind, ranking.first().value(), answer);
    }
  }
}
