package dev.penstock.platform.live;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Positions;
import dev.penstock.data.SystemColumns;
import dev.penstock.online.LiveView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A source's rows in the order in which they are applied, as derived logs need them: those of
 * history first, then those that came live, either by seen time, partition, offset. All of them are
 * in memory, in the columns that some views read.
 */
final class AppliedRows implements Iterable<Batch> {
  private static final int ROWS_PER_BATCH = 8192;

  private final Iterable<Batch> rows;
  private final List<String> columns;
  private final Positions history;

  /**
   * @param history S: rows below are history
   */
  AppliedRows(Iterable<Batch> rows, List<LiveView> views, Positions history) {
    this.rows = rows;
    this.columns = columns(views);
    this.history = history;
  }

  private static List<String> columns(List<LiveView> views) {
    Set<String> columns = new TreeSet<>();
    for (LiveView view : views) {
      if (view.transform() != null) {
        columns.addAll(view.transform().columns());
      } else if (view.upstream() == null) {
        columns.addAll(view.view().columns());
      }
    }
    SystemColumns.FIELDS.stream()
        .map(Field::name)
        .filter(name -> !name.equals(SystemColumns.ID))
        .forEach(columns::add);
    return List.copyOf(columns);
  }

  @Override
  public Iterator<Batch> iterator() {
    List<Batch> all = new ArrayList<>();
    rows.forEach(batch -> all.add(batch.select(columns)));
    if (all.isEmpty()) {
      return all.iterator();
    }
    Batch unsorted = Batch.concat(all.get(0).schema(), all);
    int[] order = order(unsorted);
    return IntStream.iterate(0, from -> from < order.length, from -> from + ROWS_PER_BATCH)
        .mapToObj(
            from ->
                unsorted.gather(
                    Arrays.copyOfRange(order, from, Math.min(order.length, from + ROWS_PER_BATCH))))
        .iterator();
  }

  private int[] order(Batch batch) {
    long[] seen = ((LongColumn) batch.column(SystemColumns.SEEN_TIME)).values();
    int[] partitions = ((IntColumn) batch.column(SystemColumns.PARTITION)).values();
    long[] offsets = ((LongColumn) batch.column(SystemColumns.OFFSET)).values();
    return IntStream.range(0, batch.rows())
        .boxed()
        .sorted(
            Comparator.comparing((Integer row) -> !history.covers(partitions[row], offsets[row]))
                .thenComparingLong(row -> seen[row])
                .thenComparingInt(row -> partitions[row])
                .thenComparingLong(row -> offsets[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
