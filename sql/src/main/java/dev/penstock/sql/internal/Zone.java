package dev.penstock.sql.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One time zone's rules as sorted arrays, so that a conversion is a search and an addition. Covers
 * all transitions up to the year 2100; later ones are asked of {@link ZoneRules} row by row.
 */
final class Zone {
  /** There are about 600 zones, but countless ways to write an offset. */
  private static final int MOST_KNOWN = 2_000;

  /** 2100-01-01T00:00:00Z. */
  private static final long HORIZON_SECOND = 4_102_444_800L;

  private static final Map<String, Zone> KNOWN = new ConcurrentHashMap<>();

  private final String name;
  private final ZoneRules rules;

  /** The second each transition happens at, in UTC. */
  private final long[] instants;

  /**
   * The local second from which on the offset after each transition holds. In a gap and in an
   * overlap the offset before it still does: a time in a gap so moves forward by the gap's length,
   * an ambiguous one is the earlier of its two.
   */
  private final long[] locals;

  /** {@code offsets[i]} holds before transition i, the last one after all of them. */
  private final long[] offsets;

  private Zone(String name, ZoneRules rules) {
    this.name = name;
    this.rules = rules;
    List<ZoneOffsetTransition> transitions = new ArrayList<>();
    ZoneOffsetTransition next = rules.nextTransition(Instant.MIN);
    while (next != null && next.toEpochSecond() < HORIZON_SECOND) {
      transitions.add(next);
      next = rules.nextTransition(next.getInstant());
    }
    instants = new long[transitions.size()];
    locals = new long[transitions.size()];
    offsets = new long[transitions.size() + 1];
    offsets[0] = rules.getOffset(Instant.MIN).getTotalSeconds();
    for (int i = 0; i < instants.length; i++) {
      long before = transitions.get(i).getOffsetBefore().getTotalSeconds();
      long after = transitions.get(i).getOffsetAfter().getTotalSeconds();
      instants[i] = transitions.get(i).toEpochSecond();
      locals[i] = instants[i] + Math.max(before, after);
      offsets[i + 1] = after;
    }
  }

  /** The zone of that name ({@code America/Chicago}, {@code UTC}, {@code +02:00}), or null. */
  static @Nullable Zone named(String name) {
    Zone known = KNOWN.get(name);
    if (known != null) {
      return known;
    }
    try {
      Zone zone = new Zone(name, ZoneId.of(name).getRules());
      if (KNOWN.size() < MOST_KNOWN) {
        KNOWN.put(name, zone);
      }
      return zone;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Microseconds UTC for a local time; may overflow within a day of the range's ends. */
  long toUtc(long localMicros) {
    long second = Math.floorDiv(localMicros, Civil.SECOND);
    long offset;
    if (second < HORIZON_SECOND) {
      offset = offsets[index(locals, second)];
    } else {
      offset = lateOffset(second);
    }
    return localMicros - offset * Civil.SECOND;
  }

  /** The local time of an instant; may overflow within a day of the range's ends. */
  long toLocal(long micros) {
    long second = Math.floorDiv(micros, Civil.SECOND);
    long offset =
        second < HORIZON_SECOND
            ? offsets[index(instants, second)]
            : rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    return micros + offset * Civil.SECOND;
  }

  private long lateOffset(long localSecond) {
    LocalDateTime local = LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC);
    ZoneOffsetTransition transition = rules.getTransition(local);
    return transition == null
        ? rules.getOffset(local).getTotalSeconds()
        : transition.getOffsetBefore().getTotalSeconds();
  }

  /** How many of the sorted bounds are at or below the value. */
  private static int index(long[] bounds, long value) {
    int low = 0;
    int high = bounds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bounds[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Its name and all its transitions: equal for equal rules, whatever JDK they come from. */
  List<String> rules() {
    return List.of(name, Arrays.toString(instants), Arrays.toString(offsets));
  }
}
