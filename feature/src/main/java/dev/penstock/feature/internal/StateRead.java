package dev.penstock.feature.internal;

import dev.penstock.data.EntityKey;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers for one key from its state. The windows all end at the moment asked about, so time is cut
 * where each starts, into segments going back; each segment is added up once, and after each the
 * features of the window that starts there are read off.
 */
final class StateRead {
  private static final int EXPECTED_ROWS = 32;

  private final ViewPlan plan;
  private final Tiling tiling;
  private final StateReader store;
  private final StateMeta meta;
  private final ByteSource source = new ByteSource(new byte[0]);

  /** The sum of the segments so far, of the rows in {@link #rows} and of tiles. */
  private final TileFolds sum;

  private final Rows rows;
  private final RowCodec codec;
  private int rowCount;

  /** Whether all segments so far are still kept. */
  private boolean covered = true;

  private boolean found;
  private long newest;

  StateRead(ViewPlan plan, Tiling tiling, StateReader store) {
    this.plan = plan;
    this.tiling = tiling;
    this.store = store;
    this.meta = StateMeta.of(store, tiling);
    this.sum = new TileFolds(plan);
    this.rows = new Rows(plan, EXPECTED_ROWS);
    this.codec = new RowCodec(plan);
  }

  List<FeatureValue> read(EntityKey key, long moment) {
    byte[] address = Addresses.ofKey(key.bytes());
    long[] reaches = plan.reaches();
    long[] starts = Arrays.stream(reaches).map(reach -> ViewPlan.start(moment, reach)).toArray();
    @Nullable FeatureValue[] answers = new FeatureValue[plan.outputs().size()];
    addUp(address, moment, moment, starts, reaches, answers);
    long last = starts[starts.length - 1];
    long retained = ViewPlan.start(moment, plan.retention());
    if (!found && covered && retained < last) {
      // Only whether the key has rows at all is still open.
      addUp(address, moment, last, new long[] {retained}, new long[] {plan.retention()}, answers);
    }
    List<FeatureValue> judged = new ArrayList<>();
    for (FeatureValue answer : answers) {
      judged.add(judged(answer, moment));
    }
    return judged;
  }

  /** Adds up the segments that start at these times, the first of which ends at {@code end}. */
  private void addUp(
      byte[] key,
      long moment,
      long end,
      long[] starts,
      long[] reaches,
      @Nullable FeatureValue[] answers) {
    Cover cover = new Cover(tiling, meta);
    for (int segment = 0; segment < starts.length; segment++) {
      cover.add(starts[segment], segment == 0 ? end : starts[segment - 1]);
    }
    readRows(key, cover.rows());
    List<List<byte[]>> tiles = readTiles(key, cover, starts);
    sum.bind(rows);
    for (int segment = 0; segment < starts.length; segment++) {
      long from = starts[segment];
      long to = segment == 0 ? end : starts[segment - 1];
      for (int row = 0; row < rowCount; row++) {
        if (rows.eventTimes[row] >= from && rows.eventTimes[row] < to) {
          sum.add(rows, row, reaches[segment]);
        }
      }
      for (int level = 0; level < tiling.levels(); level++) {
        for (byte[] tile : tiles.get(segment * tiling.levels() + level)) {
          source.reset(tile);
          sum.merge(source, tiling.width(level), reaches[segment]);
        }
      }
      covered &= cover.isCovered(segment);
      if (covered && !found && !sum.isEmpty()) {
        found = true;
        newest = sum.newest();
      }
      readOff(reaches[segment], moment, answers);
    }
  }

  private void readRows(byte[] key, Cover.Ranges ranges) {
    rowCount = 0;
    for (int range = 0; range < ranges.size(); range++) {
      byte[] from = Addresses.rows(key, ranges.from(range));
      byte[] to = Addresses.rows(key, ranges.to(range));
      try (StateCursor cursor = store.scan(from, to)) {
        while (cursor.next()) {
          rows.ensure(rowCount + 1);
          rows.eventTimes[rowCount] = Addresses.eventTime(cursor.address());
          rows.partitions[rowCount] = Addresses.partition(cursor.address());
          rows.offsets[rowCount] = Addresses.offset(cursor.address());
          source.reset(cursor.value());
          codec.read(source, rows, rowCount);
          rowCount++;
        }
      }
    }
  }

  /** The tiles of each segment by level. */
  private List<List<byte[]>> readTiles(byte[] key, Cover cover, long[] starts) {
    List<List<byte[]>> tiles = new ArrayList<>();
    for (int i = 0; i < starts.length * tiling.levels(); i++) {
      tiles.add(new ArrayList<>());
    }
    for (int level = 0; level < tiling.levels(); level++) {
      Cover.Ranges ranges = cover.tiles(level);
      for (int range = 0; range < ranges.size(); range++) {
        byte[] from = Addresses.tile(key, level, ranges.from(range));
        byte[] to = Addresses.tile(key, level, ranges.to(range));
        try (StateCursor cursor = store.scan(from, to)) {
          while (cursor.next()) {
            long start = tiling.start(level, Addresses.tile(cursor.address()));
            int segment = 0;
            while (starts[segment] > start) {
              segment++;
            }
            tiles.get(segment * tiling.levels() + level).add(cursor.value());
          }
        }
      }
    }
    return tiles;
  }

  /** Takes the values of the features whose window is now added up. */
  private void readOff(long reach, long moment, @Nullable FeatureValue[] answers) {
    for (int i = 0; i < answers.length; i++) {
      ViewPlan.Output output = plan.outputs().get(i);
      if (answers[i] == null && plan.reaches()[output.window()] == reach) {
        if (covered) {
          AnswerCell cell = new AnswerCell(output.feature().aggregate());
          sum.partials.get(output.fold()).answer(output.feature().aggregate(), moment, cell);
          answers[i] = cell.toValue();
        } else {
          answers[i] = new FeatureValue(null, FeatureStatus.UNCOVERED);
        }
      }
    }
  }

  private FeatureValue judged(@Nullable FeatureValue answer, long moment) {
    if (answer == null) {
      throw new IllegalStateException("a feature has no window");
    }
    if (!found) {
      return covered
          ? new FeatureValue(answer.value(), FeatureStatus.NOT_FOUND)
          : new FeatureValue(null, FeatureStatus.UNCOVERED);
    }
    return newest < ViewPlan.start(moment, plan.maxAge())
        ? new FeatureValue(null, FeatureStatus.OUTSIDE_MAX_AGE)
        : answer;
  }
}
