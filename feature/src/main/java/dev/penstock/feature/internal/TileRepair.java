package dev.penstock.feature.internal;

import dev.penstock.feature.StateWriter;

/**
 * Makes tiles again that a retraction left unknown: the finest from the single rows, which state of
 * retractable rows keeps as long as tiles, the others from the tiles one level below. Those have to
 * be written before.
 */
final class TileRepair {
  private final ViewPlan plan;
  private final Tiling tiling;
  private final StateWriter store;
  private final StoredRows rows;
  private final StoredTiles tiles;
  private final TileFolds sum;
  private final ByteSink sink = new ByteSink();

  TileRepair(ViewPlan plan, Tiling tiling, StateWriter store) {
    this.plan = plan;
    this.tiling = tiling;
    this.store = store;
    this.rows = new StoredRows(plan, store);
    this.tiles = new StoredTiles(tiling);
    this.sum = new TileFolds(plan);
  }

  /** Writes the tile anew, or drops it where nothing is left. */
  void remake(byte[] key, int level, long tile) {
    boolean[] wanted = new boolean[plan.folds().size()];
    for (int fold = 0; fold < wanted.length; fold++) {
      wanted[fold] = plan.isKept(fold, tiling.width(level));
    }
    sum.clear();
    if (level == 0) {
      rows.read(key, tiling.start(0, tile), tiling.start(0, tile + 1));
      sum.bind(rows.rows);
      for (int row = 0; row < rows.size; row++) {
        sum.add(rows.rows, row, wanted);
      }
    } else {
      int below = level - 1;
      long step = tiling.step(below);
      boolean least = tile <= tiling.tile(level, Long.MIN_VALUE);
      long first = least ? tiling.tile(below, Long.MIN_VALUE) : tile * step;
      try (KeyScan scan = new KeyScan(key, store)) {
        tiles.read(key, below, first, (tile + 1) * step, scan);
      }
      tiles.mergeInto(sum, Long.MIN_VALUE, Long.MAX_VALUE, wanted);
    }
    byte[] address = Addresses.tile(key, level, tile);
    if (sum.isEmpty()) {
      store.delete(address);
    } else {
      store.put(address, sum.write(tiling.width(level), sink));
    }
  }
}
