package dev.penstock.online;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The views that are kept up to date, by the source whose rows they read. Immutable. */
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
  }

  public List<LiveView> views() {
    return views;
  }

  /** The views that read this source, directly or through row-wise transforms. */
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
