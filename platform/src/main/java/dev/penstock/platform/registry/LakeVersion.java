package dev.penstock.platform.registry;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All tables of the project at one moment, by a name.
 *
 * @param snapshots by table; null for one that was never written to
 */
public record LakeVersion(
    String name,
    State state,
    String message,
    long madeMicros,
    Map<String, @Nullable Long> snapshots) {
  /** How far it has come. */
  public enum State {
    MAKING,
    MADE,
    DROPPING
  }

  public LakeVersion {
    snapshots = Collections.unmodifiableMap(new TreeMap<>(snapshots));
  }
}
