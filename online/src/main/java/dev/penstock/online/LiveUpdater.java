package dev.penstock.online;

import dev.penstock.data.Batch;

/** Carries a commit's rows into the state of the views that read them. */
public interface LiveUpdater {
  /**
   * Applies the rows of one source that a commit adds, in order of position.
   *
   * @param rows with the source's columns, declared and computed, and the system columns
   */
  void apply(String source, Batch rows, StoreWriter into);
}
