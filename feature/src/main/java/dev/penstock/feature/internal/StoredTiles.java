package dev.penstock.feature.internal;

import java.util.ArrayList;
import java.util.List;

/** A key's tiles that a read looks at, by level. */
final class StoredTiles {
  private record Tile(int level, long start) {}

  private final Tiling tiling;
  private final ByteSource source = new ByteSource(new byte[0]);
  private final List<Tile> tiles = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();

  StoredTiles(Tiling tiling) {
    this.tiling = tiling;
  }

  void read(byte[] key, Cover cover, KeyScan scan) {
    tiles.clear();
    values.clear();
    for (int level = 0; level < tiling.levels(); level++) {
      Cover.Ranges ranges = cover.tiles(level);
      for (int range = ranges.size() - 1; range >= 0; range--) {
        add(key, level, ranges.from(range), ranges.to(range), scan);
      }
    }
  }

  /** Reads the tiles [first, end) of a level. */
  void read(byte[] key, int level, long first, long end, KeyScan scan) {
    tiles.clear();
    values.clear();
    add(key, level, first, end, scan);
  }

  private void add(byte[] key, int level, long first, long end, KeyScan scan) {
    byte[] from = Addresses.tile(key, level, first);
    byte[] to = Addresses.tile(key, level, end);
    for (boolean there = scan.first(from, to); there; there = scan.next()) {
      tiles.add(new Tile(level, tiling.start(level, Addresses.tile(scan.address()))));
      values.add(scan.value());
    }
  }

  /** Adds up the tiles that start in [from, to): a tile lies in one segment of its cover. */
  void mergeInto(TileFolds sum, long from, long to, boolean[] wanted) {
    for (int i = 0; i < tiles.size(); i++) {
      Tile tile = tiles.get(i);
      if (tile.start() >= from && tile.start() < to) {
        source.reset(values.get(i));
        sum.merge(source, tiling.width(tile.level()), wanted);
      }
    }
  }
}
