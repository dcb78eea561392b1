package dev.penstock.feature.internal;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Drops what no read from a moment on can need. */
final class StateTrim {
  private static final byte[] FIRST_KEY = {1};
  private static final byte[] END_OF_KEYS = {2};

  /** How many entries are dropped between two looks at the store. */
  private static final int AT_ONCE = 1_000;

  private final ViewPlan plan;
  private final Tiling tiling;

  StateTrim(ViewPlan plan, Tiling tiling) {
    this.plan = plan;
    this.tiling = tiling;
  }

  void trim(long moment, StateWriter store) {
    StateMeta before = StateMeta.of(store, tiling);
    StateMeta after =
        new StateMeta(
            tiling,
            Math.max(before.rowsFrom(), rowsFrom(moment)),
            Math.max(before.tilesFrom(), ViewPlan.start(moment, plan.retention())));
    // The horizon first: a reader may find less than it promises, never more missing.
    after.writeTo(store);
    byte[] from = FIRST_KEY;
    while (true) {
      byte[] key;
      try (StateCursor cursor = store.scan(from, END_OF_KEYS)) {
        if (!cursor.next()) {
          return;
        }
        key = Arrays.copyOf(cursor.address(), keyLength(cursor.address()));
      }
      trimKey(key, after, store);
      from = Addresses.endOfKey(key);
    }
  }

  /**
   * Single rows are needed where windows start or end within a tile, as every one does that ends at
   * the moment; by windows that only rows decide, as far back as retention goes; and as far where a
   * retraction may leave a tile unknown.
   */
  private long rowsFrom(long moment) {
    long retained = ViewPlan.start(moment, plan.retention());
    long earliest = plan.isRetractable() ? retained : moment;
    for (ViewPlan.Framed window : plan.windows()) {
      Frame frame = window.frame();
      if (frame == null) {
        earliest = Math.min(earliest, retained);
      } else if (!frame.isAligned(tiling.width(0), moment)) {
        earliest = Math.min(earliest, frame.start(moment));
      }
    }
    return tiling.start(0, tiling.tile(0, earliest));
  }

  private void trimKey(byte[] key, StateMeta meta, StateWriter store) {
    drop(Addresses.rows(key, Long.MIN_VALUE), Addresses.rows(key, meta.rowsFrom()), store);
    for (int level = 0; level < tiling.levels(); level++) {
      drop(
          Addresses.tile(key, level, Long.MIN_VALUE),
          Addresses.tile(key, level, tiling.tile(level, meta.tilesFrom())),
          store);
    }
  }

  private static void drop(byte[] from, byte[] to, StateWriter store) {
    List<byte[]> found = new ArrayList<>();
    do {
      found.clear();
      try (StateCursor cursor = store.scan(from, to)) {
        while (found.size() < AT_ONCE && cursor.next()) {
          found.add(cursor.address().clone());
        }
      }
      found.forEach(store::delete);
    } while (found.size() == AT_ONCE);
  }

  /** How many bytes of an address are the key's, as {@link dev.penstock.data.EntityKey} has it. */
  private int keyLength(byte[] address) {
    int at = 1;
    for (Field field : plan.view().entity().keys()) {
      if (field.type() == Scalar.STRING) {
        while (address[at] != 0 || address[at + 1] != 0) {
          // A zero byte within a text is followed by a one.
          at += address[at] == 0 ? 2 : 1;
        }
        at += 2;
      } else {
        at += field.type() == Scalar.BOOLEAN ? 1 : Long.BYTES;
      }
    }
    return at;
  }
}
