package dev.penstock.feature;

import dev.penstock.data.Batch;
import dev.penstock.data.EntityKey;
import java.util.List;

/**
 * The live form of a view: applies rows to a store as they are accepted and answers for a key from
 * it. Holds no rows itself; the stored form is described in {@code docs/state-format.md}.
 * Thread-safe, as far as the stores given to it are: one writer at a time, readers of snapshots.
 */
@SuppressWarnings({"UnusedMethod", "DoNotCallSuggester", "ObjectToString"})
public final class ViewState {
  private final FeatureView view;

  public ViewState(FeatureView view) {
    this.view = view;
  }

  public FeatureView view() {
    return view;
  }

  /** The version of the stored form that this code writes. */
  public int formatVersion() {
    return 1;
  }

  /**
   * Applies accepted rows, each exactly once, in any grouping. An event costs the same whether its
   * key has ten rows or ten million.
   *
   * @param rows the input's columns and the {@link dev.penstock.data.SystemColumns}
   * @throws dev.penstock.data.PenstockException {@link dev.penstock.data.ErrorCode#STATE_VERSION}
   *     if the store holds another form
   */
  public void apply(Batch rows, StateWriter store) {
    throw new UnsupportedOperationException(rows.toString() + store);
  }

  /**
   * The view's features at {@code q}, in the view's order, over all rows applied to the snapshot.
   */
  public List<FeatureValue> read(EntityKey key, long q, StateReader snapshot) {
    throw new UnsupportedOperationException(key.toString() + q + snapshot);
  }

  /**
   * Drops what no read at {@code q} or later can need. Reads of earlier moments answer {@link
   * FeatureStatus#UNCOVERED} where they would need it.
   */
  public void trim(long q, StateWriter store) {
    throw new UnsupportedOperationException(q + store.toString());
  }
}
