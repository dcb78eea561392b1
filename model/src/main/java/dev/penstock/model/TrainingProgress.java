package dev.penstock.model;

import org.jspecify.annotations.Nullable;

/** Is told how a training goes, from the thread that trains. */
@FunctionalInterface
public interface TrainingProgress {
  TrainingProgress SILENT = (round, rounds, metric) -> {};

  /**
   * A round is done.
   *
   * @param round the round, from 1
   * @param rounds how many there are at most
   * @param metric the early-stopping metric after it; null when nothing is watched
   */
  void round(int round, int rounds, @Nullable Double metric);
}
