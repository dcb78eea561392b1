package dev.penstock.feature;

import java.util.List;

/**
 * A read of history, split by key: run the {@link #parts} in any order on any threads, each once;
 * when all are done, {@link #answers} has the result, the same for every split.
 */
public interface HistoryRead {
  /** At most {@code n} parts of about equal work. Call it once. */
  List<Runnable> parts(int n);

  /** The view's features in its order, a row for each query. */
  List<FeatureColumn> answers();
}
