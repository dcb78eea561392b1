package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Positions;
import dev.penstock.feature.DerivedLog;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Makes a view's derived log from its history: asks of each row, at the moment after it, what the
 * rows applied no later than it say.
 */
public final class DerivedHistory {
  private DerivedHistory() {}

  /** See {@link DerivedLog#replay}. */
  public static Batch of(FeatureView view, Positions history, Iterable<Batch> batches) {
    Taking taking = new Taking(view, batches);
    HistoryRows rows = HistoryRows.of(view, taking, taking);
    Replay replay =
        new Replay(rows, moments(rows), new Entries.Applied(ranks(rows, history)), keys(rows));
    replay.parts(1).forEach(Runnable::run);
    List<Column> values = replay.answers().stream().map(FeatureColumn::values).toList();
    return taking.batches.isEmpty()
        ? Batch.empty(DerivedLog.logSchema(view))
        : DerivedRows.of(view, taking.rows(), values);
  }

  private static long[] moments(HistoryRows rows) {
    long[] moments = rows.rows.eventTimes.clone();
    for (int place = 0; place < moments.length; place++) {
      moments[place]++;
    }
    return moments;
  }

  private static int[] keys(HistoryRows rows) {
    int[] keys = new int[rows.seenTimes.length];
    for (int key = 0; key < rows.keys.size(); key++) {
      for (int place = rows.starts[key]; place < rows.starts[key + 1]; place++) {
        keys[place] = key;
      }
    }
    return keys;
  }

  /** By place, how many rows of its key are applied before it. */
  private static int[] ranks(HistoryRows rows, Positions history) {
    int[] partitions = rows.rows.partitions;
    long[] offsets = rows.rows.offsets;
    boolean[] live = new boolean[rows.seenTimes.length];
    int[] order = new int[live.length];
    for (int place = 0; place < live.length; place++) {
      live[place] = !history.covers(partitions[place], offsets[place]);
      order[place] = place;
    }
    IndexSort.Order applied =
        (b, a) -> {
          if (live[b] != live[a]) {
            return live[a];
          } else if (rows.seenTimes[b] != rows.seenTimes[a]) {
            return rows.seenTimes[b] < rows.seenTimes[a];
          }
          return partitions[b] != partitions[a]
              ? partitions[b] < partitions[a]
              : offsets[b] < offsets[a];
        };
    int[] ranks = new int[order.length];
    for (int key = 0; key < rows.keys.size(); key++) {
      IndexSort.sort(order, rows.starts[key], rows.starts[key + 1], applied);
      for (int i = rows.starts[key]; i < rows.starts[key + 1]; i++) {
        ranks[order[i]] = i - rows.starts[key];
      }
    }
    return ranks;
  }

  /** Hands batches on and keeps of them what the derived log takes over. */
  private static final class Taking implements Iterable<Batch>, HistoryRows.Placed {
    private final FeatureView view;
    private final Iterable<Batch> source;
    private final List<Batch> batches = new ArrayList<>();
    private int[] places = {};

    Taking(FeatureView view, Iterable<Batch> source) {
      this.view = view;
      this.source = source;
    }

    @Override
    public Iterator<Batch> iterator() {
      Iterator<Batch> all = source.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Batch next() {
          Batch batch = all.next();
          batches.add(batch.select(DerivedRows.taken(view, batch.schema())));
          return batch;
        }
      };
    }

    @Override
    public void at(int[] placesOfRows) {
      places = placesOfRows;
    }

    /** What was kept of the rows, by their places. */
    Batch rows() {
      int size = 0;
      for (int place : places) {
        size += place >= 0 ? 1 : 0;
      }
      int[] rowOfPlace = new int[size];
      for (int row = 0; row < places.length; row++) {
        if (places[row] >= 0) {
          rowOfPlace[places[row]] = row;
        }
      }
      return Batch.concat(batches.get(0).schema(), batches).gather(rowOfPlace);
    }
  }
}
