package dev.penstock.platform.run;

import static dev.penstock.platform.TapsProject.CLOCK;
import static dev.penstock.platform.TapsProject.LIVE;
import static dev.penstock.platform.TapsProject.MODEL;
import static dev.penstock.platform.TapsProject.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.LakeTable;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Parity;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.feedback.PredictionTable;
import dev.penstock.platform.registry.ModelVersion.Stage;
import dev.penstock.source.ClockMode;
import dev.penstock.testkit.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What parity says of a log that holds more than the answers of today's definition, once each. */
class ParityOfLogTest {
  private static final long HOUR = 3_600_000_000L;
  private static final int FEATURES = 5;

  @TempDir Path folder;
  private TestProject definitions;
  private OpenProject project;
  private ProjectOperations operations;

  @BeforeEach
  void train() {
    definitions = TapsProject.write(folder);
    open();
    TapsProject.train(operations, definitions);
  }

  @AfterEach
  void close() {
    operations.close();
  }

  private void open() {
    project = new OpenProject(TapsProject.workspace(definitions), CLOCK);
    operations = new ProjectOperations(project);
  }

  /** Asks about every tap, one question each, and has the answers logged in the lake. */
  private void ask(long q) {
    operations
        .serving(ClockMode.REPLAY)
        .model(MODEL + "@1")
        .predict(TapsProject.questions("q" + q), q);
    operations.close();
    open();
  }

  private void addFeature() throws IOException {
    Path file = folder.resolve("taps.yaml");
    String last = "  - last(litres) as last over 24h\n";
    Files.writeString(
        file, Files.readString(file).replace(last, last + "  - max(litres) as most over 24h\n"));
    operations.close();
    open();
    operations.apply(Progress.SILENT);
  }

  private LakeTable log() {
    return project.lake().table(PredictionTable.name(MODEL));
  }

