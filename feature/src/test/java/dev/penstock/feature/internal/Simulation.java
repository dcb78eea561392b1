package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.EntityKey;
import dev.penstock.data.Field;
import dev.penstock.data.Positions;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.HistoryRead;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * One seed: a random view, a random log, random questions, each answered by the naive twin and by
 * every path there is. All must agree to the bit.
 */
final class Simulation {
  /** A question; the key may be unknown or null. */
  record Query(List<Object> key, long q) {}

  private final SplittableRandom random;
  private final HostileCount count;
  private final FeatureView view;
  private final NaiveTwin twin;
  private final List<InputRow> rows;
  private final List<Query> queries;

  Simulation(long seed, HostileCount count) {
    this.random = new SplittableRandom(seed);
    this.count = count;
    this.view = new RandomView(random).next();
    this.twin = new NaiveTwin(view);
    long reach =
        view.features().stream()
            .mapToLong(feature -> feature.window().reach().micros())
            .filter(micros -> micros != Long.MAX_VALUE)
            .max()
            .orElse(RandomView.DAY);
    int size = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 90);
    this.rows = new RandomLog(random, reach, view.changes()).next(size);
    this.queries = new RandomQueries(random, view, rows, count).next(40);
    count.log(view, rows, queries);
  }

  void run() {
    replayAsSeen();
    replayAsHappened();
    replayByPosition();
    applyLive();
  }

  @Override
  public String toString() {
    return view.text() + "\n" + rows.size() + " rows, " + queries.size() + " queries";
  }

  private void replayAsSeen() {
    replay(Visibility.AS_SEEN, (query, row) -> row.seenTime() < queries.get(query).q());
  }

  private void replayAsHappened() {
    replay(Visibility.AS_HAPPENED, (query, row) -> true);
  }

  private void replayByPosition() {
    List<Positions> positions = new ArrayList<>();
    int manner = random.nextInt(3);
    for (Query query : queries) {
      if (manner == 0) {
        // As a server logs it: all that was accepted before the moment.
        positions.add(upTo((int) rows.stream().filter(row -> row.seenTime() < query.q()).count()));
      } else if (manner == 1) {
        positions.add(upTo(random.nextInt(rows.size() + 1)));
      } else {
        Positions any = Positions.NONE;
        for (int partition : new int[] {0, 1, 7}) {
          any = any.with(partition, random.nextInt(rows.size() + 1));
        }
        positions.add(any);
      }
    }
    if (manner > 0) {
      count.met(Hostile.POSITIONS_AGAINST_TIME);
    }
    positions.forEach(
        below ->
            HostileRetractions.positions(
                count, rows, row -> below.covers(row.partition(), row.offset())));
    replay(
        new Visibility.ByPosition(positions),
        (query, row) -> positions.get(query).covers(row.partition(), row.offset()));
  }

  /** The positions after the first rows of the log. */
  private Positions upTo(int accepted) {
    Positions positions = Positions.NONE;
    for (InputRow row : rows.subList(0, accepted)) {
      positions = positions.with(row.partition(), row.offset() + 1);
    }
    return positions;
  }

  private void replay(Visibility visibility, BiPredicate<Integer, InputRow> visible) {
    List<InputRow> shuffled = new ArrayList<>(rows);
    if (random.nextBoolean()) {
      Collections.shuffle(shuffled, new Random(random.nextLong()));
    }
    ViewHistory history = ViewHistory.of(view, batches(shuffled));
    HistoryRead read = history.prepare(asked(view, queries), visibility);
    List<Runnable> parts = new ArrayList<>(read.parts(1 + random.nextInt(4)));
    Collections.shuffle(parts, new Random(random.nextLong()));
    parts.forEach(Runnable::run);
    List<FeatureColumn> columns = read.answers();
    for (int i = 0; i < queries.size(); i++) {
      int query = i;
      List<FeatureValue> expected =
          twin.answers(
              queries.get(i).key(), queries.get(i).q(), rows, row -> visible.test(query, row));
      List<FeatureValue> actual = columns.stream().map(column -> column.answer(query)).toList();
      check(visibility.getClass().getSimpleName(), queries.get(i), expected, actual);
    }
  }

  private List<Batch> batches(List<InputRow> all) {
    List<Batch> batches = new ArrayList<>();
    int from = 0;
    while (from < all.size()) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(random.nextBoolean() ? 3 : 100));
      if (to - from < 3) {
        count.met(Hostile.SHORT_BATCHES);
      }
      batches.add(InputRow.batch(all.subList(from, to)));
      from = to;
    }
    return batches;
  }

  static Queries asked(FeatureView view, List<Query> queries) {
    List<Column> keys = new ArrayList<>();
    for (int k = 0; k < view.entity().keys().size(); k++) {
      Field field = view.entity().keys().get(k);
      ColumnBuilder builder = ColumnBuilder.of(field.type(), queries.size());
      for (Query query : queries) {
        builder.append(query.key().get(k));
      }
      keys.add(builder.build());
    }
    return new Queries(keys, queries.stream().mapToLong(Query::q).toArray());
  }

  /** Applies the log in its order, in random batches, to two tilings; asks in between and after. */
  private void applyLive() {
    List<LiveState> states =
        List.of(new LiveState(view), new LiveState(view, RandomTiling.next(random)));
    List<MemoryStore> stores = List.of(new MemoryStore(), new MemoryStore());
    long trimmed = Long.MIN_VALUE;
    int applied = 0;
    int largest = random.nextInt(3) > 0 ? 3 : 100;
    while (applied < rows.size()) {
      int most = random.nextBoolean() ? 3 : largest;
      int to = Math.min(rows.size(), applied + 1 + random.nextInt(most));
      Batch batch = InputRow.batch(rows.subList(applied, to));
      HostileRetractions.batch(count, rows.subList(applied, to));
      applied = to;
      for (int s = 0; s < states.size(); s++) {
        states.get(s).apply(batch, stores.get(s));
      }
      if (random.nextInt(6) == 0) {
        long q = queries.get(random.nextInt(queries.size())).q();
        for (int s = 0; s < states.size(); s++) {
          states.get(s).trim(q, stores.get(s));
        }
        trimmed = Math.max(trimmed, q);
        count.trimmed(view, rows.subList(applied, rows.size()), trimmed);
      }
      int asked = applied == rows.size() ? queries.size() : 3;
      for (int i = 0; i < asked; i++) {
        int query = applied == rows.size() ? i : random.nextInt(queries.size());
        for (int s = 0; s < states.size(); s++) {
          askLive(states.get(s), stores.get(s), queries.get(query), applied, trimmed);
        }
      }
    }
  }

  private void askLive(LiveState state, MemoryStore store, Query query, int applied, long trimmed) {
    if (query.key().contains(null)) {
      return;
    }
    StateRead reading = state.at(query.q(), store);
    // What the reading answered for another key before must not show.
    List<Object> other = queries.get((queries.indexOf(query) + 1) % queries.size()).key();
    if (!other.contains(null)) {
      reading.read(EntityKey.of(other.toArray()));
    }
    List<FeatureValue> actual = reading.read(EntityKey.of(query.key().toArray()));
    List<FeatureValue> expected =
        twin.answers(query.key(), query.q(), rows.subList(0, applied), row -> true);
    if (query.q() < trimmed) {
      // What was dropped may be said to be so; what is answered must be right.
      List<FeatureValue> known = expected;
      expected =
          IntStream.range(0, known.size())
              .mapToObj(
                  f ->
                      actual.get(f).status() == FeatureStatus.UNCOVERED
                          ? actual.get(f)
                          : known.get(f))
              .toList();
    }
    check("live state after " + applied, query, expected, actual);
  }

  private void check(
      String path, Query query, List<FeatureValue> expected, List<FeatureValue> actual) {
    for (int f = 0; f < view.features().size(); f++) {
      Feature feature = view.features().get(f);
      FeatureValue value = actual.get(f);
      count.answer(feature, value);
      if (expected.get(f).status() != value.status()
          || !sameBits(expected.get(f).value(), value.value())) {
        throw new AssertionError(
            path
                + ", "
                + query
                + ": "
                + feature.text()
                + " is "
                + shown(value)
                + ", the twin says "
                + shown(expected.get(f)));
      }
    }
  }

  static String shown(FeatureValue value) {
    return value.value() instanceof float[] vector
        ? Arrays.toString(vector) + " " + value.status()
        : value.value() + " " + value.status();
  }

  static boolean sameBits(Object a, Object b) {
    if (a instanceof Double x && b instanceof Double y) {
      return Double.doubleToRawLongBits(x) == Double.doubleToRawLongBits(y);
    } else if (a instanceof Float x && b instanceof Float y) {
      return Float.floatToRawIntBits(x) == Float.floatToRawIntBits(y);
    } else if (a instanceof float[] x && b instanceof float[] y) {
      return x.length == y.length
          && IntStream.range(0, x.length)
              .allMatch(i -> Float.floatToRawIntBits(x[i]) == Float.floatToRawIntBits(y[i]));
    } else if (a instanceof byte[] x && b instanceof byte[] y) {
      return Arrays.equals(x, y);
    }
    return a == null ? b == null : a.equals(b);
  }
}
