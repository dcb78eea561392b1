package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.SystemColumns;
import dev.penstock.format.BatchReader;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.IntStream;

/** The rows of a log that nothing seen before a moment takes back. */
final class StandingRows {
  /** Of a row in the log. */
  record Position(int partition, long offset) {}

  private StandingRows() {}

  /** The positions that retractions seen before {@code q} name. */
  static Set<Position> retracted(BatchReader log, long q) {
    Set<Position> retracted = new HashSet<>();
    for (Batch batch = log.next(); batch != null; batch = log.next()) {
      long[] seen = longs(batch, SystemColumns.SEEN_TIME);
      Column offsets = batch.column(SystemColumns.RETRACTS_OFFSET);
      int[] partitions = ((IntColumn) batch.column(SystemColumns.RETRACTS_PARTITION)).values();
      for (int row = 0; row < seen.length; row++) {
        if (seen[row] < q && !offsets.isNull(row)) {
          retracted.add(new Position(partitions[row], ((LongColumn) offsets).values()[row]));
        }
      }
    }
    return retracted;
  }

  /** Of some rows those seen before {@code q} that are no retractions and not taken back. */
  static Iterable<Batch> of(Iterable<Batch> log, long q, Set<Position> retracted) {
    return () -> {
      Iterator<Batch> all = log.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Batch next() {
          return standing(all.next(), q, retracted);
        }
      };
    };
  }

  private static Batch standing(Batch batch, long q, Set<Position> retracted) {
    long[] seen = longs(batch, SystemColumns.SEEN_TIME);
    int column = batch.schema().indexOf(SystemColumns.RETRACTS_OFFSET);
    int[] partitions = ((IntColumn) batch.column(SystemColumns.PARTITION)).values();
    long[] offsets = longs(batch, SystemColumns.OFFSET);
    return batch.gather(
        IntStream.range(0, seen.length)
            .filter(row -> seen[row] < q || q == Long.MAX_VALUE)
            .filter(row -> column < 0 || batch.column(column).isNull(row))
            .filter(row -> !retracted.contains(new Position(partitions[row], offsets[row])))
            .toArray());
  }

  private static long[] longs(Batch batch, String column) {
    return ((LongColumn) batch.column(column)).values();
  }
}
