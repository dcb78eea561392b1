package dev.penstock.platform.definition;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a project runs: settings by dotted name ({@code lake.catalog}), with {@code ${VARIABLE}}
 * replaced. Values may be secrets: they are shown nowhere and are in no fingerprint.
 */
public final class Environment {
  private final String name;
  private final Map<String, String> settings;

  public Environment(String name, Map<String, String> settings) {
    this.name = name;
    this.settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  public String name() {
    return name;
  }

  public Optional<String> setting(String dottedName) {
    return Optional.ofNullable(settings.get(dottedName));
  }

  /** Whether everything runs in this process: no setting names a service outside. */
  public boolean isEmbedded() {
    return settings.isEmpty();
  }

  @Override
  public String toString() {
    return name + settings.keySet();
  }
}
