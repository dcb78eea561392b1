package dev.penstock.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Gc;
import dev.penstock.platform.command.Operations.Query;
import dev.penstock.platform.command.Operations.Query.Format;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.registry.LakeBranch;
import dev.penstock.platform.registry.LakeVersion;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of the lake and its maintenance, in a project with rows, a dataset and a model. */
class LakeVersionsTest {
  private static final String TURNS = TapsProject.SOURCE;
  private static final int PARTS = 9;
  private static final Gc EAGER = new Gc(Gc.Intent.RUN, Duration.ZERO);

  /** After any commit that the tests make. */
  private static final InstantSource LATER =
      InstantSource.fixed(Instant.parse("2090-01-01T00:00:00Z"));

  @TempDir Path folder;
  private TestProject definitions;
  private OpenProject project;
  private ProjectOperations operations;

  @BeforeEach
  void open() {
    definitions = TapsProject.write(folder);
    definitions.file(
        "penstock.yaml",
        """
        project: taps
        environments:
          local:
            maintenance: {snapshots: 1}
        """);
    List<String> lines = Arrays.asList(TapsProject.history().split("\n", -1));
    for (int part = 0; part < PARTS; part++) {
      List<String> rows = new ArrayList<>(List.of(lines.get(0)));
      for (int row = 1 + part; row <= 288; row += PARTS) {
        rows.add(lines.get(row));
      }
      definitions.file(file(part), String.join("\n", rows) + "\n");
    }
    project = new OpenProject(TapsProject.workspace(definitions), LATER);
    operations = new ProjectOperations(project);
    operations.apply(Progress.SILENT);
  }

  @AfterEach
  void close() {
    operations.close();
  }

  private static String file(int part) {
    return "part" + part + ".csv";
  }

  private void ingest(int from, int to) {
    for (int part = from; part < to; part++) {
      TapsProject.done(TapsProject.ingest(operations, definitions, file(part)));
    }
  }

  private LakeTable turns() {
    return project.lake().table(TURNS);
  }

  private long count(@Nullable String at) {
    Answer answer =
        operations.sql(new Query("SELECT count(*)::BIGINT AS n FROM turns", at, 1, null));
    return (Long) TapsProject.table(answer, "rows").get(0).get(0);
  }

  private static List<Object> row(Answer answer) {
    return TapsProject.table(answer, "tables").stream()
        .filter(row -> row.get(0).equals(TURNS))
        .findFirst()
        .orElseThrow();
  }

  private static String notes(Answer answer) {
    return answer.parts().toString();
  }

  @Test
  void a_dataset_is_not_built_again_because_files_were_rewritten() {
    ingest(0, PARTS);
    TapsProject.done(operations.buildDataset(TapsProject.DATASET, null, Progress.SILENT));

    Answer done = TapsProject.done(operations.gc(EAGER, Progress.SILENT));

    assertThat(row(done).subList(0, 3)).containsExactly(TURNS, 9L, 1L);
    assertThat((Long) row(done).get(3)).isPositive();
    assertThat((String) row(done).get(6)).contains("tag dataset-floods-");
    assertThat(turns().snapshots()).hasSize(2);
    assertThat(count(null)).isEqualTo(288);
    assertThat(notes(operations.buildDataset(TapsProject.DATASET, null, Progress.SILENT)))
        .contains("built already");
  }