  private Batch logged() {
    try (BatchReader rows = log().scan().open()) {
      List<Batch> batches = new ArrayList<>();
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        batches.add(batch);
      }
      return Batch.concat(rows.schema(), batches);
    }
  }

  private void append(String batchId, Batch rows) {
    log().write().batchId(batchId).append(BatchReader.of(rows.schema(), List.of(rows)));
  }

  private Answer parity() {
    return operations.parity(new Parity(0, 1), Progress.SILENT);
  }

  private static PenstockException failure(Answer answer) {
    assertThat(answer.failure()).isNotNull();
    assertThat(answer.failure().code()).isEqualTo(ErrorCode.PARITY_FAILED);
    return answer.failure();
  }

  @Test
  void answers_of_another_definition_are_counted_and_not_replayed() throws IOException {
    ask(LIVE + HOUR);
    addFeature();
    ask(LIVE + 2 * HOUR);

    Answer answer = done(parity());

    assertThat(TapsProject.table(answer, "parity"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.subList(0, 5))
                  .isEqualTo(List.of(MODEL, 3, 3, 1.0, 3L * (FEATURES + 1)));
              assertThat((Double) row.get(5)).isGreaterThan(0.5);
            });
    assertThat(TapsProject.table(answer, "not_replayed"))
        .containsExactly(List.of(MODEL, 3, "VERSION"));
  }

  @Test
  void parity_fails_when_all_that_was_answered_was_answered_by_another_definition()
      throws IOException {
    ask(LIVE + HOUR);
    addFeature();

    Answer answer = parity();

    assertThat(failure(answer).what()).contains(MODEL, "3 answers", "another definition");
    assertThat(TapsProject.table(answer, "not_replayed"))
        .containsExactly(List.of(MODEL, 3, "VERSION"));
  }

  @Test
  void a_log_without_a_feature_that_was_added_since_is_read_as_nulls() throws IOException {
    project.registry().models().stage(MODEL, 1, Stage.CHAMPION);
    ask(LIVE + HOUR);
    addFeature();

    done(operations.feedback(MODEL, Progress.SILENT));
    parity();

    assertThat(report()).contains("no served answer was replayed");
  }

  private String report() throws IOException {
    done(operations.report(folder.resolve("report"), Progress.SILENT));
    return Files.readString(folder.resolve("report/report.txt"));
  }

  @Test
  void the_report_shows_the_latest_check_and_what_was_served_since() throws IOException {
    project.registry().models().stage(MODEL, 1, Stage.CHAMPION);
    ask(LIVE + HOUR);
    assertThat(report()).doesNotContain("Parity");

    done(parity());
    assertThat(report())
        .contains("All 3 replayed answers came out the same")
        .containsPattern("Z +3 +3 .* 0\n");

    ask(LIVE + 2 * HOUR);
    assertThat(report()).containsPattern("Z +3 +3 .* 3\n");
  }

  @Test
  void an_answer_that_was_logged_twice_counts_once() {
    ask(LIVE + HOUR);
    append("again", logged());

    assertThat(TapsProject.table(done(parity()), "parity").get(0).get(1)).isEqualTo(3);
  }

  @Test
  void rows_of_one_id_that_say_different_things_are_all_compared() {
    ask(LIVE + HOUR);
    Batch rows = logged();
    List<Column> columns = new ArrayList<>(rows.columns());
    int at = rows.schema().require("flow__litres_24h");
    long[] litres = ((LongColumn) rows.column(at)).values().clone();
    litres[1]++;
    columns.set(at, new LongColumn(Scalar.INT64, litres, null));
    append("changed", new Batch(rows.schema(), columns));

    Answer answer = parity();

    assertThat(failure(answer).what()).startsWith("1 of 4");
    assertThat(TapsProject.table(answer, "parity").get(0).subList(1, 3)).containsExactly(4, 3);
    assertThat(TapsProject.table(answer, "mismatches")).hasSize(1);
  }

  @Test
  void an_answer_without_a_position_of_a_source_saw_none_of_it() {
    ask(LIVE + HOUR);
    Batch rows = logged();
    List<Column> columns = new ArrayList<>(rows.columns());
    Object[] positions = {"", "elsewhere=0:7", "elsewhere=0:7 " + TapsProject.SOURCE + "=0:288"};
    columns.set(
        rows.schema().require(PredictionTable.POSITIONS),
        new ObjectColumn(Scalar.STRING, positions));
    columns.set(
        rows.schema().require(PredictionTable.STATUSES),
        new ObjectColumn(Scalar.STRING, new Object[] {"", "?", "PPPPP"}));
    append("odd", new Batch(rows.schema(), columns));

    assertThat(failure(parity()).what()).contains(" of 6 ");
  }

  @Test
  void a_model_whose_log_is_empty_fails_beside_one_that_is_equal() throws IOException {
    ask(LIVE + HOUR);
    definitions.file(
        "drought.yaml",
        """
        model: drought
        owner: water@example.com
        dataset: floods
        trainer: xgboost
        features: all
        parameters: {max_depth: 2, rounds: 2}
        """);
    project.lake().create(PredictionTable.name("drought"), logged().schema());
    operations.close();
    open();
    operations.apply(Progress.SILENT);

    Answer answer = parity();

    assertThat(failure(answer).what()).contains("drought").doesNotContain("flood ");
    assertThat(TapsProject.table(answer, "parity").get(0).subList(0, 3))
        .isEqualTo(Arrays.asList("drought", 0, 0));
  }

  @Test
  void answers_without_a_single_value_show_nothing() {
    Batch nobody = Rows.of(TapsProject.QUESTION).row("n", "no such tap").batch();
    operations.serving(ClockMode.REPLAY).model(MODEL + "@1").predict(nobody, LIVE + HOUR);

    Answer answer = parity();

    assertThat(failure(answer).what()).contains(MODEL, "PRESENT");
    assertThat(TapsProject.table(answer, "parity"))
        .containsExactly(List.of(MODEL, 1, 1, 1.0, (long) FEATURES, 0.0));
  }
}
