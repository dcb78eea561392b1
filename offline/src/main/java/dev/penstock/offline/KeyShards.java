package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import java.util.Arrays;
import java.util.List;

/** Sends rows to shards by a hash of their key: rows of one key go to one shard. */
final class KeyShards {
  static final int COUNT = 1 << 6;

  private static final long SPREAD = 0xD6E8FEB86659FD93L;

  private KeyShards() {}

  /** By shard the numbers of its rows, in their order. */
  static int[][] of(List<Column> keys, int rows) {
    byte[] shards = new byte[rows];
    int[] counts = new int[COUNT];
    long[] hashes = new long[rows];
    keys.forEach(key -> mix(key, hashes));
    for (int row = 0; row < rows; row++) {
      shards[row] = (byte) (hashes[row] >>> (Long.SIZE - Integer.numberOfTrailingZeros(COUNT)));
      counts[shards[row]]++;
    }
    int[][] split = new int[COUNT][];
    Arrays.setAll(split, shard -> new int[counts[shard]]);
    Arrays.fill(counts, 0);
    for (int row = 0; row < rows; row++) {
      split[shards[row]][counts[shards[row]]++] = row;
    }
    return split;
  }

  /** The same of a batch. */
  static int[][] of(List<String> keys, Batch batch) {
    return of(keys.stream().map(name -> batch.column(name)).toList(), batch.rows());
  }

  /** Equal keys mix to equal hashes, whether 32 or 64 bits hold a number. */
  private static void mix(Column key, long[] hashes) {
    for (int row = 0; row < hashes.length; row++) {
      long mixed = (hashes[row] ^ (key.isNull(row) ? 0 : hash(key, row))) * SPREAD;
      hashes[row] = (mixed ^ (mixed >>> 32)) * SPREAD;
    }
  }

  private static long hash(Column key, int row) {
    if (key instanceof LongColumn longs) {
      return longs.values()[row];
    } else if (key instanceof IntColumn ints) {
      return ints.values()[row];
    } else if (key instanceof BooleanColumn flags) {
      return flags.values()[row] ? 1 : 0;
    } else if (key instanceof ObjectColumn objects) {
      return String.valueOf(objects.values()[row]).hashCode();
    }
    throw new IllegalArgumentException(key.type() + " is no type of a key");
  }
}
