package dev.penstock.feature.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * What a read has to look at: for a span of time cut into segments, going back in time, the
 * coarsest whole tiles that fit into each segment and the single rows where none does.
 */
final class Cover {
  /** Ranges [from, to) of one kind, going back; those that touch are one. */
  static final class Ranges {
    private final List<long[]> ranges = new ArrayList<>();

    private void add(long from, long to) {
      if (from >= to) {
        return;
      }
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last)[0] == to) {
        ranges.get(last)[0] = from;
      } else {
        ranges.add(new long[] {from, to});
      }
    }

    int size() {
      return ranges.size();
    }

    long from(int range) {
      return ranges.get(range)[0];
    }

    long to(int range) {
      return ranges.get(range)[1];
    }
  }

  private final Tiling tiling;
  private final StateMeta meta;
  private final Ranges rows = new Ranges();
  private final List<Ranges> tiles = new ArrayList<>();
  private final List<Boolean> covered = new ArrayList<>();

  Cover(Tiling tiling, StateMeta meta) {
    this.tiling = tiling;
    this.meta = meta;
    for (int level = 0; level < tiling.levels(); level++) {
      tiles.add(new Ranges());
    }
  }

  /** Event times of single rows. */
  Ranges rows() {
    return rows;
  }

  /** Tiles of a level, by number. */
  Ranges tiles(int level) {
    return tiles.get(level);
  }

  /** Whether all of a segment is still kept. */
  boolean isCovered(int segment) {
    return covered.get(segment);
  }

  /** Adds the segment [from, to), which ends where the one before starts. */
  void add(long from, long to) {
    add(from, to, from);
  }

  /** The same, where nothing before a later event time matters. */
  void add(long from, long to, long needed) {
    boolean unbounded = from == Long.MIN_VALUE;
    long first = unbounded ? tiling.tile(0, from) : ceiling(from, tiling.width(0));
    long end = tiling.tile(0, to);
    long earliestRow = Long.MAX_VALUE;
    if (from < to && first >= end) {
      rows.add(from, to);
      earliestRow = from;
    } else if (from < to) {
      long tail = tiling.start(0, end);
      rows.add(tail, to);
      earliestRow = tail < to ? tail : earliestRow;
      if (!unbounded && from < tiling.start(0, first)) {
        rows.add(from, tiling.start(0, first));
        earliestRow = from;
      }
      addTiles(0, first, end, unbounded);
    }
    covered.add(earliestRow >= meta.rowsFrom() && (from >= to || needed >= meta.tilesFrom()));
  }

  private void addTiles(int level, long from, long to, boolean unbounded) {
    if (level == tiling.levels() - 1) {
      tiles.get(level).add(from, to);
      return;
    }
    long step = tiling.step(level);
    long firstAbove = unbounded ? tiling.tile(level + 1, Long.MIN_VALUE) : ceiling(from, step);
    long endAbove = Math.floorDiv(to, step);
    if (!unbounded && firstAbove >= endAbove) {
      tiles.get(level).add(from, to);
      return;
    }
    boolean leastAbove = endAbove <= tiling.tile(level + 1, Long.MIN_VALUE);
    tiles.get(level).add(leastAbove ? tiling.tile(level, Long.MIN_VALUE) : endAbove * step, to);
    if (!unbounded) {
      tiles.get(level).add(from, firstAbove * step);
    }
    addTiles(level + 1, firstAbove, endAbove, unbounded);
  }

  private static long ceiling(long value, long width) {
    long floor = Math.floorDiv(value, width);
    return floor * width == value ? floor : floor + 1;
  }
}
