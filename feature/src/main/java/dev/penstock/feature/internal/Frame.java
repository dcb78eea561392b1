package dev.penstock.feature.internal;

import dev.penstock.feature.Window;
import org.jspecify.annotations.Nullable;

/**
 * Where a window lies on the line of time, as seen at a moment. The later the moment, the later
 * both its start and its end, or the same; so a window moves over rows in order. Windows whose rows
 * decide where they start (sessions, last rows) have no frame.
 */
public sealed interface Frame permits Frame.Trailing, Frame.Stepped, Frame.Offset, Frame.Calendar {
  long start(long moment);

  /** At most the moment. */
  default long end(long moment) {
    return moment;
  }

  /** Whether the end is the moment, always. */
  default boolean endsAtMoment() {
    return true;
  }

  /** Whether starts, and ends other than the moment, seen from a moment on, are ends of tiles. */
  boolean isAligned(long width, long moment);

  /** The longest the window gets. */
  long longest();

  /** The width of tiles, or less, that suits the window: some of them fill it. */
  long grain();

  static @Nullable Frame of(Window window) {
    if (window instanceof Window.Trailing trailing) {
      return new Trailing(trailing.length().micros());
    } else if (window instanceof Window.Lifetime) {
      return new Trailing(ViewPlan.UNBOUNDED);
    } else if (window instanceof Window.Stepped stepped) {
      return new Stepped(stepped.length().micros(), stepped.resolution().micros());
    } else if (window instanceof Window.Offset offset) {
      return new Offset(offset.length().micros(), offset.before().micros());
    } else if (window instanceof Window.Calendar calendar) {
      return new Calendar(calendar.turn(), new Periods(calendar), calendar.period());
    }
    return null;
  }

  /** So long before the moment, or without a start. */
  record Trailing(long length) implements Frame {
    @Override
    public long start(long moment) {
      return ViewPlan.start(moment, length);
    }

    @Override
    public boolean isAligned(long width, long moment) {
      return length == ViewPlan.UNBOUNDED;
    }

    @Override
    public long longest() {
      return length;
    }

    @Override
    public long grain() {
      return length;
    }
  }

  /** The same, from where the grid has its last line before. */
  record Stepped(long length, long resolution) implements Frame {
    @Override
    public long start(long moment) {
      long start = ViewPlan.start(moment, length);
      long over = Math.floorMod(start, resolution);
      return ViewPlan.start(start, over);
    }

    @Override
    public boolean isAligned(long width, long moment) {
      return resolution % width == 0;
    }

    @Override
    public long longest() {
      return length + resolution < 0 ? ViewPlan.UNBOUNDED : length + resolution;
    }

    @Override
    public long grain() {
      return length;
    }
  }

  /** So long before a moment that is so long before the moment. */
  record Offset(long length, long before) implements Frame {
    @Override
    public long start(long moment) {
      return ViewPlan.start(end(moment), length);
    }

    @Override
    public long end(long moment) {
      return ViewPlan.start(moment, before);
    }

    @Override
    public boolean endsAtMoment() {
      return false;
    }

    @Override
    public boolean isAligned(long width, long moment) {
      return false;
    }

    @Override
    public long longest() {
      return length;
    }

    @Override
    public long grain() {
      return length;
    }
  }

  /** A period of the calendar: the one under way, or the whole one before it. */
  record Calendar(Window.Turn turn, Periods periods, Window.Period period) implements Frame {
    /** Zones are a multiple of it apart, in our days. */
    private static final long QUARTER = 900_000_000L;

    @Override
    public long start(long moment) {
      return endsAtMoment() ? periods.start(moment) : periods.previousStart(moment);
    }

    @Override
    public long end(long moment) {
      return turn == Window.Turn.THIS ? moment : periods.start(moment);
    }

    @Override
    public boolean endsAtMoment() {
      return turn == Window.Turn.THIS;
    }

    @Override
    public boolean isAligned(long width, long moment) {
      return periods.isAligned(width, start(moment));
    }

    @Override
    public long longest() {
      return periods.reach().micros();
    }

    @Override
    public long grain() {
      return period == Window.Period.HOUR ? 4 * QUARTER : Tiling.FINEST_PER_SHORTEST * QUARTER;
    }
  }
}