  @Test
  void a_version_reads_as_it_was_until_it_is_dropped() {
    ingest(0, 5);
    operations.createVersion("five", "the first days");
    ingest(5, PARTS);

    assertThat(row(operations.diffVersions("five", "now")))
        .containsExactly(TURNS, 160L, 288L, 128L, 0L, 0L, "");
    Answer kept = operations.gc(EAGER, Progress.SILENT);
    assertThat(row(kept).get(6)).isEqualTo("version five");
    assertThat(count("five")).isEqualTo(160);
    assertThat(row(operations.diffVersions("five", "now")))
        .containsExactly(TURNS, 160L, 288L, 128L, 0L, 0L, "");

    operations.dropVersion("five");
    operations.gc(EAGER, Progress.SILENT);

    assertThat(turns().tags()).isEmpty();
    assertThat(turns().snapshots()).hasSize(1);
    assertThatThrownBy(() -> count("five")).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void versions_of_the_same_rows_do_not_differ_whatever_files_they_are_in() {
    ingest(0, PARTS);
    operations.createVersion("before", "");
    operations.gc(EAGER, Progress.SILENT);
    operations.createVersion("after", "");

    assertThat(TapsProject.table(operations.diffVersions("before", "after"), "tables")).isEmpty();
  }

  @Test
  void a_version_that_a_crash_cut_short_is_seen_by_nobody_and_finished_later() {
    ingest(0, 1);
    Map<String, @Nullable Long> snapshots = new HashMap<>();
    snapshots.put(TURNS, turns().currentSnapshot().orElseThrow());
    project
        .registry()
        .versions()
        .add(new LakeVersion("half", LakeVersion.State.MAKING, "", 1, snapshots));
    ingest(1, 3);
    assertThat(TapsProject.table(operations.listVersions(), "versions")).isEmpty();
    assertThatThrownBy(() -> count("half")).hasMessageContaining("NOT_FOUND");

    operations.gc(EAGER, Progress.SILENT);

    assertThat(count("half")).isEqualTo(32);
    assertThat(turns().tags()).containsKey("version-half");

    project.registry().versions().state("half", LakeVersion.State.DROPPING);
    operations.createVersion("whole", "");
    assertThat(turns().tags()).containsOnlyKeys("version-whole");
  }

  /** Adds a row to a branch, or to what is published, as if a program had. */
  private void append(String branch) {
    try (BatchReader rows = turns().scan().open()) {
      turns().write().toBranch(branch).append(BatchReader.of(rows.schema(), List.of(rows.next())));
    }
  }

  @Test
  void a_branch_is_merged_when_nothing_else_changed() {
    ingest(0, PARTS);
    operations.createVersion("all", "");
    operations.checkoutVersion("all", "fix");
    append("fix");
    assertThat(count("fix")).isGreaterThan(288);
    long merged = count("fix");
    // Rewritten files are no other rows.
    operations.gc(EAGER, Progress.SILENT);
    assertThat(turns().snapshot(Ref.current()).operation()).isEqualTo("replace");

    assertThat(notes(operations.mergeBranch("fix"))).contains("changes to 1 table");

    assertThat(count(null)).isEqualTo(merged);
    assertThat(turns().branches()).containsOnlyKeys(LakeTable.MAIN);
    assertThat(project.registry().versions().branches()).isEmpty();
  }

  @Test
  void a_branch_is_not_merged_over_rows_that_came_since() {
    ingest(0, 2);
    operations.createVersion("two", "");
    operations.checkoutVersion("two", "fix");
    append("fix");
    ingest(2, 3);

    assertThatThrownBy(() -> operations.mergeBranch("fix"))
        .isInstanceOfSatisfying(
            PenstockException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT_RETRY);
              assertThat(e.what()).contains(TURNS);
            });

