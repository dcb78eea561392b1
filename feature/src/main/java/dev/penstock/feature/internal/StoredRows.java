package dev.penstock.feature.internal;

import dev.penstock.feature.StateReader;

/** A key's single rows that a read looks at. */
final class StoredRows {
  private static final int EXPECTED_ROWS = 32;

  /** How much further back each look goes than the one before. */
  private static final long FURTHER = 4;

  final Rows rows;
  int size;
  private final StateReader store;
  private final RowCodec codec;
  private final ByteSource source = new ByteSource(new byte[0]);

  StoredRows(ViewPlan plan, StateReader store) {
    this.store = store;
    this.rows = new Rows(plan, EXPECTED_ROWS);
    this.codec = new RowCodec(plan);
  }

  /** Reads the rows of ranges that go back, in the order of their event times. */
  void read(byte[] key, Cover.Ranges ranges, KeyScan scan) {
    size = 0;
    for (int range = ranges.size() - 1; range >= 0; range--) {
      add(key, ranges.from(range), ranges.to(range), scan);
    }
  }

  /** Reads the rows of [start, end), in order. */
  void read(byte[] key, long start, long end) {
    size = 0;
    try (KeyScan scan = new KeyScan(key, store)) {
      add(key, start, end, scan);
    }
  }

  private void add(byte[] key, long start, long end, KeyScan scan) {
    byte[] from = Addresses.rows(key, start);
    byte[] to = Addresses.rows(key, end);
    for (boolean there = scan.first(from, to); there; there = scan.next()) {
      rows.ensure(size + 1);
      rows.eventTimes[size] = Addresses.eventTime(scan.address());
      rows.partitions[size] = Addresses.partition(scan.address());
      rows.offsets[size] = Addresses.offset(scan.address());
      source.reset(scan.value());
      codec.read(source, rows, size);
      size++;
    }
  }

  /**
   * Reads back from a moment until it is known which rows a window has, looking further each time,
   * so that all looks together cost little more than the last.
   *
   * @param retained where the view's retention starts
   * @param kept rows of earlier event times may have been dropped
   * @return the window's first row, {@link #size} if it has none, {@link RowsBack#MORE} where rows
   *     that were dropped might decide
   */
  int readBack(byte[] key, RowsBack window, long moment, long retained, long kept) {
    long least = Math.max(retained, kept);
    long reach = window.firstLook();
    while (true) {
      long from = Math.max(least, ViewPlan.start(moment, reach));
      size = 0;
      if (from < moment) {
        try (KeyScan scan = new KeyScan(key, store)) {
          add(key, from, moment, scan);
        }
      }
      int first = window.first(rows.eventTimes, size, from, moment);
      if (first != RowsBack.MORE) {
        return first;
      }
      if (from == least) {
        return least > retained ? RowsBack.MORE : window.firstOfAll(rows.eventTimes, size, moment);
      }
      reach = reach > ViewPlan.UNBOUNDED / FURTHER ? ViewPlan.UNBOUNDED : reach * FURTHER;
    }
  }
}
