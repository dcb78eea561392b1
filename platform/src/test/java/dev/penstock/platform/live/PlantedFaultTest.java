package dev.penstock.platform.live;

import static dev.penstock.platform.TapsProject.CLOCK;
import static dev.penstock.platform.TapsProject.COLUMNS;
import static dev.penstock.platform.TapsProject.LIVE;
import static dev.penstock.platform.TapsProject.MODEL;
import static dev.penstock.platform.TapsProject.SOURCE;
import static dev.penstock.platform.TapsProject.TAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ErrorCode;
import dev.penstock.offline.Explanation.Cause;
import dev.penstock.offline.ParityReport;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveUpdater;
import dev.penstock.online.OnlineStore;
import dev.penstock.online.ViewUpdater;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Parity;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.run.ProjectOperations;
import dev.penstock.platform.serve.Intake;
import dev.penstock.platform.serve.Predictor;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model is asked and told for hours, then its answers are replayed. Without a fault all are equal
 * to the bit. Each fault that is planted into the live path is found: parity fails, lists the
 * answers it touched, and names the row and what was done to it.
 */
class PlantedFaultTest {
  private static final long STEP = 300_000_000L;
  private static final long HOUR = 12 * STEP;

  /** How long before a question a row stands on an edge of a window: its end, or a start. */
  private static final Set<Long> EDGES = Set.of(0L, HOUR, 24 * HOUR);

  private static final int STEPS = 120;
  private static final int ROWS_A_STEP = 3;

  /** Rows of history; live rows follow them. */
  private static final long FIRST_LIVE = 288;

  private static final UnaryOperator<OnlineStore> HONEST = store -> store;

  @TempDir Path folder;
  private TestProject definitions;

  /** What was asked of whom, by the answers' ids. */
  private final Map<String, Asked> asked = new LinkedHashMap<>();

  /** What was turned, by the rows' ids; in step 0 what is history. */
  private final Map<String, Turn> turns = new LinkedHashMap<>();

  private record Asked(int step, String tap, long q) {}

  private record Turn(int step, String tap, long at) {}

  @BeforeEach
  void write() {
    definitions = TapsProject.write(folder);
    for (String line : TapsProject.history().lines().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      turns.put(cells[0], new Turn(0, cells[2], TapsProject.micros(cells[1])));
    }
  }

  /** Serves and takes rows by turns, then replays all answers. */
  private Answer parity(
      Function<LiveGraph, LiveUpdater> updater, UnaryOperator<OnlineStore> readings) {
    OpenProject project = new OpenProject(TapsProject.workspace(definitions), CLOCK);
    try (ProjectOperations operations = new ProjectOperations(project)) {
      TapsProject.train(operations, definitions);
      try (LiveStore live = LiveStore.open(project, ClockMode.REPLAY, updater, Progress.SILENT)) {
        serve(new LiveServing(project, live, readings.apply(live.store())));
        new LakeFlush(project.lake(), live.store()).run();
      }
      return operations.parity(new Parity(0, 1), Progress.SILENT);
    }
  }

  private void serve(LiveServing serving) {
    Predictor model = serving.model(MODEL + "@1");
    Intake source = serving.source(SOURCE);
    SplittableRandom random = new SplittableRandom(7);
    for (int step = 1; step <= STEPS; step++) {
      long now = LIVE + step * STEP;
      List<String> ids = model.predict(TapsProject.questions("q" + step), now).ids();
      for (int tap = 0; tap < TAPS.size(); tap++) {
        asked.put(ids.get(tap), new Asked(step, TAPS.get(tap), now));
      }
      Rows rows = Rows.of(COLUMNS);
      for (int i = 0; i < ROWS_A_STEP; i++) {
        // Up to an hour late, now and then of the step to come; many of one moment.
        long at = now + STEP - random.nextInt(14) * STEP;
        String tap = TAPS.get(random.nextInt(3));
        turns.put(step + "/" + i, new Turn(step, tap, at));
        rows.row(step + "/" + i, at, tap, random.nextLong(1000));
      }
      assertThat(source.push(RawRows.pushed(rows.batch()).seenAt(now)).accepted())
          .isEqualTo(ROWS_A_STEP);
    }
  }

