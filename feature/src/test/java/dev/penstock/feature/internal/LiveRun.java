package dev.penstock.feature.internal;

import dev.penstock.data.EntityKey;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Applies a log to live states on two tilings, in random batches, mostly in its order, and asks in
 * between and after. Now and then old rows are dropped, the states go through their saved form, or
 * what was written since the last save is lost and its rows are applied again.
 */
final class LiveRun {
  /** What is found again after a crash. */
  private record Saved(List<Kernel.Live> states, int applied, long trimmed) {}

  private final Case of;
  private final HostileRun met;
  private final SplittableRandom random;
  private final FeatureView view;
  private final NaiveTwin twin;
  private final List<InputRow> order;
  private final int largest;
  private List<Kernel.Live> states;
  private Saved saved;
  private int applied;

  /** The latest moment that states were trimmed for. */
  private long trimmed = Long.MIN_VALUE;

  LiveRun(Case of, Kernel kernel, HostileRun met, SplittableRandom random) {
    this.of = of;
    this.met = met;
    this.random = random;
    this.view = of.view();
    this.twin = new NaiveTwin(view);
    this.order = random.nextInt(4) == 0 ? outOfOrder() : of.rows();
    this.largest = random.nextInt(3) > 0 ? 3 : 100;
    List<Tiling> tilings = List.of(Tiling.of(new ViewPlan(view)), RandomTiling.next(random));
    this.states = tilings.stream().map(tiling -> kernel.begin(view, tiling)).toList();
    this.saved = new Saved(restarted(states), 0, trimmed);
    met.tiles(tilings, order);
  }

  /** Shuffled, but no retraction before its row. */
  private List<InputRow> outOfOrder() {
    List<InputRow> shuffled = new ArrayList<>(of.rows());
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    Map<InputRow.Position, Integer> places = new HashMap<>();
    for (int i = 0; i < shuffled.size(); i++) {
      places.put(shuffled.get(i).position(), i);
    }
    if (view.changes() == ChangelogMode.RETRACT) {
      for (InputRow row : of.rows()) {
        if (row.retracts() != null) {
          int there = places.get(row.position());
          int its = places.get(row.retracts().position());
          if (there < its) {
            Collections.swap(shuffled, there, its);
          }
        }
      }
    }
    met.met(Hostile.APPLIED_OUT_OF_ORDER, !shuffled.equals(of.rows()));
    return shuffled;
  }

  void run() {
    while (applied < order.size()) {
      apply();
      if (random.nextInt(6) == 0 && !of.queries().isEmpty()) {
        trim();
      }
      if (random.nextInt(8) == 0) {
        restart();
      }
      for (int i = 0; i < 3 && !of.queries().isEmpty(); i++) {
        ask(random.nextInt(of.queries().size()));
      }
    }
    IntStream.range(0, of.queries().size()).forEach(this::ask);
  }

  private void apply() {
    int most = random.nextBoolean() ? 3 : largest;
    int to = Math.min(order.size(), applied + 1 + random.nextInt(most));
    List<InputRow> batch = order.subList(applied, to);
    HostileRetractions.batch(met, batch);
    states.forEach(state -> state.apply(batch));
    applied = to;
  }

  private void trim() {
    long q = of.queries().get(random.nextInt(of.queries().size())).q();
    states.forEach(state -> state.trim(q));
    trimmed = Math.max(trimmed, q);
    met.trimmed(view, order.subList(applied, order.size()), trimmed);
  }

  private void restart() {
    switch (random.nextInt(3)) {
      case 0 -> {
        states = restarted(states);
        met.met(Hostile.RESTARTED);
      }
      case 1 -> saved = new Saved(restarted(states), applied, trimmed);
      default -> {
        met.met(Hostile.RESTARTED_WITH_WRITES_LOST, saved.applied < applied);
        states = restarted(saved.states);
        applied = saved.applied;
        trimmed = saved.trimmed;
      }
    }
  }

  private static List<Kernel.Live> restarted(List<Kernel.Live> states) {
    return states.stream().map(Kernel.Live::restarted).toList();
  }

  private void ask(int number) {
    Case.Query query = of.queries().get(number);
    if (query.key().contains(null)) {
      return;
    }
    List<FeatureValue> known =
        twin.answers(query.key(), query.q(), order.subList(0, applied), row -> true);
    // What the reading answered for another key before must not show.
    List<Object> other = of.queries().get((number + 1) % of.queries().size()).key();
    List<EntityKey> keys = new ArrayList<>();
    if (!other.contains(null)) {
      keys.add(EntityKey.of(other.toArray()));
    }
    keys.add(EntityKey.of(query.key().toArray()));
    for (Kernel.Live state : states) {
      List<FeatureValue> actual = state.read(query.q(), keys).get(keys.size() - 1);
      met.answers(view, actual);
      String path = "live state after " + applied;
      Answers.check(view, path, query, expected(query, known, actual), actual);
    }
  }

  /** What was dropped may be said to be so; what is answered must be right. */
  private List<FeatureValue> expected(
      Case.Query query, List<FeatureValue> known, List<FeatureValue> actual) {
    if (query.q() >= trimmed) {
      return known;
    }
    return IntStream.range(0, known.size())
        .mapToObj(
            f -> actual.get(f).status() == FeatureStatus.UNCOVERED ? actual.get(f) : known.get(f))
        .toList();
  }
}
