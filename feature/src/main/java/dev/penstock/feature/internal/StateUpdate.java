package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.feature.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Applies one batch. Its rows are taken by key and event time, so that of each level one tile is
 * open at a time and each tile that the batch touches is read, changed and written once.
 */
final class StateUpdate {
  private static final long NO_TILE = Long.MAX_VALUE;

  private final ViewPlan plan;
  private final Tiling tiling;
  private final RowCodec codec;
  private final ByteSink sink = new ByteSink();
  private final ByteSource source = new ByteSource(new byte[0]);
  private final List<TileFolds> open = new ArrayList<>();
  private final long[] openTiles;

  StateUpdate(ViewPlan plan, Tiling tiling) {
    this.plan = plan;
    this.tiling = tiling;
    this.codec = new RowCodec(plan);
    this.openTiles = new long[tiling.levels()];
    for (int level = 0; level < tiling.levels(); level++) {
      open.add(new TileFolds(plan));
    }
  }

  void apply(Batch batch, StateWriter store) {
    StateMeta meta = StateMeta.of(store, tiling);
    if (store.get(Addresses.META) == null) {
      meta.writeTo(store);
    }
    KeyTable table = new KeyTable(plan.view().entity().keys());
    BatchRows part = new BatchRows(plan, batch, table);
    int[] starts = new int[table.size() + 1];
    int[] order = Grouping.byKey(part.keys, starts);
    Rows rows = new Rows(part);
    open.forEach(tile -> tile.bind(rows));
    for (int key = 0; key < table.size(); key++) {
      IndexSort.sort(
          order, starts[key], starts[key + 1], (b, a) -> rows.eventTimes[b] < rows.eventTimes[a]);
      byte[] address = Addresses.ofKey(table.key(key).bytes());
      Arrays.fill(openTiles, NO_TILE);
      for (int i = starts[key]; i < starts[key + 1]; i++) {
        // Below the horizon a row is in no window that any read may still answer for.
        if (rows.eventTimes[order[i]] >= meta.tilesFrom()) {
          applyRow(rows, order[i], address, meta, store);
        }
      }
      for (int level = 0; level < openTiles.length; level++) {
        closeTile(level, address, store);
      }
    }
  }

  private void applyRow(Rows rows, int row, byte[] key, StateMeta meta, StateWriter store) {
    long eventTime = rows.eventTimes[row];
    if (eventTime >= meta.rowsFrom()) {
      store.put(
          Addresses.row(key, eventTime, rows.partitions[row], rows.offsets[row]),
          codec.write(rows, row, sink));
    }
    for (int level = 0; level < openTiles.length; level++) {
      long tile = tiling.tile(level, eventTime);
      if (tile != openTiles[level]) {
        closeTile(level, key, store);
        openTile(level, tile, key, store);
      }
      open.get(level).add(rows, row, tiling.width(level));
    }
  }

  private void openTile(int level, long tile, byte[] key, StateWriter store) {
    openTiles[level] = tile;
    open.get(level).clear();
    byte[] stored = store.get(Addresses.tile(key, level, tile));
    if (stored != null) {
      source.reset(stored);
      open.get(level).merge(source, tiling.width(level), tiling.width(level));
    }
  }

  private void closeTile(int level, byte[] key, StateWriter store) {
    if (openTiles[level] != NO_TILE) {
      store.put(
          Addresses.tile(key, level, openTiles[level]),
          open.get(level).write(tiling.width(level), sink));
    }
  }
}
