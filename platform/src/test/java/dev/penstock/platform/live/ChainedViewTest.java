package dev.penstock.platform.live;

import static dev.penstock.platform.TapsProject.CLOCK;
import static dev.penstock.platform.TapsProject.COLUMNS;
import static dev.penstock.platform.TapsProject.DATASET;
import static dev.penstock.platform.TapsProject.LIVE;
import static dev.penstock.platform.TapsProject.MODEL;
import static dev.penstock.platform.TapsProject.SOURCE;
import static dev.penstock.platform.TapsProject.done;
import static dev.penstock.platform.TapsProject.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.offline.PointInTime;
import dev.penstock.offline.PointInTime.Visible;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.Lookup;
import dev.penstock.platform.command.Operations.Parity;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.CompiledService;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.run.ProjectOperations;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view of another view's values, from the definition to parity. */
class ChainedViewTest {
  private static final long MINUTE = 60_000_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final String SURGES =
      """
      feature_view: surges
      owner: water@example.com
      entity: tap
      source: flow
      features:
        - max(litres_1h) as most over 24h
        - sum(litres_24h) as total over 24h
        - count() as turns over 24h
      """;

  @TempDir Path folder;
  private TestProject definitions;
  private OpenProject project;
  private ProjectOperations operations;

  @BeforeEach
  void begin() {
    definitions =
        TapsProject.write(folder)
            .file("surges.yaml", SURGES)
            .change("taps.yaml", "features: [flow]", "features: [flow, surges]");
    open();
  }

  @AfterEach
  void close() {
    operations.close();
  }

  private void open() {
    if (operations != null) {
      operations.close();
    }
    project = new OpenProject(TapsProject.workspace(definitions), CLOCK);
    operations = new ProjectOperations(project);
  }

  private void history() {
    operations.apply(Progress.SILENT);
    done(TapsProject.ingest(operations, definitions, "history.csv"));
  }

  private void push(String id, long at, long seen, long litres) {
    operations
        .serving(ClockMode.REPLAY)
        .source(SOURCE)
        .push(RawRows.pushed(Rows.of(COLUMNS).row(id, at, "z", litres).batch()).seenAt(seen));
  }

  private static Batch tap() {
    return Rows.of(Schema.of(Field.of("tap", Scalar.STRING))).row("z").batch();
  }

  /** What the chained view says of the tap that no history knows. */
  private List<Object> served(long q) {
    return surges(
        operations
            .serving(ClockMode.REPLAY)
            .features(new FeatureSelection.Service("flows"))
            .read(tap(), q)
            .columns());
  }

  private List<Object> replayed(long q) {
    return surges(history(Visible.AS_SEEN, q));
  }

  private List<FeatureColumn> history(Visible visible, long q) {
    CompiledService service = project.compiled().service("flows");
    return PointInTime.of(service.service(), project.inputs(project.compiled().views().values()))
        .seen(visible)
        .read(tap(), new long[] {q});
  }

  private static List<Object> surges(List<FeatureColumn> columns) {
    List<Object> values = new ArrayList<>();
    for (FeatureColumn column : columns) {
      if (column.name().startsWith("surges__")) {
        values.add(column.values().value(0));
      }
    }
    return values;
  }

  @Test
  void pushed_rows_reach_the_chained_view_in_their_commit_and_history_says_the_same() {
    history();
    push("z0", LIVE + MINUTE, LIVE + MINUTE, 10);
    push("z1", LIVE + 2 * MINUTE, LIVE + 2 * MINUTE, 20);
    push("z2", LIVE + 3 * HOUR, LIVE + 3 * HOUR, 5);
    assertThat(served(LIVE + 4 * HOUR)).containsExactly(30L, 75L, 3L);
    // Between the first two, and known late: it makes a derived row and changes none.
    push("z3", LIVE + MINUTE + 1, LIVE + 5 * HOUR, 100);
    assertThat(served(LIVE + 6 * HOUR)).containsExactly(110L, 185L, 4L);

    open();
    assertThat(served(LIVE + 6 * HOUR)).containsExactly(110L, 185L, 4L);
    push("z4", LIVE + 2 * MINUTE + 1, LIVE + 6 * HOUR, 1);
    assertThat(served(LIVE + 7 * HOUR)).containsExactly(131L, 316L, 5L);

    open();
    assertThat(replayed(LIVE + 4 * HOUR)).containsExactly(30L, 75L, 3L);
    assertThat(replayed(LIVE + 6 * HOUR)).containsExactly(110L, 185L, 4L);
    assertThat(replayed(LIVE + 7 * HOUR)).containsExactly(131L, 316L, 5L);
  }

