package dev.penstock.feature;

import dev.penstock.data.Batch;
import java.util.List;

/**
 * All accepted rows of a view's input, by key and in order, so that any number of moments can be
 * asked about: the offline form of the view. Immutable and thread-safe.
 */
@SuppressWarnings({"UnusedMethod", "DoNotCallSuggester", "ObjectToString"})
public final class ViewHistory {
  private final FeatureView view;

  private ViewHistory(FeatureView view) {
    this.view = view;
  }

  /**
   * Reads the rows once, in any order.
   *
   * @param rows the input's columns and the {@link dev.penstock.data.SystemColumns}; of columns the
   *     view does not read nothing is kept
   */
  public static ViewHistory of(FeatureView view, Iterable<Batch> rows) {
    throw new UnsupportedOperationException(view.name() + rows);
  }

  public FeatureView view() {
    return view;
  }

  /** The view's features at the moments asked about, in the view's order. */
  public List<FeatureColumn> read(Queries queries, Visibility visibility) {
    HistoryRead read = prepare(queries, visibility);
    read.parts(1).forEach(Runnable::run);
    return read.answers();
  }

  /** The same in parts, for a caller with more than one thread. */
  public HistoryRead prepare(Queries queries, Visibility visibility) {
    throw new UnsupportedOperationException(queries.toString() + visibility);
  }
}
