package dev.penstock.sql.internal;

import dev.penstock.data.Fingerprint;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** What the meaning of a zone function rests on: the rules of the zones it names. */
final class ZoneRulesHash {
  private ZoneRulesHash() {}

  /**
   * A line of {@link dev.penstock.data.Expression#semantics()}. Names that are no zone count for
   * nothing.
   */
  static String line(Collection<String> zones) {
    List<String> parts = new ArrayList<>();
    for (String name : new TreeSet<>(zones)) {
      Zone zone = Zone.named(name);
      if (zone != null) {
        parts.addAll(zone.rules());
      }
    }
    return "zone rules " + Fingerprint.of(parts);
  }

  /** The line for zones that are only known row by row. */
  static String lineOfAll() {
    return All.LINE;
  }

  private static final class All {
    static final String LINE = line(ZoneId.getAvailableZoneIds());
  }
}
