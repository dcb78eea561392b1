package dev.penstock.embedded.internal;

import dev.penstock.data.Fingerprint;
import dev.penstock.data.Positions;
import dev.penstock.embedded.StoredView;
import java.util.HashMap;
import java.util.Map;

/**
 * All that the store knows besides rows and states, as of one commit. Immutable.
 *
 * @param nextNumber the next number not given to a source or view
 * @param predictionsBegin the first prediction still there
 * @param predictionsNext the next prediction's sequence
 */
record StoreState(
    Map<String, SourceRecord> sources,
    Map<Fingerprint, StoredView> views,
    int nextNumber,
    long predictionsBegin,
    long predictionsNext) {
  static final StoreState EMPTY = new StoreState(Map.of(), Map.of(), 1, 0, 0);

  StoreState {
    sources = Map.copyOf(sources);
    views = Map.copyOf(views);
  }

  StoreState with(String source, SourceRecord record) {
    Map<String, SourceRecord> changed = new HashMap<>(sources);
    changed.put(source, record);
    return new StoreState(
        changed,
        views,
        Math.max(nextNumber, record.number() + 1),
        predictionsBegin,
        predictionsNext);
  }

  StoreState with(StoredView view) {
    Map<Fingerprint, StoredView> changed = new HashMap<>(views);
    changed.put(view.fingerprint(), view);
    return new StoreState(
        sources,
        changed,
        Math.max(nextNumber, view.number() + 1),
        predictionsBegin,
        predictionsNext);
  }

  StoreState without(Fingerprint view) {
    Map<Fingerprint, StoredView> changed = new HashMap<>(views);
    changed.remove(view);
    return new StoreState(sources, changed, nextNumber, predictionsBegin, predictionsNext);
  }

  StoreState predictions(long begin, long next) {
    return new StoreState(sources, views, nextNumber, begin, next);
  }

  StoreState numbersFrom(int next) {
    return new StoreState(
        sources, views, Math.max(nextNumber, next), predictionsBegin, predictionsNext);
  }

  /** The record of a source; one that was never met starts empty under the next number. */
  SourceRecord source(String name) {
    SourceRecord known = sources.get(name);
    return known != null
        ? known
        : new SourceRecord(nextNumber, Positions.NONE, Positions.NONE, Positions.NONE);
  }

  /** What a view's state reflects now. */
  Positions positions(StoredView view) {
    SourceRecord source = sources.get(view.source());
    return view.phase() == StoredView.Phase.READY && source != null
        ? source.next()
        : view.positions();
  }
}
