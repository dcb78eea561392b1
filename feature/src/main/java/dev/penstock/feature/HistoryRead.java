package dev.penstock.feature;

import dev.penstock.feature.internal.Questions;
import java.util.List;

/**
 * A read of a view's history. It is done in parts, or by pieces of the history, each with all rows
 * of its keys, that answer the queries of these; any threads may share it. When all is done, {@link
 * #answers} has the result, the same for every split.
 */
public final class HistoryRead {
  private final Questions questions;

  /**
   * @param queries each of them to be answered once
   */
  public HistoryRead(FeatureView view, Queries queries, Visibility visibility) {
    this.questions = new Questions(view, queries, visibility);
  }

  /** At most {@code n} parts of about equal work, to be run once each. */
  public List<Runnable> parts(ViewHistory history, int n) {
    return questions.parts(history.rows(), n);
  }

  /**
   * Answers those of the queries whose keys are in this piece of the history or nowhere.
   *
   * @param queries their numbers
   */
  public void answer(ViewHistory history, int[] queries) {
    questions.answer(history.rows(), queries);
  }

  /** The view's features in its order, a row for each query. */
  public List<FeatureColumn> answers() {
    return questions.answers();
  }
}
