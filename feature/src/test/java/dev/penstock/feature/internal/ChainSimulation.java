package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.EntityKey;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Positions;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.DerivedLog;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.ViewState;
import dev.penstock.feature.Visibility;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/**
 * One seed: a random view, one chained to it, a random log, random questions. The derived log and
 * all answers from it must be those of the naive twins, to the bit, replayed and live.
 */
final class ChainSimulation {
  /** What chains make hard; a run has to meet each. */
  enum Hostile {
    KEY_OF_FEWER_COLUMNS,
    HISTORY_AND_LIVE,
    APPLIED_AFTER_A_LATER_ROW,
    TIE_IN_TIME_OF_ONE_KEY,
    ROW_WITHOUT_DERIVED_ROW,
    NULL_VALUE,
    NOT_A_NUMBER,
    KEY_TWICE_IN_A_BATCH,
    TRIMMED,
    LATE_AFTER_A_TRIM,
    ANSWER_PRESENT,
    ANSWER_NULL_VALUE,
    ANSWER_NOT_FOUND
  }

  private final SplittableRandom random;
  private final Map<Hostile, Long> count;
  private final FeatureView upstream;
  private final FeatureView chained;
  private final Positions history;
  private final List<InputRow> applied;
  private final List<InputRow> derived;
  private final List<Case.Query> queries;
  private final NaiveTwin twin;

  ChainSimulation(long seed, Map<Hostile, Long> count) {
    this.random = new SplittableRandom(seed);
    this.count = count;
    this.upstream = new RandomUpstream(random).next();
    FeatureView any = new RandomView(random).next();
    while (any.changes() == ChangelogMode.RETRACT) {
      any = new RandomView(random).next();
    }
    this.chained = any.chainedTo(upstream);
    long reach = random.nextBoolean() ? RandomView.DAY : RandomView.HOUR;
    int size = 1 + random.nextInt(random.nextInt(5) == 0 ? 120 : 40);
    // Rows without time, as dimensions have them, are in no chain.
    List<InputRow> log =
        new RandomLog(random, reach, ChangelogMode.INSERT_ONLY)
            .next(size).stream().filter(row -> row.eventTime() > Long.MIN_VALUE).toList();
    this.history = someHistory(log);
    this.applied = NaiveDerivedLog.applied(history, log);
    this.derived = NaiveDerivedLog.of(upstream, applied);
    this.twin = new NaiveTwin(chained);
    this.queries = new RandomQueries(random, chained, derived).next(25);
    count();
  }

  private Positions someHistory(List<InputRow> log) {
    Positions positions = Positions.NONE;
    for (InputRow row : log.subList(0, random.nextInt(log.size() + 1))) {
      positions = positions.with(row.partition(), row.offset() + 1);
    }
    return positions;
  }

  private void met(Hostile hostile, boolean really) {
    count.merge(hostile, really ? 1L : 0L, Long::sum);
  }

  private void count() {
    met(Hostile.KEY_OF_FEWER_COLUMNS, chained.keyColumns().size() < upstream.keyColumns().size());
    long below =
        applied.stream().filter(row -> history.covers(row.partition(), row.offset())).count();
    met(Hostile.HISTORY_AND_LIVE, below > 0 && below < applied.size());
    met(Hostile.ROW_WITHOUT_DERIVED_ROW, derived.size() < applied.size());
    Map<Object, Long> newest = new HashMap<>();
    for (InputRow row : derived) {
      Object key = row.values().subList(0, 2);
      Long before = newest.merge(key, row.eventTime(), Math::max);
      met(Hostile.APPLIED_AFTER_A_LATER_ROW, before > row.eventTime());
      met(
          Hostile.TIE_IN_TIME_OF_ONE_KEY,
          derived.stream()
              .anyMatch(
                  other ->
                      other != row
                          && other.eventTime() == row.eventTime()
                          && other.values().subList(0, 2).equals(key)));
      met(Hostile.NULL_VALUE, row.values().contains(null));
      met(Hostile.NOT_A_NUMBER, row.values().contains(Double.NaN));
    }
  }

  void run() {
    Batch replayed = DerivedLog.replay(upstream, history, batches(shuffled(applied)));
    checkLog("replayed", derived, List.of(replayed));
    ask(replayed, Visibility.AS_SEEN, (query, row) -> row.seenTime() < queries.get(query).q());
    List<Positions> positions = new ArrayList<>();
    for (int query = 0; query < queries.size(); query++) {
      positions.add(someHistory(applied));
    }
    ask(
        replayed,
        new Visibility.ByPosition(positions),
        (query, row) -> positions.get(query).covers(row.partition(), row.offset()));
    applyLive();
  }

  @Override
  public String toString() {
    return upstream.text() + "\n" + chained.text() + "\n" + applied.size() + " rows, S " + history;
  }

  private List<InputRow> shuffled(List<InputRow> rows) {
    List<InputRow> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return shuffled;
  }

