package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.HistoryRead;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A view's history of any length. A short one is held as it is; a long one is split into shards,
 * each with all rows of its keys, that are put in order and asked one by one: the shards of as many
 * threads are in memory at once, and beyond a budget the others are on disk.
 */
public final class ShardedHistory implements AutoCloseable {
  /** So many rows are not worth splitting. */
  private static final int ROWS_OF_ONE = 1 << 18;

  private static final int PARTS_PER_THREAD = 4;

  /** The part of the heap that rows may fill before they are laid aside. */
  private static final int HEAP_SHARE = 3;

  private final FeatureView view;
  private final List<Batch> few;
  private final @Nullable ShardedRows many;

  private ShardedHistory(FeatureView view, List<Batch> few, @Nullable ShardedRows many) {
    this.view = view;
    this.few = few;
    this.many = many;
  }

  /**
   * Reads the rows once; see {@link ViewHistory#of}.
   *
   * @throws dev.penstock.data.PenstockException {@code IO} where they do not fit into memory and
   *     cannot be laid aside
   */
  public static ShardedHistory of(FeatureView view, Iterable<Batch> rows) {
    return of(view, rows, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  }

  /**
   * @param budget how many bytes of rows to hold in memory
   */
  static ShardedHistory of(FeatureView view, Iterable<Batch> rows, long budget) {
    Iterator<Batch> all = rows.iterator();
    List<Batch> few = new ArrayList<>();
    long size = 0;
    while (all.hasNext() && size <= ROWS_OF_ONE) {
      few.add(all.next());
      size += few.get(few.size() - 1).rows();
    }
    if (size <= ROWS_OF_ONE) {
      return new ShardedHistory(view, few, null);
    }
    ShardedRows many = new ShardedRows(few.get(0).schema(), view.keyColumns(), budget);
    try {
      few.forEach(many::add);
      all.forEachRemaining(many::add);
    } catch (RuntimeException e) {
      many.close();
      throw e;
    }
    return new ShardedHistory(view, List.of(), many);
  }

  /** Whether some of the rows were laid aside on disk. */
  boolean hasSpilled() {
    return many != null && many.hasSpilled();
  }

  /**
   * The view's features at the moments asked about: for each of the questions its columns, in the
   * view's order.
   */
  public List<List<FeatureColumn>> read(
      List<Queries> questions, Visibility visibility, int threads) {
    List<HistoryRead> reads =
        questions.stream().map(queries -> new HistoryRead(view, queries, visibility)).toList();
    Parallel.run(many == null ? parts(reads, threads) : parts(many, reads, questions), threads);
    return reads.stream().map(HistoryRead::answers).toList();
  }

  private List<Runnable> parts(List<HistoryRead> reads, int threads) {
    ViewHistory history = ViewHistory.of(view, few);
    return reads.stream()
        .flatMap(read -> read.parts(history, threads * PARTS_PER_THREAD).stream())
        .toList();
  }

  /** The largest shard first: it may be of a hot key, and the others go beside it. */
  private List<Runnable> parts(ShardedRows rows, List<HistoryRead> reads, List<Queries> questions) {
    List<int[][]> split =
        questions.stream().map(queries -> KeyShards.of(queries.keys(), queries.size())).toList();
    return IntStream.range(0, KeyShards.COUNT)
        .boxed()
        .sorted(Comparator.comparingLong((Integer shard) -> rows.rows(shard)).reversed())
        .<Runnable>map(shard -> () -> answer(shard, rows, reads, split))
        .toList();
  }

  private void answer(int shard, ShardedRows rows, List<HistoryRead> reads, List<int[][]> split) {
    if (split.stream().allMatch(queries -> queries[shard].length == 0)) {
      return;
    }
    ViewHistory history = ViewHistory.of(view, rows.of(shard));
    for (int i = 0; i < reads.size(); i++) {
      reads.get(i).answer(history, split.get(i)[shard]);
    }
  }

  @Override
  public void close() {
    if (many != null) {
      many.close();
    }
  }
}
