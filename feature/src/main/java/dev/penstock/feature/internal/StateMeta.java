package dev.penstock.feature.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.feature.StateReader;
import dev.penstock.feature.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for the whole of a view's state: the form it is written in and the trim horizons.
 *
 * @param rowsFrom rows of earlier event times may have been dropped
 * @param tilesFrom tiles that end before it may have been dropped
 */
record StateMeta(Tiling tiling, long rowsFrom, long tilesFrom) {
  static final int FORMAT_VERSION = 1;

  private static StateMeta untrimmed(Tiling tiling) {
    return new StateMeta(tiling, Long.MIN_VALUE, Long.MIN_VALUE);
  }

  /** Of a store that nothing was written to, what would be written. */
  static StateMeta of(StateReader store, Tiling tiling) {
    byte[] stored = store.get(Addresses.META);
    return stored == null ? untrimmed(tiling) : read(stored, tiling);
  }

  private static StateMeta read(byte[] stored, Tiling tiling) {
    ByteSource in = new ByteSource(stored);
    requireVersion(in.oneByte());
    List<Long> widths = new ArrayList<>();
    int levels = in.length();
    for (int level = 0; level < levels; level++) {
      widths.add(in.count());
    }
    if (!widths.equals(tiling.widths())) {
      throw new PenstockException(
          ErrorCode.STATE_VERSION,
          "stored state of a view has tiles of " + widths + " µs, not " + tiling.widths(),
          "rebuild the view's state from the log");
    }
    return new StateMeta(tiling, in.eightBytes(), in.eightBytes());
  }

  /** The same, written if nothing was. */
  static StateMeta begun(StateWriter store, Tiling tiling) {
    byte[] stored = store.get(Addresses.META);
    if (stored != null) {
      return read(stored, tiling);
    }
    StateMeta meta = untrimmed(tiling);
    meta.writeTo(store);
    return meta;
  }

  void writeTo(StateWriter store) {
    ByteSink out = new ByteSink();
    out.oneByte(FORMAT_VERSION);
    out.count(tiling.levels());
    tiling.widths().forEach(out::count);
    out.eightBytes(rowsFrom);
    out.eightBytes(tilesFrom);
    store.put(Addresses.META, out.toBytes());
  }

  static void requireVersion(int version) {
    if (version != FORMAT_VERSION) {
      throw new PenstockException(
          ErrorCode.STATE_VERSION,
          "stored state of a view has version "
              + version
              + ", this program reads "
              + FORMAT_VERSION,
          "use the program that wrote it, or rebuild the view's state from the log");
    }
  }
}