    assertThat(count(null)).isEqualTo(96);
    assertThat(turns().branches()).containsKey("fix");
    // Nor will a later command go on with it.
    assertThat(project.registry().versions().branches())
        .extracting(LakeBranch::state)
        .containsExactly(LakeBranch.State.MADE);
  }

  @Test
  void a_merge_that_a_crash_cut_short_is_finished_by_the_next_command() {
    ingest(0, 2);
    operations.createVersion("two", "");
    operations.checkoutVersion("two", "fix");
    append("fix");
    long merged = count("fix");
    project.registry().versions().branchState("fix", LakeBranch.State.MERGING);

    operations.createVersion("three", "");

    assertThat(count("three")).isEqualTo(merged);
    assertThat(turns().branches()).containsOnlyKeys(LakeTable.MAIN);
  }

  @Test
  void a_branch_that_a_crash_cut_short_is_begun_by_the_next_command() {
    ingest(0, 1);
    long start = turns().currentSnapshot().orElseThrow();
    project
        .registry()
        .versions()
        .add(
            new LakeBranch(
                "work",
                LakeBranch.State.MAKING,
                "one",
                1,
                Map.of(TURNS, new LakeBranch.Start(start, start))));
    operations.gc(EAGER, Progress.SILENT);

    assertThat(turns().branches()).containsEntry("work", start);
  }

  @Test
  void a_merge_that_a_crash_cut_short_is_finished_before_new_rows_come() {
    ingest(0, 2);
    operations.createVersion("two", "");
    operations.checkoutVersion("two", "fix");
    append("fix");
    long merged = count("fix");
    project.registry().versions().branchState("fix", LakeBranch.State.MERGING);
    operations.close();
    project = new OpenProject(TapsProject.workspace(definitions), LATER);
    operations = new ProjectOperations(project);

    ingest(2, 3);

    assertThat(count(null)).isEqualTo(merged + 32);
    assertThat(turns().branches()).containsOnlyKeys(LakeTable.MAIN);
  }

  @Test
  void a_merge_that_failed_and_met_new_rows_since_stops_no_command() {
    ingest(0, 2);
    operations.createVersion("two", "");
    operations.checkoutVersion("two", "fix");
    append("fix");
    project.registry().versions().branchState("fix", LakeBranch.State.MERGING);
    ingest(2, 3);

    operations.createVersion("three", "");

    assertThat(count("three")).isEqualTo(96);
    assertThatThrownBy(() -> operations.mergeBranch("fix")).hasMessageContaining("CONFLICT_RETRY");
  }

  @Test
  void a_branch_is_dropped_also_when_a_crash_cut_that_short() {
    ingest(0, 1);
    operations.createVersion("one", "");
    operations.checkoutVersion("one", "work");
    append("work");
    assertThat(notes(operations.dropVersion("work"))).contains("dropped branch work");
    assertThat(turns().branches()).containsOnlyKeys(LakeTable.MAIN);
    assertThat(count("one")).isEqualTo(32);

    operations.checkoutVersion("one", "again");
    project.registry().versions().branchState("again", LakeBranch.State.DROPPING);
    operations.gc(EAGER, Progress.SILENT);

    assertThat(turns().branches()).containsOnlyKeys(LakeTable.MAIN);
    assertThat(project.registry().versions().branches()).isEmpty();
  }

  @Test
  void a_key_whose_value_is_only_of_a_wider_type_is_not_changed() {
    Schema schema =
        Schema.of(
            Field.required(SystemColumns.ID, Scalar.STRING),
            Field.of("n", Scalar.INT32),
            Field.of("share", Scalar.FLOAT32));
    LakeTable table = project.lake().create("plain", schema);
    write(table, Rows.of(schema).row("a", -1, 0.5f).row("b", -2, 0.25f).batch());
    operations.createVersion("narrow", "");
    table.change().widen("n", Scalar.INT64).widen("share", Scalar.FLOAT64).commit();
    write(table, Rows.of(table.schema()).row("b", 9L, 1.0).batch());

    List<List<Object>> rows = TapsProject.table(operations.diffVersions("narrow", "now"), "tables");
    assertThat(rows.get(0).subList(0, 6)).containsExactly("plain", 2L, 3L, 0L, 0L, 1L);
    assertThat((String) rows.get(0).get(6)).contains("n ").contains("share ");
  }

  private static void write(LakeTable table, Batch rows) {
    table.write().append(BatchReader.of(rows.schema(), List.of(rows)));
  }

  @Test
  void names_that_are_taken_or_mean_something_else_are_refused() {
    ingest(0, 1);
    operations.createVersion("one", "");
    assertThatThrownBy(() -> operations.createVersion("one", "")).hasMessageContaining("already");
    assertThatThrownBy(() -> operations.createVersion("now", "")).hasMessageContaining("no name");
    assertThatThrownBy(() -> operations.checkoutVersion("one", "main"))
        .hasMessageContaining("already");
    operations.checkoutVersion("one", "work");
    assertThatThrownBy(() -> operations.createVersion("work", ""))
        .hasMessageContaining("there is a branch 'work' already");
    assertThatThrownBy(() -> operations.checkoutVersion("one", "one"))
        .hasMessageContaining("there is a version 'one' already");
    assertThatThrownBy(() -> operations.dropVersion("on")).hasMessageContaining("'one'");
  }

  @Test
  void rows_are_written_as_text() {
    String query =
        "SELECT * FROM (VALUES (1, 'a,\"b', TIMESTAMPTZ '2026-01-01 00:00:00+00'), (2, '', NULL),"
            + " (3, NULL, NULL)) AS t (n, words, moment) ORDER BY n";

    assertThat(text(query, Format.CSV))
        .isEqualTo("n,words,moment\n1,\"a,\"\"b\",2026-01-01T00:00:00Z\n2,\"\",\n3,,");
    assertThat(text(query, Format.JSON))
        .startsWith("{\"n\":1,\"words\":\"a,\\\"b\",\"moment\":\"2026-01-01T00:00:00Z\"}\n")
        .endsWith("{\"n\":3,\"words\":null,\"moment\":null}");
    assertThatThrownBy(() -> operations.sql(new Query(query, null, 2, Format.CSV, null)))
        .hasMessageContaining("more than 2 rows");
    assertThatThrownBy(() -> operations.sql(new Query(query, null, 2, Format.PARQUET, null)))
        .hasMessageContaining("--out");
  }

  private String text(String query, Format format) {
    Answer answer = operations.sql(new Query(query, null, 9, format, null));
    return ((Answer.Note) answer.parts().get(0)).text();
  }
}
