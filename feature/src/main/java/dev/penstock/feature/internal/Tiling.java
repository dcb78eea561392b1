package dev.penstock.feature.internal;

import dev.penstock.feature.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The grids on which a view's state is kept in tiles: widths in microseconds, ascending, each a
 * multiple of the one before. Which ones makes no difference to any value, only to what a write and
 * a read cost.
 */
record Tiling(List<Long> widths) {
  /** A window spans about this many of the finest tiles at least, so that cuts read few rows. */
  static final int FINEST_PER_SHORTEST = 12;

  /** A window spans at most this many of the coarsest. */
  private static final int COARSEST_PER_LONGEST = 100;

  private static final int STEP = 24;
  private static final long SECOND = 1_000_000L;
  private static final long HOUR = 3_600 * SECOND;

  /** A window longer than this, a lifetime too, has no finer tiles than one as long as this. */
  private static final long LONGEST_SHORTEST = FINEST_PER_SHORTEST * 24 * HOUR;

  /** A lifetime is taken to be some years long; longer only costs a read more tiles. */
  private static final long LONG_LIFETIME = 2_400 * 24 * HOUR;

  private static final long[] ROUND_WIDTHS = {
    1,
    1_000,
    SECOND,
    5 * SECOND,
    15 * SECOND,
    60 * SECOND,
    300 * SECOND,
    900 * SECOND,
    HOUR,
    2 * HOUR,
    6 * HOUR,
    24 * HOUR
  };

  Tiling {
    widths = List.copyOf(widths);
    for (int level = 0; level < widths.size(); level++) {
      long before = level == 0 ? 1 : widths.get(level - 1);
      if (widths.get(level) <= 0 || widths.get(level) % before != 0) {
        throw new IllegalArgumentException("no grids: " + widths);
      }
    }
  }

  static Tiling of(ViewPlan plan) {
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    List<Long> resolutions = new ArrayList<>();
    for (ViewPlan.Framed place : plan.windows()) {
      Frame frame = place.frame();
      if (frame != null) {
        shortest = Math.min(shortest, frame.grain());
        longest = Math.max(longest, bounded(frame.longest()));
      }
      if (place.window() instanceof Window.Stepped stepped) {
        resolutions.add(stepped.resolution().micros());
      }
    }
    if (longest == 0) {
      // No window reads tiles: they only say whether and when there were rows.
      shortest = plan.retention();
      longest = bounded(plan.retention());
    }
    long width = finest(Math.min(shortest, LONGEST_SHORTEST), resolutions);
    List<Long> widths = new ArrayList<>(List.of(width));
    while (longest / width > COARSEST_PER_LONGEST) {
      width *= STEP;
      widths.add(width);
    }
    return new Tiling(widths);
  }

  private static long bounded(long reach) {
    return reach == ViewPlan.UNBOUNDED ? LONG_LIFETIME : reach;
  }

  /** A resolution's grid is one of tiles, so that no window of it starts within a tile. */
  private static long finest(long shortest, List<Long> resolutions) {
    long width = 1;
    for (long round : ROUND_WIDTHS) {
      boolean divides = resolutions.stream().allMatch(resolution -> resolution % round == 0);
      width = divides && round <= shortest / FINEST_PER_SHORTEST ? round : width;
    }
    return width;
  }

  int levels() {
    return widths.size();
  }

  long width(int level) {
    return widths.get(level);
  }

  /** How many tiles of a level make one of the next. */
  long step(int level) {
    return widths.get(level + 1) / widths.get(level);
  }

  /** Where a tile starts; the first one there is, at the least event time. */
  long start(int level, long tile) {
    return tile <= tile(level, Long.MIN_VALUE) ? Long.MIN_VALUE : tile * widths.get(level);
  }

  /** The tile of a level that a moment lies in; tile i is [i * width, (i + 1) * width). */
  long tile(int level, long moment) {
    return Math.floorDiv(moment, widths.get(level));
  }
}
