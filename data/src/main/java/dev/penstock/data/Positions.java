package dev.penstock.data;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far one source was read: for each partition the first offset that was <em>not</em>. A row is
 * below these positions when its offset is smaller than its partition's entry; a partition without
 * entry has none below. Written {@code 0:1200,1:31}.
 */
public record Positions(Map<Integer, Long> next) {
  public static final Positions NONE = new Positions(Map.of());

  public Positions {
    next = Collections.unmodifiableMap(new TreeMap<>(next));
  }

  public static Positions of(int partition, long next) {
    return new Positions(Map.of(partition, next));
  }

  public static Positions parse(String text) {
    Map<Integer, Long> next = new TreeMap<>();
    if (!text.isEmpty()) {
      for (String entry : text.split(",", -1)) {
        int colon = entry.indexOf(':');
        next.put(
            Integer.parseInt(entry.substring(0, colon)),
            Long.parseLong(entry.substring(colon + 1)));
      }
    }
    return new Positions(next);
  }

  public long next(int partition) {
    return next.getOrDefault(partition, 0L);
  }

  public boolean covers(int partition, long offset) {
    return offset < next(partition);
  }

  public Positions with(int partition, long nextOffset) {
    Map<Integer, Long> changed = new TreeMap<>(next);
    changed.put(partition, nextOffset);
    return new Positions(changed);
  }

  @Override
  public String toString() {
    return next.entrySet().stream()
        .map(entry -> entry.getKey() + ":" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