  @Test
  void view_chained_to_one_that_is_live_is_filled_with_all_there_was() {
    definitions = TapsProject.write(folder.resolve("plain"));
    open();
    history();
    push("z0", LIVE + MINUTE, LIVE + MINUTE, 10);
    push("z1", LIVE + MINUTE - 1, LIVE + MINUTE, 20);
    definitions
        .file("surges.yaml", SURGES)
        .change("taps.yaml", "features: [flow]", "features: [flow, surges]");
    open();
    operations.apply(Progress.SILENT);
    assertThat(served(LIVE + HOUR)).containsExactly(20L, 30L, 2L);
    push("z2", LIVE + 2 * MINUTE, LIVE + 2 * HOUR, 1);
    assertThat(served(LIVE + 3 * HOUR)).containsExactly(31L, 61L, 3L);
  }

  /** History comes newest first, and is known so late that live rows are known before it. */
  @Test
  void what_was_answered_is_replayed_to_the_bit() {
    List<String> lines = new ArrayList<>(TapsProject.history().lines().toList());
    Collections.reverse(lines.subList(1, lines.size()));
    definitions
        .file("history.csv", String.join("\n", lines) + "\n")
        .change("taps.yaml", "event_time: at\n", "event_time: at\nseen: {lag: 6h}\n");
    open();
    TapsProject.train(operations, definitions);
    for (int turn = 1; turn < 6; turn++) {
      long now = LIVE + turn * HOUR;
      operations
          .serving(ClockMode.REPLAY)
          .source(SOURCE)
          .push(
              RawRows.pushed(
                      Rows.of(COLUMNS)
                          .row("n" + turn, now - turn * MINUTE, "a", 10L * turn)
                          .row("m" + turn, now - 2 * HOUR, "a", 7L)
                          .row("o" + turn, now - 3 * HOUR, "b", 700L)
                          .batch())
                  .seenAt(now));
      operations
          .serving(ClockMode.REPLAY)
          .model(MODEL + "@1")
          .predict(TapsProject.questions("q" + turn), now + MINUTE);
      open();
    }
    Answer answer = done(operations.parity(new Parity(0, 1), Progress.SILENT));
    assertThat(table(answer, "parity"))
        .singleElement()
        .satisfies(row -> assertThat(row.subList(1, 4)).isEqualTo(List.of(15, 15, 1.0)));
  }

  @Test
  void rows_behind_a_value_are_those_of_the_derived_log_that_were_known() {
    history();
    push("z0", LIVE + MINUTE, LIVE + MINUTE, 10);
    push("z1", LIVE + 2 * MINUTE, LIVE + 2 * MINUTE, 20);
    push("z2", LIVE + 3 * MINUTE, LIVE + 5 * HOUR, 100);
    open();
    Answer answer =
        done(
            operations.explain(
                new Lookup(
                    new FeatureSelection.Service("flows"),
                    List.of(new Assignment("tap", "z")),
                    LIVE + 4 * HOUR)));
    assertThat(table(answer, "rows_of_surges"))
        .extracting(row -> row.get(3))
        .containsExactly("z1", "z0");
  }

  @Test
  void rows_as_they_happened_are_refused_and_left_out_of_the_leakage_report() {
    history();
    assertThatThrownBy(() -> history(Visible.AS_HAPPENED, LIVE))
        .hasMessageContaining("view 'surges' reads the values of 'flow'");
    assertThat(done(operations.buildDataset(DATASET, null, Progress.SILENT)).parts().toString())
        .contains("leakage: left out are surges__most_24h, surges__total_24h, surges__turns_24h");
    definitions.change(
        "taps.yaml", "label: {name: flood", "mode: as_happened\nlabel: {name: flood");
    open();
    assertThatThrownBy(() -> project.compiled())
        .hasMessageContaining("as_happened is asked of surges");
  }

  @Test
  void change_of_the_upstream_makes_the_chained_view_another() {
    operations.apply(Progress.SILENT);
    definitions.change(
        "taps.yaml", "sum(litres) as litres over 1h", "sum(litres + 1) as litres over 1h");
    open();
    assertThat(table(operations.plan(), "changes").toString())
        .contains("surges", "builds on flow, which changed");
  }
}
