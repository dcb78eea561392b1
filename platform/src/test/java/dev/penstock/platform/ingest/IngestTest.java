package dev.penstock.platform.ingest;

import static dev.penstock.platform.TapsProject.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.SystemColumns;
import dev.penstock.format.BatchReader;
import dev.penstock.format.InputFile;
import dev.penstock.lake.LakeTable;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Gc;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.registry.Registry;
import dev.penstock.platform.run.ProjectOperations;
import dev.penstock.source.QuarantineReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files taken in as history: written, audited, and only then published. */
class IngestTest {
  private static final String HEADER = "id,at,tap,litres\n";

  @TempDir Path folder;
  private TestProject definitions;
  private OpenProject project;
  private ProjectOperations operations;

  @BeforeEach
  void apply() {
    apply(TapsProject.write(folder));
  }

  private void apply(TestProject written) {
    definitions = written;
    project = new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK);
    operations = new ProjectOperations(project);
    operations.apply(Progress.SILENT);
  }

  @AfterEach
  void close() {
    operations.close();
  }

  private Answer ingest(String file, String... rows) {
    definitions.file(file, HEADER + String.join("\n", rows) + "\n");
    return TapsProject.ingest(operations, definitions, file);
  }

  /** Rows, accepted, quarantined, duplicates, checks, outcome. */
  private static List<Object> counts(Answer answer) {
    List<Object> file = TapsProject.table(answer, "files").get(0);
    return file.subList(1, file.size());
  }

  private LakeTable log() {
    return project.table(SOURCE);
  }

  private static List<Object> column(LakeTable table, String name) {
    List<Object> values = new ArrayList<>();
    try (BatchReader rows = table.scan().columns(List.of(name)).open()) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          values.add(batch.column(name).value(row));
        }
      }
    }
    return values;
  }

  private List<Object> quarantined(String column) {
    return project.lake().exists(SourceTables.quarantineName(SOURCE))
        ? column(SourceTables.quarantine(project.lake(), SOURCE), column)
        : List.of();
  }

  private static void heldBack(Answer answer) {
    assertThat(answer.failure()).isNotNull();
    assertThat(answer.failure().code()).isEqualTo(ErrorCode.CHECK_FAILED);
    assertThat(answer.failure().code().kind().exitCode()).isOne();
  }

  @Test
  void positions_go_on_from_file_to_file_without_a_gap() {
    TapsProject.ingest(operations, definitions, "history.csv");
    ingest("more.csv", "m0,2001-01-03T00:00:00Z,a,1", "m1,2001-01-01T00:00:00Z,a,1");
    assertThat(column(log(), SystemColumns.OFFSET))
        .containsExactlyElementsOf(LongStream.range(0, 290).boxed().toList());
    assertThat(SourceTables.positions(log()).next(0)).isEqualTo(290);
  }

  @Test
  void what_a_crash_left_of_a_file_that_was_not_published_is_dropped() {
    TapsProject.ingest(operations, definitions, "history.csv");
    for (String batch : List.of("file-lost", "file-landed")) {
      log().write().toBranch("ingest-" + batch).batchId(batch).append(log().scan().open());
      SourceTables.quarantine(project.lake(), SOURCE)
          .write()
          .toBranch("ingest-" + batch)
          .batchId(batch)
          .append(BatchReader.of(SourceTables.QUARANTINE_SCHEMA, List.of()));
    }
    log().write().batchId("file-landed").append(log().scan().open());
    log().branch("somebodys", log().currentSnapshot().orElseThrow());

    operations.gc(new Gc(Gc.Intent.DRY_RUN, null), Progress.SILENT);

    assertThat(log().branches()).containsOnlyKeys("main", "somebodys");
    assertThat(SourceTables.quarantine(project.lake(), SOURCE).branches())
        .containsOnlyKeys("ingest-file-landed");
  }

  @Test
  void a_file_that_fails_a_check_leaves_nothing_behind() {
    TapsProject.ingest(operations, definitions, "history.csv");
    long before = log().currentSnapshot().getAsLong();
    Answer answer =
        ingest("flood.csv", "f0,2001-01-03T00:00:00Z,a,5000", "f1,2001-01-03T00:00:00Z,a,-1");
    heldBack(answer);
    assertThat(counts(answer)).containsExactly(2L, 0L, 1L, 0L, "1 of 2 passed", "held back");
    assertThat(TapsProject.table(answer, "failed_checks"))
        .singleElement()
        .satisfies(check -> assertThat(check.get(0)).isEqualTo("mean(litres) <= 600"));
    assertThat(log().currentSnapshot().getAsLong()).isEqualTo(before);
    assertThat(log().branches()).containsOnlyKeys(LakeTable.MAIN);
    assertThat(SourceTables.positions(log()).next(0)).isEqualTo(288);
    assertThat(quarantined("id")).isEmpty();
  }

  @Test
  void a_file_that_was_held_back_is_taken_once_it_is_mended() {
    heldBack(ingest("flood.csv", "f0,2001-01-03T00:00:00Z,a,5000"));
    Answer mended = ingest("flood.csv", "f0,2001-01-03T00:00:00Z,a,500");
    assertThat(mended.failure()).isNull();
    assertThat(column(log(), "litres")).containsExactly(500L);
    assertThat(column(log(), SystemColumns.OFFSET)).containsExactly(0L);
  }

  @Test
  void a_file_without_a_row_that_counts_fails_a_check_of_its_rows() {
    heldBack(ingest("bad.csv", "f0,2001-01-03T00:00:00Z,a,-1"));
    assertThat(log().currentSnapshot()).isEmpty();
  }

  @Test
  void the_same_file_again_adds_nothing() {
    Answer first = TapsProject.ingest(operations, definitions, "history.csv");
    assertThat(counts(first)).containsExactly(288L, 288L, 0L, 0L, "2 of 2 passed", "published");
    long snapshot = log().currentSnapshot().getAsLong();
    Answer again = TapsProject.ingest(operations, definitions, "history.csv");
    assertThat(again.failure()).isNull();
    assertThat(counts(again)).last().isEqualTo("was taken in before");
    assertThat(log().currentSnapshot().getAsLong()).isEqualTo(snapshot);
  }

  @Test
  void the_same_content_under_another_name_adds_nothing() {
    TapsProject.ingest(operations, definitions, "history.csv");
    definitions.file("copy.csv", TapsProject.history());
    assertThat(counts(TapsProject.ingest(operations, definitions, "copy.csv")))
        .last()
        .isEqualTo("was taken in before");
    assertThat(column(log(), SystemColumns.ID)).hasSize(288);
  }

  @Test
  void a_row_that_comes_again_is_a_duplicate_and_with_other_content_is_refused() {
    ingest("one.csv", "x,2001-01-03T00:00:00Z,a,1", "y,2001-01-03T00:00:00Z,a,1");
    Answer two =
        ingest(
            "two.csv",
            "y,2001-01-03T00:00:00Z,a,1",
            "x,2001-01-03T00:00:00Z,a,2",
            "z,2001-01-03T00:00:00Z,b,3",
            "z,2001-01-03T00:00:00Z,b,3");
    assertThat(counts(two)).containsExactly(4L, 1L, 1L, 2L, "2 of 2 passed", "published");
    assertThat(column(log(), SystemColumns.ID)).containsExactly("x", "y", "z");
    assertThat(quarantined("reason")).containsExactly(QuarantineReason.ID_REUSED.name());
  }

  @Test
  void refused_rows_are_kept_with_their_reason_and_place() {
    Answer answer =
        ingest(
            "mixed.csv",
            "x,2001-01-03T00:00:00Z,a,1",
            "y,2001-01-03T00:00:00Z,a,-1",
            "z,2001-03-03T00:00:00Z,a,1",
            "w,2001-01-03T00:00:00Z,,1");
    assertThat(answer.failure()).isNull();
    assertThat(column(log(), SystemColumns.ID)).containsExactly("x");
    assertThat(quarantined("id")).containsExactly("y", "z", "w");
    assertThat(quarantined("reason"))
        .containsExactly(
            QuarantineReason.RULE_FAILED.name(),
            QuarantineReason.FUTURE_EVENT_TIME.name(),
            QuarantineReason.NULL_VALUE.name());
    assertThat(quarantined("rule").get(0)).isEqualTo("not_negative");
    assertThat(quarantined("place")).containsExactly("mixed.csv#2", "mixed.csv#3", "mixed.csv#4");
  }

  @Test
  void a_crash_before_the_file_was_written_down_does_not_double_it() {
    TapsProject.ingest(operations, definitions, "history.csv");
    long snapshot = log().currentSnapshot().getAsLong();
    CompiledSource source = project.compiled().source(SOURCE);
    try (Registry forgetful = Registry.open(folder.resolve("forgetful.db"))) {
      FileResult result =
          new HistoryIngest(
                  Objects.requireNonNull(source.spec()),
                  source.checks(),
                  project.lake(),
                  forgetful.files(),
                  project.now())
              .ingest(InputFile.at(folder.resolve("history.csv")));
      assertThat(result.repeated()).isTrue();
      assertThat(result.accepted()).isEqualTo(288);
      assertThat(forgetful.files().of(SOURCE)).hasSize(1);
    }
    assertThat(log().currentSnapshot().getAsLong()).isEqualTo(snapshot);
  }

  @Test
  void a_file_whose_name_another_file_had_is_held_back_until_it_has_one_of_its_own()
      throws IOException {
    String definition = Files.readString(folder.resolve("taps.yaml"));
    definitions.file(
        "taps.yaml",
        definition
            .substring(0, definition.indexOf("---"))
            .replace("id: id\n", "")
            .replaceAll("(?s)checks:.*", ""));
    operations.close();
    apply(definitions);
    definitions.file("one/day.csv", HEADER + "1,2001-01-03T00:00:00Z,a,5\n");
    definitions.file("two/day.csv", HEADER + "2,2001-01-04T00:00:00Z,b,6\n");
    assertThat(TapsProject.ingest(operations, definitions, "one/day.csv").failure()).isNull();

    Answer answer = TapsProject.ingest(operations, definitions, "two/day.csv");

    heldBack(answer);
    assertThat(answer.failure().what()).contains("day.csv", "another file of that name");
    assertThat(counts(answer).get(5)).isEqualTo("held back");
    assertThat(quarantined("id")).isEmpty();
    Files.move(folder.resolve("two/day.csv"), folder.resolve("two/next.csv"));
    assertThat(TapsProject.ingest(operations, definitions, "two/next.csv").failure()).isNull();
    assertThat(column(log(), "litres")).containsExactly(5L, 6L);
  }

  @Test
  void files_after_one_that_was_held_back_are_not_begun() {
    definitions.file("flood.csv", HEADER + "f0,2001-01-03T00:00:00Z,a,5000\n");
    Answer answer =
        operations.ingest(
            new Ingest(
                SOURCE,
                List.of(folder.resolve("flood.csv"), folder.resolve("history.csv")),
                Ingest.Mode.HISTORY),
            Progress.SILENT);
    heldBack(answer);
    assertThat(TapsProject.table(answer, "files")).hasSize(1);
    assertThat(log().currentSnapshot()).isEmpty();
  }
}
