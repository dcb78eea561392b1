package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.feature.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies one batch. Its rows are taken by key and event time, so that those of one tile stand
 * together: all tiles that the batch touches are read in one call, and each is changed and written
 * once. A tile that a retraction leaves unknown is made again from what is below it. What it works
 * with is kept from one batch to the next: one batch at a time.
 */
final class StateUpdate {
  private final ViewPlan plan;
  private final Tiling tiling;
  private final RowCodec codec;
  private final TileFolds tile;
  private final ByteSink sink = new ByteSink();
  private final ByteSource source = new ByteSource(new byte[0]);

  StateUpdate(ViewPlan plan, Tiling tiling) {
    this.plan = plan;
    this.tiling = tiling;
    this.codec = new RowCodec(plan);
    this.tile = new TileFolds(plan);
  }

  void apply(Batch batch, StateWriter store) {
    StateMeta meta = StateMeta.begun(store, tiling);
    // Below the horizon a row is in no window that any read may still answer for.
    KeyedRows rows = new KeyedRows(plan, batch, meta.tilesFrom());
    putRows(rows, meta, store);
    changeTiles(rows, store);
  }

  private void putRows(KeyedRows keyed, StateMeta meta, StateWriter store) {
    Rows rows = keyed.rows;
    for (int key = 0; key < keyed.keys.size(); key++) {
      for (int place = keyed.starts[key]; place < keyed.starts[key + 1]; place++) {
        int row = keyed.order[place];
        if (rows.eventTimes[row] >= meta.rowsFrom()) {
          byte[] address =
              Addresses.row(
                  keyed.keys.get(key),
                  rows.eventTimes[row],
                  rows.partitions[row],
                  rows.offsets[row]);
          if (keyed.isRetraction(place)) {
            store.delete(address);
          } else {
            store.put(address, codec.write(rows, row, sink));
          }
        }
      }
    }
  }

  /** A tile of a key that the batch touches, and the places of its rows. */
  private record Touched(int key, int level, long tile, int from, int to) {}

  private void changeTiles(KeyedRows keyed, StateWriter store) {
    List<Touched> touched = new ArrayList<>();
    List<byte[]> addresses = new ArrayList<>();
    for (int key = 0; key < keyed.keys.size(); key++) {
      for (int level = 0; level < tiling.levels(); level++) {
        touch(keyed, key, level, touched, addresses);
      }
    }
    List<byte[]> stored = store.getAll(addresses);
    tile.bind(keyed.rows);
    for (int i = 0; i < touched.size(); i++) {
      Touched of = touched.get(i);
      long width = tiling.width(of.level());
      tile.clear();
      byte[] before = stored.get(i);
      if (before != null) {
        source.reset(before);
        tile.merge(source, width);
      }
      if (change(keyed, of, width)) {
        store.put(addresses.get(i), tile.write(width, sink));
      } else {
        new TileRepair(plan, tiling, store).remake(keyed.keys.get(of.key()), of.level(), of.tile());
      }
    }
  }

  /** Takes out of a tile what is retracted, then adds the rest; false if that leaves it unknown. */
  private boolean change(KeyedRows keyed, Touched of, long width) {
    for (int place = of.from(); keyed.retractions != null && place < of.to(); place++) {
      if (keyed.isRetraction(place) && !tile.undo(keyed.rows, keyed.order[place], width)) {
        return false;
      }
    }
    for (int place = of.from(); place < of.to(); place++) {
      if (!keyed.isRetraction(place)) {
        tile.add(keyed.rows, keyed.order[place], width);
      }
    }
    return true;
  }

  private void touch(
      KeyedRows keyed, int key, int level, List<Touched> touched, List<byte[]> addresses) {
    int end = keyed.starts[key + 1];
    int start = keyed.starts[key];
    while (start < end) {
      long tile = tiling.tile(level, keyed.eventTime(start));
      int next = start + 1;
      while (next < end && tiling.tile(level, keyed.eventTime(next)) == tile) {
        next++;
      }
      touched.add(new Touched(key, level, tile, start, next));
      addresses.add(Addresses.tile(keyed.keys.get(key), level, tile));
      start = next;
    }
  }
}
