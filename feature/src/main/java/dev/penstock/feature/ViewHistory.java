package dev.penstock.feature;

import dev.penstock.data.Batch;
import dev.penstock.feature.internal.HistoryRows;
import java.util.List;

/**
 * All accepted rows of a view's input, by key and in order, so that any number of moments can be
 * asked about: the offline form of the view. Immutable and thread-safe. Holds about 30 bytes per
 * row and 8 per argument of an aggregate; a history that is too large for memory is read in parts,
 * each with all rows of its keys.
 */
public final class ViewHistory {
  private final FeatureView view;
  private final HistoryRows rows;

  private ViewHistory(FeatureView view, HistoryRows rows) {
    this.view = view;
    this.rows = rows;
  }

  /**
   * Reads the rows once, in any order.
   *
   * @param rows the input's columns and the {@link dev.penstock.data.SystemColumns}; of columns the
   *     view does not read nothing is kept; a row with a null key belongs to nobody
   */
  public static ViewHistory of(FeatureView view, Iterable<Batch> rows) {
    return new ViewHistory(view, HistoryRows.of(view, rows));
  }

  public FeatureView view() {
    return view;
  }

  /** The view's features at the moments asked about, in the view's order. */
  public List<FeatureColumn> read(Queries queries, Visibility visibility) {
    HistoryRead read = new HistoryRead(view, queries, visibility);
    read.parts(this, 1).forEach(Runnable::run);
    return read.answers();
  }

  HistoryRows rows() {
    return rows;
  }
}
