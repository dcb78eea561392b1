package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.EntityKey;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.HistoryRead;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** What is simulated: the code as it is, or the same with a bug planted before or behind it. */
interface Kernel {
  Kernel REAL = new Kernel() {};

  /** Live state that rows are applied to. */
  interface Live {
    void apply(List<InputRow> rows);

    void trim(long q);

    /** The answers for each key, by one reading. */
    List<List<FeatureValue>> read(long q, List<EntityKey> keys);

    /** What another process makes of the bytes of this state; what comes after is not shared. */
    Live restarted();
  }

  default Live begin(FeatureView view, Tiling tiling) {
    return new Stored(view, tiling, new MemoryStore());
  }

  /** Replays a history in some number of parts, done in any order. */
  default List<FeatureColumn> replay(
      FeatureView view,
      List<List<InputRow>> history,
      Queries queries,
      Visibility visibility,
      SplittableRandom random) {
    List<Batch> batches = history.stream().map(InputRow::batch).toList();
    HistoryRead read = new HistoryRead(view, queries, visibility);
    int split = 1 + random.nextInt(4);
    List<Runnable> parts = new ArrayList<>(read.parts(ViewHistory.of(view, batches), split));
    Collections.shuffle(parts, new Random(random.nextLong()));
    parts.forEach(Runnable::run);
    return read.answers();
  }

  /** State as it is: of a process that holds nothing but its definition, all else in a store. */
  record Stored(FeatureView view, Tiling tiling, LiveState state, MemoryStore store)
      implements Live {
    Stored(FeatureView view, Tiling tiling, MemoryStore store) {
      this(view, tiling, new LiveState(view, tiling), store);
    }

    @Override
    public void apply(List<InputRow> rows) {
      state.apply(InputRow.batch(rows), store);
    }

    @Override
    public void trim(long q) {
      state.trim(q, store);
    }

    @Override
    public List<List<FeatureValue>> read(long q, List<EntityKey> keys) {
      StateRead reading = state.at(q, store);
      return keys.stream().map(key -> List.copyOf(reading.read(key))).toList();
    }

    @Override
    public Live restarted() {
      return new Stored(view, tiling, MemoryStore.loaded(store.saved()));
    }
  }
}
