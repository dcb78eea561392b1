package dev.penstock.online;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.feature.FeatureView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The views that are kept up to date, by the source whose rows they read, and what is chained to
 * what. Immutable.
 */
public final class LiveGraph {
  public static final LiveGraph EMPTY = new LiveGraph(List.of());

  private final List<LiveView> views;
  private final Map<Fingerprint, LiveView> byFingerprint = new LinkedHashMap<>();
  private final Map<String, List<LiveView>> bySource = new LinkedHashMap<>();

  public LiveGraph(List<LiveView> views) {
    this.views = List.copyOf(views);
    for (LiveView view : views) {
      if (byFingerprint.put(view.fingerprint(), view) != null) {
        throw new PenstockException(
            ErrorCode.DEFINITION_DUPLICATE,
            "view '" + view.view().name() + "' is there twice",
            "name each view once");
      }
      bySource.computeIfAbsent(view.source(), source -> new ArrayList<>()).add(view);
    }
    for (LiveView view : views) {
      Fingerprint upstream = view.upstream();
      if (upstream != null && !byFingerprint.containsKey(upstream)) {
        throw new IllegalArgumentException("'" + view.view().name() + "' is chained to nothing");
      }
    }
  }

  /** The views that are chained to this one, and not to one between. */
  public List<LiveView> chainedTo(LiveView view) {
    return views.stream().filter(one -> view.fingerprint().equals(one.upstream())).toList();
  }

  /** Views that are filled together: this one, what it is chained to, what is chained to those. */
  public List<LiveView> chainOf(LiveView view) {
    LiveView first = view;
    for (Fingerprint up = view.upstream(); up != null; up = first.upstream()) {
      first = Objects.requireNonNull(byFingerprint.get(up));
    }
    List<LiveView> chain = new ArrayList<>(List.of(first));
    for (int i = 0; i < chain.size(); i++) {
      chain.addAll(chainedTo(chain.get(i)));
    }
    return chain;
  }

  /**
   * The first moment that a view's state is asked about when nobody reads before another. Rows of a
   * chained view are made at their own event times, for as long as that view sees back.
   */
  public long askedFrom(LiveView view, long moment) {
    long from = moment;
    for (LiveView next : chainedTo(view)) {
      long asked = askedFrom(next, moment);
      long seen = asked - next.view().retention().micros();
      boolean endless = next.view().retention().equals(FeatureView.UNBOUNDED) || seen > asked;
      from = Math.min(from, endless ? Long.MIN_VALUE : seen);
    }
    return from;
  }

  public List<LiveView> views() {
    return views;
  }

  /** The views that read this source, directly, through row-wise transforms or other views. */
  public List<LiveView> readersOf(String source) {
    return List.copyOf(bySource.getOrDefault(source, List.of()));
  }

  public Set<String> sources() {
    return Set.copyOf(bySource.keySet());
  }

  public boolean contains(Fingerprint view) {
    return byFingerprint.containsKey(view);
  }
}