  private List<Batch> batches(List<InputRow> rows) {
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); ) {
      int to = Math.min(rows.size(), from + 1 + random.nextInt(30));
      batches.add(InputRow.batch(rows.subList(from, to)));
      from = to;
    }
    return batches;
  }

  private void ask(Batch log, Visibility visibility, BiPredicate<Integer, InputRow> visible) {
    List<FeatureColumn> columns =
        ViewHistory.of(chained, List.of(log)).read(Simulation.asked(chained, queries), visibility);
    for (int i = 0; i < queries.size(); i++) {
      int query = i;
      List<FeatureValue> actual = columns.stream().map(column -> column.answer(query)).toList();
      check(
          visibility.getClass().getSimpleName(),
          queries.get(i),
          twin.answers(
              queries.get(i).key(), queries.get(i).q(), derived, row -> visible.test(query, row)),
          actual);
    }
  }

  /** Applies the rows in random batches; trims as far as later questions allow. */
  private void applyLive() {
    ViewState first = new ViewState(upstream);
    ViewState second = new ViewState(chained);
    MemoryStore firstStore = new MemoryStore();
    MemoryStore secondStore = new MemoryStore();
    int done = 0;
    long trimmed = Long.MIN_VALUE;
    while (done < applied.size()) {
      int to = Math.min(applied.size(), done + 1 + random.nextInt(random.nextBoolean() ? 3 : 50));
      List<InputRow> rows = applied.subList(done, to);
      Set<Object> keys = new HashSet<>();
      rows.forEach(row -> met(Hostile.KEY_TWICE_IN_A_BATCH, !keys.add(row.values().subList(0, 2))));
      for (InputRow row : rows) {
        met(Hostile.LATE_AFTER_A_TRIM, row.eventTime() < trimmed);
      }
      Batch made = first.derive(InputRow.batch(rows), firstStore);
      second.apply(made, secondStore);
      if (trimmed == Long.MIN_VALUE) {
        checkLog("live", NaiveDerivedLog.of(upstream, applied.subList(0, to)), done, made);
      }
      done = to;
      if (random.nextInt(5) == 0) {
        trimmed = Math.max(trimmed, queries.get(random.nextInt(queries.size())).q());
        second.trim(trimmed, secondStore);
        long asked = ViewPlan.start(trimmed, chained.retention().micros());
        if (asked > Long.MIN_VALUE) {
          first.trim(asked, firstStore);
          met(Hostile.TRIMMED, true);
        }
      }
      Set<Long> offsets = new HashSet<>();
      List<InputRow> seen = applied.subList(0, done);
      seen.forEach(row -> offsets.add(place(row)));
      List<InputRow> there = derived.stream().filter(row -> offsets.contains(place(row))).toList();
      for (Case.Query query : done == applied.size() ? queries : queries.subList(0, 2)) {
        if (query.q() >= trimmed && !query.key().contains(null)) {
          check(
              "live after " + done,
              query,
              twin.answers(query.key(), query.q(), there, row -> true),
              second.at(query.q(), secondStore).read(EntityKey.of(query.key().toArray())));
        }
      }
    }
  }

  private static long place(InputRow row) {
    return row.partition() * 1_000_000L + row.offset();
  }

  private void check(
      String path, Case.Query query, List<FeatureValue> expected, List<FeatureValue> actual) {
    for (int f = 0; f < expected.size(); f++) {
      FeatureValue value = actual.get(f);
      met(Hostile.ANSWER_PRESENT, value.status() == FeatureStatus.PRESENT);
      met(Hostile.ANSWER_NULL_VALUE, value.status() == FeatureStatus.NULL_VALUE);
      met(Hostile.ANSWER_NOT_FOUND, value.status() == FeatureStatus.NOT_FOUND);
      if (expected.get(f).status() != value.status()
          || !Answers.sameBits(expected.get(f).value(), value.value())) {
        throw new AssertionError(
            path
                + ", "
                + query
                + ": "
                + chained.features().get(f).text()
                + " is "
                + Answers.text(value.value())
                + ", the twin says "
                + Answers.text(expected.get(f).value()));
      }
    }
  }

  /** The rows of the derived log that came of one batch. */
  private void checkLog(String path, List<InputRow> all, int from, Batch made) {
    Set<Long> before = new HashSet<>();
    applied.subList(0, from).forEach(row -> before.add(place(row)));
    checkLog(
        path, all.stream().filter(row -> !before.contains(place(row))).toList(), List.of(made));
  }

  private static void checkLog(String path, List<InputRow> expected, List<Batch> made) {
    Map<Long, InputRow> byPlace = new HashMap<>();
    expected.forEach(row -> byPlace.put(place(row), row));
    for (Batch batch : made) {
      int[] partitions = ((IntColumn) batch.column(SystemColumns.PARTITION)).values();
      long[] offsets = ((LongColumn) batch.column(SystemColumns.OFFSET)).values();
      for (int row = 0; row < batch.rows(); row++) {
        InputRow wanted = byPlace.remove(partitions[row] * 1_000_000L + offsets[row]);
        String id = ((ObjectColumn) batch.column(SystemColumns.ID)).string(row);
        if (wanted == null
            || !id.equals(wanted.partition() + "/" + wanted.offset())
            || !batch.column(SystemColumns.EVENT_TIME).value(row).equals(wanted.eventTime())
            || !batch.column(SystemColumns.SEEN_TIME).value(row).equals(wanted.seenTime())) {
          throw new AssertionError(path + ": a row that is none: " + id + ", wanted " + wanted);
        }
        for (var field : InputRow.FIELDS) {
          Object value = batch.column(field.name()).value(row);
          if (!Answers.sameBits(wanted.value(field.name()), value)) {
            throw new AssertionError(
                path
                    + ": "
                    + field.name()
                    + " of "
                    + id
                    + " is "
                    + value
                    + ", the twin says "
                    + wanted.value(field.name()));
          }
        }
      }
    }
    if (!byPlace.isEmpty()) {
      throw new AssertionError(path + ": no row of " + byPlace.values());
    }
  }
}
