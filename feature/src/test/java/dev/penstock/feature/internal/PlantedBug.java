package dev.penstock.feature.internal;

import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.Visibility;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The kernel with one bug each, planted where the simulation hands rows in or takes answers out.
 */
enum PlantedBug implements Kernel {
  /** Live windows leave their start out and hold the moment asked about. */
  BOUNDARY {
    @Override
    public Live begin(FeatureView view, Tiling tiling) {
      return new PlantedStates.EndIncluded(view, super.begin(view, tiling));
    }
  },
  /** The same in a replay. */
  BOUNDARY_IN_REPLAY {
    @Override
    public List<FeatureColumn> replay(
        FeatureView view,
        List<List<InputRow>> history,
        Queries queries,
        Visibility visibility,
        SplittableRandom random) {
      List<FeatureColumn> right = super.replay(view, history, queries, visibility, random);
      if (!visibility.equals(Visibility.AS_HAPPENED)) {
        return right;
      }
      long[] next = LongStream.of(queries.times()).map(q -> q + 1).toArray();
      Queries later = new Queries(queries.keys(), next);
      List<FeatureColumn> wrong = super.replay(view, history, later, visibility, random);
      return IntStream.range(0, right.size())
          .mapToObj(f -> (PlantedStates.isOfMoment(view.features().get(f)) ? right : wrong).get(f))
          .toList();
    }
  },
  /** Of rows at one moment and in one partition, live state takes the later for the earlier. */
  TIES_REVERSED {
    @Override
    public Live begin(FeatureView view, Tiling tiling) {
      return new PlantedStates.Reversed(super.begin(view, tiling));
    }
  },
  /** The same in a replay. */
  TIES_REVERSED_IN_REPLAY {
    @Override
    public List<FeatureColumn> replay(
        FeatureView view,
        List<List<InputRow>> history,
        Queries queries,
        Visibility visibility,
        SplittableRandom random) {
      boolean byPosition = visibility instanceof Visibility.ByPosition;
      List<List<InputRow>> reversed = history.stream().map(PlantedStates::reversed).toList();
      return super.replay(view, byPosition ? history : reversed, queries, visibility, random);
    }
  },
  /** A greatest value stays the greatest when its row is taken back. */
  RETRACTED_MAX_STAYS {
    @Override
    public Live begin(FeatureView view, Tiling tiling) {
      return new PlantedStates.MaxStays(view, super.begin(view, tiling), super.begin(view, tiling));
    }
  },
  /** A row at the very start of a tile is counted in the tile before. */
  TILE_EDGE {
    @Override
    public Live begin(FeatureView view, Tiling tiling) {
      return new PlantedStates.EdgeBefore(
          view, super.begin(view, tiling), new Stored(view, tiling, new MemoryStore()));
    }
  },
  /** The last entry of a saved state is missing after a restart. */
  ENTRY_LOST_ON_RESTART {
    @Override
    public Live begin(FeatureView view, Tiling tiling) {
      return new PlantedStates.Forgetful(new Stored(view, tiling, new MemoryStore()), true);
    }
  },
  /** After a restart, the state says that nothing was dropped from it. */
  HORIZON_LOST_ON_RESTART {
    @Override
    public Live begin(FeatureView view, Tiling tiling) {
      return new PlantedStates.Forgetful(new Stored(view, tiling, new MemoryStore()), false);
    }
  };
}
