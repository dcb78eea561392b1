package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.Schema;
import dev.penstock.data.SideBySide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows split by key, in the order they came within each shard. What is more than a budget is laid
 * aside in a file.
 */
final class ShardedRows implements AutoCloseable {
  private static final class Shard {
    final List<SpillFile.Extent> spilled = new ArrayList<>();
    List<Batch> held = new ArrayList<>();
    long rows;
  }

  private final List<String> keys;
  private final long budget;
  private final Schema schema;
  private final Shard[] shards = new Shard[KeyShards.COUNT];
  private @Nullable SpillFile file;
  private long held;

  /**
   * @param budget how many bytes of rows to hold in memory
   */
  ShardedRows(Schema schema, List<String> keys, long budget) {
    this.schema = schema;
    this.keys = keys;
    this.budget = budget;
    Arrays.setAll(shards, i -> new Shard());
  }

  /** Takes a batch of the schema; the cores share the work. */
  void add(Batch batch) {
    int[][] split = KeyShards.of(keys, batch);
    SideBySide.run(
        IntStream.range(0, shards.length)
            .filter(i -> split[i].length > 0)
            .<Runnable>mapToObj(i -> () -> add(shards[i], batch.gather(split[i])))
            .toList());
    held += batch.columns().stream().mapToLong(ColumnBytes::size).sum();
    if (held > budget) {
      spill();
    }
  }

  private static void add(Shard shard, Batch rows) {
    shard.held.add(rows);
    shard.rows += rows.rows();
  }

  private void spill() {
    SpillFile opened = file == null ? SpillFile.create() : file;
    file = opened;
    SideBySide.run(
        Arrays.stream(shards)
            .filter(shard -> !shard.held.isEmpty())
            .<Runnable>map(shard -> () -> spill(shard, opened))
            .toList());
    held = 0;
  }

  private void spill(Shard shard, SpillFile to) {
    shard.spilled.add(to.write(Batch.concat(schema, shard.held)));
    shard.held = new ArrayList<>();
  }

  long rows(int shard) {
    return shards[shard].rows;
  }

  boolean hasSpilled() {
    return file != null;
  }

  /** The rows of a shard, read as they are asked for. */
  Iterable<Batch> of(int number) {
    Shard shard = shards[number];
    return () -> {
      Iterator<SpillFile.Extent> spilled = shard.spilled.iterator();
      Iterator<Batch> rest = shard.held.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return spilled.hasNext() || rest.hasNext();
        }

        @Override
        public Batch next() {
          SpillFile opened = file;
          return spilled.hasNext() && opened != null
              ? opened.read(spilled.next(), schema)
              : rest.next();
        }
      };
    };
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
