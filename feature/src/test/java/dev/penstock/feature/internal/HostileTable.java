package dev.penstock.feature.internal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** In how many runs each {@link Hostile} was met. Thread-safe. */
final class HostileTable {
  private final Map<Hostile, Integer> runsWith = new EnumMap<>(Hostile.class);
  private int runs;

  synchronized void add(HostileRun run) {
    runs++;
    run.all().forEach(hostile -> runsWith.merge(hostile, 1, Integer::sum));
  }

  /** Those that no run met. */
  synchronized List<Hostile> missing() {
    return Stream.of(Hostile.values()).filter(hostile -> !runsWith.containsKey(hostile)).toList();
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder(String.format("%6d runs, of which with%n", runs));
    for (Hostile hostile : Hostile.values()) {
      String words = hostile.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
      text.append(String.format("%6d %s%n", runsWith.getOrDefault(hostile, 0), words));
    }
    return text.toString();
  }
}
