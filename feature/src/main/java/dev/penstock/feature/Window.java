package dev.penstock.feature;

import dev.penstock.data.Span;
import dev.penstock.feature.internal.Frame;
import dev.penstock.feature.internal.Periods;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which of a key's visible rows a feature is made of, as seen at a moment {@code q}. Every window
 * is half-open: its start is in, its end is out, and it never holds a row at or after {@code q}.
 * {@code docs/semantics.md} has the exact rules.
 */
public sealed interface Window
    permits Window.Trailing,
        Window.Stepped,
        Window.Offset,
        Window.Calendar,
        Window.Session,
        Window.LastRows,
        Window.Lifetime {
  /** The most rows that a window of last rows may hold. */
  int MOST_LAST_ROWS = 10_000;

  /** The rows with event time in {@code [q - length, q)}, exact to the microsecond. */
  record Trailing(Span length) implements Window {
    public Trailing {
      requireLength(length);
    }

    @Override
    public String text() {
      return length.toString();
    }

    @Override
    public Span reach() {
      return length;
    }
  }

  /**
   * The rows with event time in {@code [s, q)}, where {@code s} is {@code q - length} floored to a
   * whole number of resolutions since 1970-01-01T00:00Z: a little longer than its length, for a
   * state that needs no single rows where the window starts.
   */
  record Stepped(Span length, Span resolution) implements Window {
    public Stepped {
      requireLength(length);
      requireLength(resolution);
      if (resolution.compareTo(length) > 0) {
        throw new IllegalArgumentException(
            "a resolution of " + resolution + " is longer than the window of " + length);
      }
    }

    @Override
    public String text() {
      return length + " resolution " + resolution;
    }

    @Override
    public Span reach() {
      return sum(length, resolution);
    }
  }

  /** The rows with event time in {@code [q - before - length, q - before)}. */
  record Offset(Span length, Span before) implements Window {
    public Offset {
      requireLength(length);
      requireLength(before);
    }

    @Override
    public String text() {
      return length + " before " + before;
    }

    @Override
    public Span reach() {
      return sum(length, before);
    }
  }

  /** A part of the calendar; a week starts on Monday. */
  enum Period {
    HOUR,
    DAY,
    WEEK,
    MONTH;

    /** As written: {@code month}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which period is meant. */
  enum Turn {
    /** The one that {@code q} is in, as far as {@code q}. */
    THIS,
    /** The whole one before it. */
    LAST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The rows of a period of a zone's calendar. Time is cut at the moments that the local starts of
   * periods name: one in a gap shifts forward by the gap's length, an ambiguous one is the earlier,
   * and starts that fall together are one cut. {@code THIS} holds the rows from the last cut at or
   * before {@code q} to {@code q}, {@code LAST} those between the two cuts before that.
   */
  record Calendar(Turn turn, Period period, ZoneId zone) implements Window {
    @Override
    public String text() {
      return turn + " " + period + " in " + zone.getId();
    }

    @Override
    public Span reach() {
      return new Periods(this).reach();
    }
  }

  /**
   * The last run of rows: back from the last row before {@code q}, as long as a row is less than
   * the gap after the one before it. Empty when the last row is the gap or more before {@code q}.
   * Seen as far back as the view's retention.
   */
  record Session(Span gap) implements Window {
    public Session {
      requireLength(gap);
    }

    @Override
    public String text() {
      return "session " + gap;
    }

    @Override
    public Span reach() {
      return gap;
    }
  }

  /**
   * The last rows before {@code q} by (event time, partition, offset), at most this many. Every row
   * of the view counts as one, whatever the aggregate's own condition and argument. Seen as far
   * back as the view's retention.
   */
  record LastRows(int rows) implements Window {
    public LastRows {
      if (rows < 1 || rows > MOST_LAST_ROWS) {
        throw new IllegalArgumentException(
            "a window of the last " + rows + " rows, not 1 to " + MOST_LAST_ROWS);
      }
    }

    @Override
    public String text() {
      return "last " + rows + " rows";
    }

    @Override
    public Span reach() {
      return new Span(1);
    }
  }

  /** All rows with event time before {@code q}. */
  record Lifetime() implements Window {
    @Override
    public String text() {
      return "lifetime";
    }

    @Override
    public Span reach() {
      return FeatureView.UNBOUNDED;
    }
  }

  Window LIFETIME = new Lifetime();

  static Window trailing(Span length) {
    return new Trailing(length);
  }

  /** The canonical text: {@code 1d} for {@code 24h}. */
  String text();

  /** How far before {@code q} the window may need rows whatever they are; a retention's least. */
  Span reach();

  /** Whether only the rows say how far back a window goes, so that only retention bounds it. */
  static boolean isBoundedByRetention(Window window) {
    return window instanceof Session || window instanceof LastRows;
  }

  /** The event times {@code [start, end)} that a window spans, microseconds. */
  record Bounds(long start, long end) {}

  /**
   * Where the window lies as seen at a moment; null where the rows decide, see {@link
   * #isBoundedByRetention}.
   */
  static @Nullable Bounds bounds(Window window, long moment) {
    Frame frame = Frame.of(window);
    return frame == null ? null : new Bounds(frame.start(moment), frame.end(moment));
  }

  /** What a window's meaning rests on besides its text: the rules of a zone. */
  static List<String> semantics(Window window) {
    return window instanceof Calendar calendar
        ? List.of("zone rules of " + calendar.zone() + " " + Periods.rulesHash(calendar.zone()))
        : List.of();
  }

  private static void requireLength(Span length) {
    if (length.micros() == 0) {
      throw new IllegalArgumentException("a window needs a length");
    }
  }

  private static Span sum(Span a, Span b) {
    long micros = a.micros() + b.micros();
    return micros < 0 ? FeatureView.UNBOUNDED : new Span(micros);
  }
}
