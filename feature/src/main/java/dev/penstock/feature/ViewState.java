package dev.penstock.feature;

import dev.penstock.data.Batch;
import dev.penstock.feature.internal.LiveState;

/**
 * The live form of a view: applies rows to a store as they are accepted and answers for a key from
 * it. Holds no rows itself; the stored form is described in {@code docs/state-format.md}.
 * Thread-safe, as far as the stores given to it are: one writer at a time, readers of snapshots.
 */
public final class ViewState {
  private final FeatureView view;
  private final LiveState state;

  public ViewState(FeatureView view) {
    this.view = view;
    this.state = new LiveState(view);
  }

  public FeatureView view() {
    return view;
  }

  /** The version of the stored form that this code reads and writes. */
  public int formatVersion() {
    return LiveState.formatVersion();
  }

  /**
   * Applies accepted rows, each exactly once, in any grouping, a retraction not before its row. An
   * event costs the same whether its key has ten rows or ten million; a batch costs less than its
   * rows one by one.
   *
   * @param rows the input's columns and the {@link dev.penstock.data.SystemColumns}; a row with a
   *     null key belongs to nobody
   * @throws dev.penstock.data.PenstockException {@link dev.penstock.data.ErrorCode#STATE_VERSION}
   *     if the store holds another form
   */
  public void apply(Batch rows, StateWriter store) {
    state.apply(rows, store);
  }

  /**
   * Applies accepted rows as {@link #apply} does, and makes the rows of the view's derived log that
   * come of them.
   *
   * @param rows in the order in which they are applied; all calls together are in that order
   * @return for {@link #apply} of the views chained to this one; see {@link DerivedLog}
   */
  public Batch derive(Batch rows, StateWriter store) {
    return state.derive(rows, store);
  }

  /**
   * What the view's features are at {@code q}, over all rows applied to the snapshot. Rows with
   * event time at or after {@code q} are not seen.
   *
   * @throws dev.penstock.data.PenstockException {@link dev.penstock.data.ErrorCode#STATE_VERSION}
   *     if the store holds another form
   */
  public ViewReading at(long q, StateReader snapshot) {
    return new ViewReading(state.at(q, snapshot));
  }

  /**
   * Drops what no read at {@code q} or later can need. Reads of earlier moments answer {@link
   * FeatureStatus#UNCOVERED} where they would need it.
   */
  public void trim(long q, StateWriter store) {
    state.trim(q, store);
  }
}