  /** The answers that the row has a part in. */
  private Set<String> answersWith(String row) {
    Turn turn = Objects.requireNonNull(turns.get(row));
    return asked.entrySet().stream()
        .filter(
            answer ->
                answer.getValue().tap().equals(turn.tap())
                    && answer.getValue().step() > turn.step()
                    && answer.getValue().q() > turn.at())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static List<Object> column(Answer answer, String table, int column) {
    return TapsProject.table(answer, table).stream().map(row -> row.get(column)).toList();
  }

  private static void fails(Answer answer, int different) {
    assertThat(answer.failure()).isNotNull();
    assertThat(answer.failure().code()).isEqualTo(ErrorCode.PARITY_FAILED);
    assertThat(answer.failure().code().kind().exitCode()).isOne();
    assertThat(answer.failure().what()).startsWith(different + " of " + STEPS * TAPS.size());
    List<Object> model = TapsProject.table(answer, "parity").get(0);
    assertThat(model.get(1)).isEqualTo(STEPS * TAPS.size());
    assertThat(model.get(2)).isEqualTo(STEPS * TAPS.size() - different);
    assertThat((Double) model.get(3)).isLessThan(1.0);
  }

  @Test
  void all_answers_are_equal_without_a_fault() {
    Answer answer = parity(ViewUpdater::new, HONEST);
    assertThat(answer.failure()).isNull();
    assertThat(TapsProject.table(answer, "parity"))
        .singleElement()
        .satisfies(
            model -> {
              assertThat(model.subList(0, 5)).isEqualTo(List.of(MODEL, 360, 360, 1.0, 1800L));
              assertThat((Double) model.get(5)).isBetween(0.9, 1.0);
            });
    assertThat(TapsProject.table(answer, "mismatches")).isEmpty();
  }

  @Test
  void a_row_applied_twice_is_named_in_every_answer_it_is_in() {
    String row = "112/1";
    Answer answer = parity(graph -> Faults.twice(graph, row), HONEST);
    Set<String> touched = answersWith(row);
    assertThat(touched).hasSizeBetween(5, 20);
    fails(answer, touched.size());
    assertThat(column(answer, "mismatches", 0)).hasSameElementsAs(touched);
    assertThat(column(answer, "mismatches", 7)).containsOnly(Cause.ROW_TWICE.name());
    assertThat(column(answer, "rows", 2)).containsOnly(row);
  }

  @Test
  void a_lost_row_is_named_in_every_answer_it_is_missing_from() {
    String row = "112/1";
    Answer answer = parity(graph -> Faults.lost(graph, row), HONEST);
    Set<String> touched = answersWith(row);
    fails(answer, touched.size());
    assertThat(column(answer, "mismatches", 0)).hasSameElementsAs(touched);
    assertThat(column(answer, "mismatches", 7)).containsOnly(Cause.ROW_LOST.name());
    assertThat(column(answer, "rows", 2)).containsOnly(row);
  }

  @Test
  void a_read_before_apply_is_told_by_the_rows_of_the_commit_it_missed() {
    Answer answer = parity(graph -> Faults.late(graph, FIRST_LIVE), HONEST);
    Set<String> touched = new LinkedHashSet<>();
    turns.forEach(
        (row, turn) ->
            answersWith(row).stream()
                .filter(id -> turn.step() > 0)
                .filter(id -> Objects.requireNonNull(asked.get(id)).step() == turn.step() + 1)
                .forEach(touched::add));
    fails(answer, touched.size());
    assertThat(touched).containsAll(strings(column(answer, "mismatches", 0)));
    assertThat(column(answer, "mismatches", 7)).containsOnly(Cause.READ_TOO_EARLY.name());
    for (List<Object> named : TapsProject.table(answer, "rows")) {
      Asked question = Objects.requireNonNull(asked.get((String) named.get(0)));
      Turn turn = Objects.requireNonNull(turns.get((String) named.get(2)));
      assertThat(turn.step()).isEqualTo(question.step() - 1);
      assertThat(turn.tap()).isEqualTo(question.tap());
    }
  }

  @Test
  void a_window_s_edge_that_is_off_by_one_is_told_by_the_rows_on_the_edge() {
    Answer answer = parity(Faults::offByOne, HONEST);
    Set<String> touched = new LinkedHashSet<>();
    turns
        .values()
        .forEach(
            turn ->
                asked.forEach(
                    (id, question) -> {
                      if (turn.at() % HOUR == 0
                          && question.tap().equals(turn.tap())
                          && question.step() > turn.step()
                          && EDGES.contains(question.q() - turn.at())) {
                        touched.add(id);
                      }
                    }));
    fails(answer, touched.size());
    assertThat(touched).containsAll(strings(column(answer, "mismatches", 0)));
    assertThat(column(answer, "mismatches", 7))
        .hasSize(Math.min(touched.size(), ParityReport.MOST_MISMATCHES))
        .containsOnly(Cause.WINDOW_EDGE.name());
    for (List<Object> named : TapsProject.table(answer, "rows")) {
      Asked question = Objects.requireNonNull(asked.get((String) named.get(0)));
      Turn turn = Objects.requireNonNull(turns.get((String) named.get(2)));
      assertThat(turn.tap()).isEqualTo(question.tap());
      assertThat(question.q() - turn.at()).isIn(EDGES);
    }
  }

  /** The turns of the question's tap that it sees, within a day. */
  private List<Turn> seenBy(Asked question) {
    return turns.values().stream()
        .filter(turn -> turn.tap().equals(question.tap()) && turn.step() < question.step())
        .filter(turn -> turn.at() < question.q() && turn.at() >= question.q() - 24 * HOUR)
        .toList();
  }

  /** Whether the last turn it sees was pushed with another of its moment. */
  private boolean isTied(Asked question) {
    List<Turn> seen = seenBy(question);
    long newest = seen.stream().mapToLong(Turn::at).max().orElseThrow();
    List<Turn> last = seen.stream().filter(turn -> turn.at() == newest).toList();
    int step = last.get(last.size() - 1).step();
    return step > 0 && last.stream().filter(turn -> turn.step() == step).count() > 1;
  }

  @Test
  void rows_of_one_moment_in_another_order_are_told_by_their_tie() {
    Answer answer = parity(graph -> Faults.reversed(graph, FIRST_LIVE), HONEST);
    Set<String> touched =
        asked.entrySet().stream()
            .filter(question -> isTied(question.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    assertThat(touched).hasSizeBetween(1, ParityReport.MOST_MISMATCHES);
    fails(answer, touched.size());
    assertThat(column(answer, "mismatches", 0)).hasSameElementsAs(touched);
    assertThat(column(answer, "mismatches", 4)).containsOnly("last_24h");
    assertThat(column(answer, "mismatches", 7)).containsOnly(Cause.TIE.name());
    for (List<Object> named : TapsProject.table(answer, "rows")) {
      Asked question = Objects.requireNonNull(asked.get((String) named.get(0)));
      Turn turn = Objects.requireNonNull(turns.get((String) named.get(2)));
      assertThat(turn.tap()).isEqualTo(question.tap());
      assertThat(turn.at())
          .isEqualTo(seenBy(question).stream().mapToLong(Turn::at).max().orElseThrow());
    }
  }

  @Test
  void a_state_that_forgot_too_soon_is_told_by_the_oldest_rows_it_let_go() {
    Answer answer = parity(graph -> Faults.forgetful(graph, "60/0"), HONEST);
    long forgot = LIVE + 60 * STEP;
    assertThat(answer.failure()).isNotNull();
    assertThat(column(answer, "mismatches", 7))
        .hasSize(ParityReport.MOST_MISMATCHES)
        .containsOnly(Cause.RETENTION.name());
    assertThat(column(answer, "mismatches", 4)).containsOnly("turns_24h");
    for (List<Object> mismatch : TapsProject.table(answer, "mismatches")) {
      Asked question = Objects.requireNonNull(asked.get((String) mismatch.get(0)));
      assertThat(question.q()).isBetween(forgot + 1, forgot + Faults.FORGETS_AHEAD);
      List<Object> first =
          TapsProject.table(answer, "rows").stream()
              .filter(row -> row.get(0).equals(mismatch.get(0)))
              .findFirst()
              .orElseThrow();
      assertThat(first.get(4))
          .isEqualTo(seenBy(question).stream().mapToLong(Turn::at).min().orElseThrow());
    }
  }

  @Test
  void a_logged_position_that_is_too_low_is_told_by_the_row_it_leaves_out() {
    Answer answer = parity(ViewUpdater::new, store -> Faults.claiming(store, next -> next - 1));
    assertThat(answer.failure()).isNotNull();
    assertThat(column(answer, "mismatches", 7)).containsOnly(Cause.POSITION_TOO_LOW.name());
    for (List<Object> named : TapsProject.table(answer, "rows")) {
      Asked question = Objects.requireNonNull(asked.get((String) named.get(0)));
      int before = question.step() - 1;
      assertThat(named.get(2))
          .isEqualTo(before == 0 ? "h" + (FIRST_LIVE - 1) : before + "/" + (ROWS_A_STEP - 1));
    }
  }

  @Test
  void a_logged_position_that_is_too_high_is_told_by_the_row_it_takes_in() {
    Answer answer = parity(ViewUpdater::new, store -> Faults.claiming(store, next -> next + 1));
    assertThat(answer.failure()).isNotNull();
    assertThat(column(answer, "mismatches", 7)).containsOnly(Cause.READ_TOO_EARLY.name());
    for (List<Object> named : TapsProject.table(answer, "rows")) {
      Asked question = Objects.requireNonNull(asked.get((String) named.get(0)));
      assertThat(named.get(2)).isEqualTo(question.step() + "/0");
    }
  }

  @Test
  void a_replay_of_no_answer_fails() {
    OpenProject project = new OpenProject(TapsProject.workspace(definitions), CLOCK);
    try (ProjectOperations operations = new ProjectOperations(project)) {
      TapsProject.train(operations, definitions);
      Answer answer = operations.parity(new Parity(1_000, 1), Progress.SILENT);
      assertThat(answer.failure()).isNotNull();
      assertThat(answer.failure().code()).isEqualTo(ErrorCode.PARITY_FAILED);
      assertThat(answer.failure().code().kind().exitCode()).isOne();
    }
  }

  private static List<String> strings(List<Object> values) {
    List<String> strings = new ArrayList<>();
    values.forEach(value -> strings.add((String) value));
    return strings;
  }
}
