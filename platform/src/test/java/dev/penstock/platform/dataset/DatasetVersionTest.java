package dev.penstock.platform.dataset;

import static dev.penstock.platform.TapsProject.DATASET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.model.DatasetFolder;
import dev.penstock.platform.run.ProjectOperations;
import dev.penstock.training.DatasetFile;
import dev.penstock.training.LabelCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dataset's version promises, and which labels count in it. */
class DatasetVersionTest {
  @TempDir Path folder;

  private interface Work {
    void on(ProjectOperations operations, OpenProject project) throws IOException;
  }

  /** Opens a project over the history. */
  private static void in(TestProject definitions, Work work) throws IOException {
    OpenProject project = new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK);
    try (ProjectOperations operations = new ProjectOperations(project)) {
      operations.apply(Progress.SILENT);
      TapsProject.done(TapsProject.ingest(operations, definitions, "history.csv"));
      work.on(operations, project);
    }
  }

  private static String build(ProjectOperations operations, String split) {
    TapsProject.done(operations.buildDataset(DATASET, split, Progress.SILENT));
    Answer.Facts facts = (Answer.Facts) operations.showDataset(DATASET).parts().get(0);
    return String.valueOf(facts.facts().get(0).value());
  }

  private static DatasetFolder built(OpenProject project, String version) {
    return DatasetFolder.open(project.state("datasets").resolve(version.replace('@', '/')));
  }

  private static List<String> sums(DatasetFolder dataset) {
    return dataset.manifest().files().stream().map(DatasetFile::sha256).toList();
  }

  /** A turn nobody had heard of when it happened, which a dataset as seen then must not know. */
  private static void moreHistory(ProjectOperations operations, TestProject definitions) {
    definitions.file("late.csv", "id,at,tap,litres\nlate,2001-01-01T05:00:00Z,a,550\n");
    TapsProject.done(TapsProject.ingest(operations, definitions, "late.csv"));
  }

  @Test
  void a_version_built_again_after_more_history_came_is_equal_to_the_last_byte()
      throws IOException {
    TestProject definitions = TapsProject.write(folder);
    in(
        definitions,
        (operations, project) -> {
          String version = build(operations, "train");
          List<String> files = sums(built(project, version));
          moreHistory(operations, definitions);
          Answer again = TapsProject.done(operations.buildDataset(version, null, Progress.SILENT));
          assertThat(TapsProject.table(again, "files"))
              .singleElement()
              .satisfies(file -> assertThat(file.get(2)).isEqualTo(file.get(3)));
          assertThat(sums(built(project, version))).isEqualTo(files);
          String newer = build(operations, "train");
          assertThat(newer).isNotEqualTo(version);
          assertThat(sums(built(project, newer))).isNotEqualTo(files);
        });
  }

  @Test
  void nothing_new_makes_no_new_version() throws IOException {
    in(
        TapsProject.write(folder),
        (operations, project) -> {
          String version = build(operations, "train");
          assertThat(build(operations, "train")).isEqualTo(version);
          assertThat(project.registry().datasets().versions(DATASET)).hasSize(1);
        });
  }

  @Test
  void two_projects_build_the_same_bytes_from_the_same_rows() throws IOException {
    List<List<String>> files = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      Path place = Files.createDirectory(folder.resolve(name));
      in(
          TapsProject.write(place),
          (operations, project) -> files.add(sums(built(project, build(operations, "test")))));
    }
    assertThat(files.get(0)).isNotEmpty().isEqualTo(files.get(1));
  }

  @Test
  void a_version_of_another_definition_is_not_built_again() throws IOException {
    TestProject definitions = TapsProject.write(folder);
    in(
        definitions,
        (operations, project) -> {
          String version = build(operations, "train");
          definitions.change("taps.yaml", "value: litres >= 500", "value: litres >= 501");
          project.reload();
          operations.apply(Progress.SILENT);
          assertThatThrownBy(() -> operations.buildDataset(version, null, Progress.SILENT))
              .isInstanceOfSatisfying(
                  PenstockException.class,
                  e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT_RETRY));
        });
  }

  @Test
  void labels_that_were_not_known_at_the_cut_are_left_out_and_counted() throws IOException {
    // Turns become known two hours later, so those of the last two hours of a split are immature.
    TestProject definitions =
        TapsProject.write(folder)
            .change("taps.yaml", "event_time: at", "event_time: at\nseen: {lag: 2h}");
    in(
        definitions,
        (operations, project) -> {
          DatasetFolder dataset = built(project, build(operations, "train"));
          LabelCounts counts = dataset.manifest().split("train").counts();
          assertThat(counts.rows()).isEqualTo(144);
          assertThat(counts.immature()).isEqualTo(12);
          assertThat(counts.counted()).isEqualTo(132);
          assertThat(counts.missing() + counts.nulls()).isZero();
          List<String> labels = new ArrayList<>();
          FloatColumn label = (FloatColumn) dataset.column("train", "flood");
          for (int row = 0; row < label.size(); row++) {
            labels.add(dataset.column("train", "row_id").value(row) + " " + label.values()[row]);
          }
          assertThat(labels)
              .containsExactlyElementsOf(
                  TapsProject.history()
                      .lines()
                      .skip(1)
                      .limit(132)
                      .map(line -> line.split(",", -1))
                      .map(row -> row[0] + " " + (Long.parseLong(row[3]) >= 500 ? "1.0" : "0.0"))
                      .toList());
        });
  }

  @Test
  void a_label_known_just_before_the_cut_counts_and_one_at_the_cut_does_not() throws IOException {
    TestProject definitions =
        TapsProject.write(folder)
            .change(
                "taps.yaml",
                "train: {from: 2001-01-01, to: 2001-01-02}",
                "train: {from: 2001-01-01, to: 2001-01-02, cut: 2001-01-02T00:10:00Z}")
            .change("taps.yaml", "event_time: at", "event_time: at\nseen: {lag: 20m}");
    in(
        definitions,
        (operations, project) ->
            // Seen at 00:10 is the turn of 23:50: at the cut.
            assertThat(
                    built(project, build(operations, "train"))
                        .manifest()
                        .split("train")
                        .counts()
                        .immature())
                .isOne());
  }

  @Test
  void a_label_that_has_no_value_is_neither_yes_nor_no() throws IOException {
    TestProject definitions = TapsProject.write(folder);
    definitions.file(
        "history.csv",
        """
        id,at,tap,litres
        x,2001-01-01T01:00:00Z,a,600
        y,2001-01-01T02:00:00Z,a,100
        """);
    in(
        definitions.change(
            "taps.yaml", "not_negative: litres >= 0", "any: coalesce(litres, 0) >= 0"),
        (operations, project) -> {
          definitions.file(
              "more.csv",
              "id,at,tap,litres\nz,2001-01-01T03:00:00Z,a,\nw,2001-01-01T03:00:00Z,a,5\n");
          TapsProject.done(TapsProject.ingest(operations, definitions, "more.csv"));
          LabelCounts counts =
              built(project, build(operations, "train")).manifest().split("train").counts();
          assertThat(counts).isEqualTo(new LabelCounts(4, 3, 1, 1.0, 0, 0, 1));
        });
  }
}
