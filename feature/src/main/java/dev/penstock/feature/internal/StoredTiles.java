package dev.penstock.feature.internal;

import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateReader;
import java.util.ArrayList;
import java.util.List;

/** A key's tiles that a read looks at, by level. */
final class StoredTiles {
  private record Tile(int level, long start) {}

  private final Tiling tiling;
  private final StateReader store;
  private final ByteSource source = new ByteSource(new byte[0]);
  private final List<Tile> tiles = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();

  StoredTiles(Tiling tiling, StateReader store) {
    this.tiling = tiling;
    this.store = store;
  }

  void read(byte[] key, Cover cover) {
    tiles.clear();
    values.clear();
    for (int level = 0; level < tiling.levels(); level++) {
      Cover.Ranges ranges = cover.tiles(level);
      for (int range = 0; range < ranges.size(); range++) {
        add(key, level, ranges.from(range), ranges.to(range));
      }
    }
  }

  /** Reads the tiles [first, end) of a level. */
  void read(byte[] key, int level, long first, long end) {
    tiles.clear();
    values.clear();
    add(key, level, first, end);
  }

  private void add(byte[] key, int level, long first, long end) {
    byte[] from = Addresses.tile(key, level, first);
    byte[] to = Addresses.tile(key, level, end);
    try (StateCursor cursor = store.scan(from, to)) {
      while (cursor.next()) {
        long start = tiling.start(level, Addresses.tile(cursor.address()));
        tiles.add(new Tile(level, start));
        values.add(cursor.value());
      }
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
