package dev.penstock.feature.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes a failing case small: drops questions, then rows, then features, again and again, as long
 * as what is left still fails. What a run chooses by chance may have to be chosen anew for that.
 */
final class Shrinking {
  /** The most cases that are run for it. */
  private static final int MOST_RUNS = 4_000;

  /** How many choices a smaller case may fail under. */
  private static final int CHOICES = 3;

  private final Predicate<Case> fails;
  private Case least;
  private int runs;

  private Shrinking(Case failing, Predicate<Case> fails) {
    this.least = failing;
    this.fails = fails;
  }

  /** A case that fails as the given one does, and from which nothing more could be left out. */
  static Case of(Case failing, Predicate<Case> fails) {
    Shrinking shrinking = new Shrinking(failing, fails);
    int before;
    do {
      before = shrinking.size();
      shrinking.drop(Case::queries, Case::asking, 0);
      shrinking.drop(Case::rows, Shrinking::withRows, 0);
      shrinking.drop(of -> of.view().features(), Case::featuring, 1);
    } while (shrinking.size() < before && shrinking.runs < MOST_RUNS);
    return shrinking.least;
  }

  private int size() {
    return least.rows().size() + least.view().features().size() + least.queries().size();
  }

  /** A retraction goes with its row. */
  private static Case withRows(Case of, List<InputRow> rows) {
    Set<InputRow.Position> there = new HashSet<>();
    rows.forEach(row -> there.add(row.position()));
    return of.withRows(
        rows.stream()
            .filter(row -> row.retracts() == null || there.contains(row.retracts().position()))
            .toList());
  }

  /** A case with some of its parts. */
  private interface Narrower<T> {
    Case with(Case of, List<T> parts);
  }

  /** Leaves out runs of parts, long ones first, single ones at last. */
  private <T> void drop(Function<Case, List<T>> parts, Narrower<T> narrower, int fewest) {
    for (int width = parts.apply(least).size(); width > 0; width /= 2) {
      int from = 0;
      while (from < parts.apply(least).size() && runs < MOST_RUNS) {
        List<T> left = new ArrayList<>(parts.apply(least));
        left.subList(from, Math.min(left.size(), from + width)).clear();
        if (left.size() < fewest || !stillFails(narrower.with(least, left))) {
          from += width;
        }
      }
    }
  }

  private boolean stillFails(Case smaller) {
    for (int i = 0; i < CHOICES; i++) {
      Case other = i == 0 ? smaller : smaller.choosing(i);
      runs++;
      if (fails.test(other)) {
        least = other;
        return true;
      }
    }
    return false;
  }
}
