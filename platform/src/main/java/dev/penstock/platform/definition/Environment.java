package dev.penstock.platform.definition;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a project runs: settings by dotted name ({@code lake.catalog}), with {@code ${VARIABLE}}
 * replaced. Values may be secrets: they are shown nowhere and are in no fingerprint.
 */
public final class Environment {
  /** The settings that are whole numbers above 0: how this process works, wherever things are. */
  public static final List<String> NUMBERS = List.of("flush.rows", "flush.seconds");

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
    return NUMBERS.containsAll(settings.keySet());
  }

  /** When a server moves its log into the lake. */
  public FlushSettings flush() {
    return new FlushSettings(
        setting("flush.rows").map(Long::valueOf).orElse(FlushSettings.DEFAULT.rows()),
        setting("flush.seconds")
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(FlushSettings.DEFAULT.age()));
  }

  @Override
  public String toString() {
    return name + settings.keySet();
  }
}
