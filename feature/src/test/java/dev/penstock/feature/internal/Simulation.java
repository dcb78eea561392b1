package dev.penstock.feature.internal;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.Positions;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.Visibility;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/**
 * One case: its questions, answered by the naive twin and by every path there is. All must agree to
 * the bit. What a run does follows from the case alone.
 */
final class Simulation {
  private final Case of;
  private final Kernel kernel;
  private final HostileRun met;
  private final SplittableRandom random;
  private final FeatureView view;
  private final NaiveTwin twin;
  private final List<InputRow> rows;
  private final List<Case.Query> queries;

  Simulation(Case of, Kernel kernel, HostileRun met) {
    this.of = of;
    this.kernel = kernel;
    this.met = met;
    this.random = new SplittableRandom(of.choices());
    this.view = of.view();
    this.twin = new NaiveTwin(view);
    this.rows = of.rows();
    this.queries = of.queries();
  }

  void run() {
    replayAsSeen();
    replayAsHappened();
    replayByPosition();
    new LiveRun(of, kernel, met, random).run();
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
    for (Case.Query query : queries) {
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
    met.met(Hostile.POSITIONS_AGAINST_TIME, manner > 0 && !queries.isEmpty());
    positions.forEach(
        below ->
            HostileRetractions.positions(
                met, rows, row -> below.covers(row.partition(), row.offset())));
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
      met.met(Hostile.REPLAYED_OUT_OF_ORDER, !shuffled.equals(rows));
    }
    List<FeatureColumn> columns =
        kernel.replay(view, batches(shuffled), asked(view, queries), visibility, random);
    for (int i = 0; i < queries.size(); i++) {
      int query = i;
      Case.Query asked = queries.get(i);
      List<FeatureValue> expected =
          twin.answers(asked.key(), asked.q(), rows, row -> visible.test(query, row));
      List<FeatureValue> actual = columns.stream().map(column -> column.answer(query)).toList();
      met.answers(view, actual);
      Answers.check(view, visibility.getClass().getSimpleName(), asked, expected, actual);
    }
  }

  private List<List<InputRow>> batches(List<InputRow> all) {
    List<List<InputRow>> batches = new ArrayList<>();
    int from = 0;
    while (from < all.size()) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(random.nextBoolean() ? 3 : 100));
      met.met(Hostile.SHORT_BATCHES, to - from < 3);
      batches.add(all.subList(from, to));
      from = to;
    }
    return batches;
  }

  static Queries asked(FeatureView view, List<Case.Query> queries) {
    List<Column> keys = new ArrayList<>();
    for (int k = 0; k < view.entity().keys().size(); k++) {
      Field field = view.entity().keys().get(k);
      ColumnBuilder builder = ColumnBuilder.of(field.type(), queries.size());
      for (Case.Query query : queries) {
        builder.append(query.key().get(k));
      }
      keys.add(builder.build());
    }
    return new Queries(keys, queries.stream().mapToLong(Case.Query::q).toArray());
  }
}
