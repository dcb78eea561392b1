package dev.penstock.feature.internal;

import dev.penstock.data.EntityKey;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.StateCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Live states with a {@link PlantedBug}: each is the real state but for the one thing. */
final class PlantedStates {
  private static final long MORE_THAN_ANY_OFFSET = 1_000_000;

  private PlantedStates() {}

  /** Asked a microsecond later, where the value itself does not say how long ago something was. */
  record EndIncluded(FeatureView view, Kernel.Live state) implements Kernel.Live {
    @Override
    public void apply(List<InputRow> rows) {
      state.apply(rows);
    }

    @Override
    public void trim(long q) {
      state.trim(q);
    }

    @Override
    public List<List<FeatureValue>> read(long q, List<EntityKey> keys) {
      return mixed(
          view, state.read(q, keys), state.read(q + 1, keys), feature -> !isOfMoment(feature));
    }

    @Override
    public Kernel.Live restarted() {
      return new EndIncluded(view, state.restarted());
    }
  }

  /** Whether a value depends on the moment asked about beyond the rows in its window. */
  static boolean isOfMoment(Feature feature) {
    return switch (feature.aggregate().function()) {
      case TIME_SINCE_FIRST, TIME_SINCE_LAST, DECAY_SUM, DECAY_MEAN -> true;
      default -> false;
    };
  }

  /** Rows reach it with offsets that fall. */
  record Reversed(Kernel.Live state) implements Kernel.Live {
    @Override
    public void apply(List<InputRow> rows) {
      state.apply(reversed(rows));
    }

    @Override
    public void trim(long q) {
      state.trim(q);
    }

    @Override
    public List<List<FeatureValue>> read(long q, List<EntityKey> keys) {
      return state.read(q, keys);
    }

    @Override
    public Kernel.Live restarted() {
      return new Reversed(state.restarted());
    }
  }

  static List<InputRow> reversed(List<InputRow> rows) {
    return rows.stream().map(PlantedStates::reversed).toList();
  }

  private static InputRow reversed(InputRow row) {
    return new InputRow(
        row.eventTime(),
        row.seenTime(),
        row.partition(),
        MORE_THAN_ANY_OFFSET - row.offset(),
        row.values(),
        row.retracts() == null ? null : reversed(row.retracts()));
  }

  /** Asks a second state, which never hears of a retraction, for greatest values. */
  record MaxStays(FeatureView view, Kernel.Live right, Kernel.Live wrong) implements Kernel.Live {
    @Override
    public void apply(List<InputRow> rows) {
      right.apply(rows);
      wrong.apply(rows.stream().filter(row -> row.retracts() == null).toList());
    }

    @Override
    public void trim(long q) {
      right.trim(q);
      wrong.trim(q);
    }

    @Override
    public List<List<FeatureValue>> read(long q, List<EntityKey> keys) {
      return mixed(
          view,
          right.read(q, keys),
          wrong.read(q, keys),
          feature -> feature.aggregate().function() == AggregateFunction.MAX);
    }

    @Override
    public Kernel.Live restarted() {
      return new MaxStays(view, right.restarted(), wrong.restarted());
    }
  }

  /**
   * Counts by a second state that hears of a row on the edge of its finest tile as if it were a
   * microsecond earlier, and keeps the row itself where it belongs.
   */
  record EdgeBefore(FeatureView view, Kernel.Live right, Kernel.Stored wrong)
      implements Kernel.Live {
    @Override
    public void apply(List<InputRow> rows) {
      right.apply(rows);
      wrong.apply(rows.stream().map(row -> isOnEdge(row) ? earlier(row) : row).toList());
      rows.stream().filter(this::isOnEdge).forEach(this::putWhereItBelongs);
    }

    private boolean isOnEdge(InputRow row) {
      return row.eventTime() != Long.MIN_VALUE
          && Math.floorMod(row.eventTime(), wrong.tiling().width(0)) == 0;
    }

    private static InputRow earlier(InputRow row) {
      return new InputRow(
          row.eventTime() - 1,
          row.seenTime(),
          row.partition(),
          row.offset(),
          row.values(),
          row.retracts());
    }

    private void putWhereItBelongs(InputRow row) {
      List<Object> values = new NaiveTwin(view).keyOf(row);
      if (values.contains(null)) {
        return;
      }
      InputRow of = row.retracts() == null ? row : row.retracts();
      byte[] key = Addresses.ofKey(EntityKey.of(values.toArray()).bytes());
      byte[] there = Addresses.row(key, row.eventTime() - 1, of.partition(), of.offset());
      byte[] here = Addresses.row(key, row.eventTime(), of.partition(), of.offset());
      byte[] stored = wrong.store().get(there);
      wrong.store().delete(there);
      if (row.retracts() != null) {
        wrong.store().delete(here);
      } else if (stored != null) {
        wrong.store().put(here, stored);
      }
    }

    @Override
    public void trim(long q) {
      right.trim(q);
      wrong.trim(q);
    }

    @Override
    public List<List<FeatureValue>> read(long q, List<EntityKey> keys) {
      return mixed(
          view,
          right.read(q, keys),
          wrong.read(q, keys),
          feature -> feature.aggregate().function() == AggregateFunction.COUNT);
    }

    @Override
    public Kernel.Live restarted() {
      return new EdgeBefore(view, right.restarted(), (Kernel.Stored) wrong.restarted());
    }
  }

  /** Loses its last entry on restart, or else its trim horizon. */
  record Forgetful(Kernel.Stored state, boolean entry) implements Kernel.Live {
    @Override
    public void apply(List<InputRow> rows) {
      state.apply(rows);
    }

    @Override
    public void trim(long q) {
      state.trim(q);
    }

    @Override
    public List<List<FeatureValue>> read(long q, List<EntityKey> keys) {
      return state.read(q, keys);
    }

    @Override
    public Kernel.Live restarted() {
      Kernel.Stored again = (Kernel.Stored) state.restarted();
      if (!entry) {
        new StateMeta(again.tiling(), Long.MIN_VALUE, Long.MIN_VALUE).writeTo(again.store());
        return new Forgetful(again, false);
      }
      byte[] last = Addresses.META;
      try (StateCursor cursor = again.store().scan(last, new byte[] {(byte) 0xFF})) {
        while (cursor.next()) {
          last = cursor.address();
        }
      }
      if (last.length > Addresses.META.length) {
        again.store().delete(last);
      }
      return new Forgetful(again, true);
    }
  }

  /** The right answers, but of the features concerned the wrong ones where both have a value. */
  private static List<List<FeatureValue>> mixed(
      FeatureView view,
      List<List<FeatureValue>> right,
      List<List<FeatureValue>> wrong,
      Predicate<Feature> concerned) {
    List<List<FeatureValue>> all = new ArrayList<>();
    for (int key = 0; key < right.size(); key++) {
      List<FeatureValue> known = right.get(key);
      List<FeatureValue> other = wrong.get(key);
      all.add(
          IntStream.range(0, known.size())
              .mapToObj(
                  f ->
                      concerned.test(view.features().get(f))
                              && known.get(f).status() == FeatureStatus.PRESENT
                              && other.get(f).status() == FeatureStatus.PRESENT
                          ? other.get(f)
                          : known.get(f))
              .toList());
    }
    return all;
  }
}
