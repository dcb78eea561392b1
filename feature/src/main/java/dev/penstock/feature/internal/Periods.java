package dev.penstock.feature.internal;

import dev.penstock.data.Fingerprint;
import dev.penstock.data.Span;
import dev.penstock.feature.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The moments at which a zone's periods start. Local starts are spread over time in their order
 * except around a change of the offset, so the ones near a moment are looked at one by one; for
 * hours, of which many are near, only where the offset is about to change. Thread-safe.
 */
public final class Periods {
  private static final long SECOND = 1_000_000L;
  private static final long HOUR = 3_600 * SECOND;

  /** Further from a change of the offset than any offset is from another. */
  private static final long NEAR = 3 * 24 * HOUR;

  private final Window.Calendar window;
  private final ZoneRules rules;

  /** What the last answers came from; whoever reads them may have another thread's. */
  private volatile Quiet quiet = new Quiet(0, 0, 0);

  private volatile Cut cut = new Cut(0, 0, 0);

  /** A time [from, to) in which, and around which, the offset stays. */
  private record Quiet(long from, long to, long offset) {}

  /** A period [start, next), and the start of the one before. */
  private record Cut(long previous, long start, long next) {}

  public Periods(Window.Calendar window) {
    this.window = window;
    this.rules = window.zone().getRules();
  }

  /** How long before a moment the window may start, at most. */
  public Span reach() {
    long days =
        switch (window.period()) {
          case HOUR -> 0;
          case DAY -> 1;
          case WEEK -> 7;
          case MONTH -> 31;
        };
    long longest = Math.max(HOUR, days * 24 * HOUR) + greatestShift();
    return new Span(window.turn() == Window.Turn.LAST ? 2 * longest : longest);
  }

  /** A hash of all a zone's changes, past and to come. */
  public static String rulesHash(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    List<String> parts = new ArrayList<>(List.of(rules.getOffset(Instant.MIN).getId()));
    rules.getTransitions().forEach(transition -> parts.add(transition.toString()));
    rules.getTransitionRules().forEach(rule -> parts.add(rule.toString()));
    return Fingerprint.of(parts).shown();
  }

  /** The last start at or before a moment. */
  long start(long moment) {
    if (window.period() == Window.Period.HOUR) {
      Quiet known = quiet;
      if (moment < known.from || moment >= known.to) {
        known = quietAround(moment);
        quiet = known;
      }
      if (known.from < known.to) {
        return Math.floorDiv(moment + known.offset, HOUR) * HOUR - known.offset;
      }
    }
    return cut(moment).start;
  }

  /** The start of the period before the one that a moment is in. */
  long previousStart(long moment) {
    if (window.period() == Window.Period.HOUR) {
      long start = start(moment);
      return start == Long.MIN_VALUE ? start : start(start - 1);
    }
    return cut(moment).previous;
  }

  private Cut cut(long moment) {
    Cut known = cut;
    if (moment < known.start || moment >= known.next) {
      known = nearest(moment);
      cut = known;
    }
    return known;
  }

  private Quiet quietAround(long moment) {
    Instant instant = instant(moment);
    // A change at the moment itself counts as before it.
    ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
    ZoneOffsetTransition after = rules.nextTransition(instant);
    long from = before == null ? Long.MIN_VALUE + NEAR : micros(before.getInstant()) + NEAR;
    long to = after == null ? Long.MAX_VALUE - NEAR : micros(after.getInstant()) - NEAR;
    return from <= moment && moment < to
        ? new Quiet(from, to, rules.getOffset(instant).getTotalSeconds() * SECOND)
        : new Quiet(0, 0, 0);
  }

  private Cut nearest(long moment) {
    LocalDateTime local = floor(LocalDateTime.ofInstant(instant(moment), window.zone()));
    int around = window.period() == Window.Period.HOUR ? 72 : 3;
    long previous = Long.MIN_VALUE;
    long start = Long.MIN_VALUE;
    long next = Long.MAX_VALUE;
    for (int periods = -around; periods <= around; periods++) {
      // A local time in a gap shifts forward, an ambiguous one takes the earlier offset.
      ZonedDateTime named = ZonedDateTime.ofLocal(plus(local, periods), window.zone(), null);
      long micros = micros(named.toInstant());
      if (micros > moment) {
        next = Math.min(next, micros);
      } else if (micros > start) {
        previous = start;
        start = micros;
      } else if (micros < start) {
        previous = Math.max(previous, micros);
      }
    }
    return new Cut(previous, start, next);
  }

  private LocalDateTime floor(LocalDateTime local) {
    LocalDateTime day = local.truncatedTo(ChronoUnit.DAYS);
    return switch (window.period()) {
      case HOUR -> local.truncatedTo(ChronoUnit.HOURS);
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  private LocalDateTime plus(LocalDateTime local, int periods) {
    return switch (window.period()) {
      case HOUR -> local.plusHours(periods);
      case DAY -> local.plusDays(periods);
      case WEEK -> local.plusWeeks(periods);
      case MONTH -> local.plusMonths(periods);
    };
  }

  /** Whether all starts from a moment on fall between tiles of that width. */
  boolean isAligned(long width, long moment) {
    if (HOUR % width != 0) {
      return false;
    }
    Instant from = instant(moment).minus(2, ChronoUnit.DAYS);
    if (!isAligned(width, rules.getOffset(from))) {
      return false;
    }
    for (ZoneOffsetTransition transition : rules.getTransitions()) {
      if (transition.getInstant().isAfter(from) && !isAligned(width, transition.getOffsetAfter())) {
        return false;
      }
    }
    for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
      if (!isAligned(width, rule.getOffsetAfter())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAligned(long width, ZoneOffset offset) {
    return offset.getTotalSeconds() * SECOND % width == 0;
  }

  /** By how much a change of the zone's offset moves the clocks, at most. */
  private long greatestShift() {
    long seconds = 0;
    for (ZoneOffsetTransition transition : rules.getTransitions()) {
      seconds = Math.max(seconds, Math.abs(transition.getDuration().toSeconds()));
    }
    for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
      int shift =
          rule.getOffsetAfter().getTotalSeconds() - rule.getOffsetBefore().getTotalSeconds();
      seconds = Math.max(seconds, Math.abs(shift));
    }
    return seconds * SECOND;
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Rounded to the representable: beyond it is no event time. */
  private static long micros(Instant instant) {
    long seconds = instant.getEpochSecond();
    if (seconds <= Long.MIN_VALUE / SECOND) {
      return Long.MIN_VALUE;
    }
    return seconds >= Long.MAX_VALUE / SECOND ? Long.MAX_VALUE : seconds * SECOND;
  }
}
