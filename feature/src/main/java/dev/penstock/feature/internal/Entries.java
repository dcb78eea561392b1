package dev.penstock.feature.internal;

import dev.penstock.data.Positions;
import dev.penstock.feature.Visibility;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Says from which of a key's queries on a row is visible. Queries are in order of their moment and,
 * for visibility by position, form a chain: each one's positions cover those of the one before.
 */
interface Entries {
  /**
   * The first of the queries [from, size) that may see the row, {@code size} if none.
   *
   * @param from the first query whose moment is after the row's event time
   */
  int first(int row, int from, long[] moments, int[] queries, int size);

  /** Whether a query may follow another of an earlier or equal moment in one chain. */
  default boolean follows(int query, int earlier) {
    return true;
  }

  static Entries of(Visibility visibility, HistoryRows history) {
    if (visibility instanceof Visibility.ByPosition byPosition) {
      return new Covered(byPosition.perQuery(), history.rows.partitions, history.rows.offsets);
    }
    return visibility instanceof Visibility.AsSeen ? new Seen(history.seenTimes) : new Happened();
  }

  /** The same of the rows' retractions: from which of the queries on a row is gone. */
  static Entries ofEnds(Visibility visibility, Ends ends) {
    if (visibility instanceof Visibility.ByPosition byPosition) {
      return new Covered(byPosition.perQuery(), ends.partitions, ends.offsets);
    }
    return visibility instanceof Visibility.AsSeen
        ? new Seen(ends.seenTimes)
        : new NeverExisted(ends.offsets);
  }

  /** A row that is ever taken back is gone at once. */
  final class NeverExisted implements Entries {
    private final long[] ends;

    NeverExisted(long[] ends) {
      this.ends = ends;
    }

    @Override
    public int first(int row, int from, long[] moments, int[] queries, int size) {
      return ends[row] == Ends.NEVER ? size : from;
    }
  }

  /** Every row is visible as soon as it has happened. */
  final class Happened implements Entries {
    @Override
    public int first(int row, int from, long[] moments, int[] queries, int size) {
      return from;
    }
  }

  /** A row is visible to moments after its seen time. */
  final class Seen implements Entries {
    private final long[] seenTimes;

    Seen(long[] seenTimes) {
      this.seenTimes = seenTimes;
    }

    @Override
    public int first(int row, int from, long[] moments, int[] queries, int size) {
      long seen = seenTimes[row];
      if (from == size || moments[from] > seen) {
        return from;
      }
      int step = 1;
      int low = from;
      while (low + step < size && moments[low + step] <= seen) {
        low += step;
        step *= 2;
      }
      int high = Math.min(size, low + step);
      while (low + 1 < high) {
        int middle = (low + high) >>> 1;
        if (moments[middle] <= seen) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return high;
    }
  }

  /** Whether a query sees a row is looked up; whoever follows it in a chain sees the row too. */
  interface ByQuery extends Entries {
    boolean covers(int query, int row);

    @Override
    default int first(int row, int from, long[] moments, int[] queries, int size) {
      int low = from - 1;
      int step = 1;
      while (low + step < size && !covers(queries[low + step], row)) {
        low += step;
        step *= 2;
      }
      int high = Math.min(size, low + step);
      while (low + 1 < high) {
        int middle = (low + high) >>> 1;
        if (covers(queries[middle], row)) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return high;
    }
  }

  /** There is a query for each row, which sees the rows applied no later than that one. */
  final class Applied implements ByQuery {
    private final int[] ranks;

    /**
     * @param ranks by row, and so by query, how many rows of its key are applied before it
     */
    Applied(int[] ranks) {
      this.ranks = ranks;
    }

    @Override
    public boolean covers(int query, int row) {
      return ranks[row] <= ranks[query];
    }

    @Override
    public boolean follows(int query, int earlier) {
      return ranks[query] >= ranks[earlier];
    }
  }

  /** A row is visible to queries whose positions cover it. */
  final class Covered implements ByQuery {
    private final int[] partitionOfRow;
    private final long[] offsets;
    private final int partitions;

    /** Which positions a query has, and their next offsets by partition. */
    private final int[] positionsOfQuery;

    private final long[] next;

    Covered(List<Positions> perQuery, int[] partitionOfRow, long[] offsets) {
      int[] distinct = Arrays.stream(partitionOfRow).distinct().sorted().toArray();
      this.partitions = distinct.length;
      this.partitionOfRow = new int[partitionOfRow.length];
      for (int row = 0; row < partitionOfRow.length; row++) {
        this.partitionOfRow[row] = Arrays.binarySearch(distinct, partitionOfRow[row]);
      }
      this.offsets = offsets;
      IdentityHashMap<Positions, Integer> numbers = new IdentityHashMap<>();
      positionsOfQuery = new int[perQuery.size()];
      for (int query = 0; query < positionsOfQuery.length; query++) {
        Positions positions = perQuery.get(query);
        positionsOfQuery[query] = numbers.computeIfAbsent(positions, key -> numbers.size());
      }
      next = new long[numbers.size() * partitions];
      numbers.forEach(
          (positions, number) -> {
            for (int p = 0; p < partitions; p++) {
              next[number * partitions + p] = positions.next(distinct[p]);
            }
          });
    }

    @Override
    public boolean covers(int query, int row) {
      return offsets[row] < next[positionsOfQuery[query] * partitions + partitionOfRow[row]];
    }

    @Override
    public boolean follows(int query, int earlier) {
      int mine = positionsOfQuery[query] * partitions;
      int theirs = positionsOfQuery[earlier] * partitions;
      for (int p = 0; p < partitions && mine != theirs; p++) {
        if (next[mine + p] < next[theirs + p]) {
          return false;
        }
      }
      return true;
    }
  }
}
