package dev.penstock.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations.Build;
import dev.penstock.platform.command.Operations.Gc;
import dev.penstock.platform.command.Operations.History;
import dev.penstock.platform.command.Operations.History.Visible;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.registry.DatasetVersion;
import dev.penstock.source.ClockMode;
import dev.penstock.training.DatasetFile;
import dev.penstock.training.DatasetInput;
import dev.penstock.training.DatasetManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Features and datasets of a state that is past. Each part of the history holds rows of both days,
 * so whatever is ingested later brings late rows too.
 */
class TimeTravelTest {
  private static final int PARTS = 9;
  private static final InstantSource LATER =
      InstantSource.fixed(Instant.parse("2090-01-01T00:00:00Z"));

  @TempDir Path folder;
  private Taps taps;

  @BeforeEach
  void open() {
    taps = new Taps(folder.resolve("taps"));
  }

  @AfterEach
  void close() {
    taps.operations.close();
  }

  @Test
  void features_at_a_version_are_those_of_a_project_that_stopped_there() throws IOException {
    taps.ingest(0, 5);
    taps.operations.createVersion("five", "");
    taps.ingest(5, PARTS);
    taps.collect();

    byte[] past = taps.features(Visible.AS_SEEN, "five");

    assertThat(past).isNotEqualTo(taps.features(Visible.AS_SEEN, null));
    Taps twin = new Taps(folder.resolve("twin"));
    try {
      twin.ingest(0, 5);
      assertThat(past).isEqualTo(twin.features(Visible.AS_SEEN, null));
    } finally {
      twin.operations.close();
    }
  }

  @Test
  void a_dataset_at_a_version_is_that_of_a_project_that_stopped_there() {
    taps.ingest(0, 5);
    taps.operations.createVersion("five", "");
    long then = taps.snapshot();
    taps.ingest(5, PARTS);

    taps.build("five");

    DatasetManifest past = taps.manifest();
    assertThat(past.inputs())
        .extracting(DatasetInput::snapshot)
        .containsExactly(Long.toString(then));
    taps.build(null);
    assertThat(sums(taps.manifest())).isNotEqualTo(sums(past));
    Taps twin = new Taps(folder.resolve("twin"));
    try {
      twin.ingest(0, 5);
      twin.build(null);
      assertThat(sums(past)).isEqualTo(sums(twin.manifest()));
      assertThat(past.splits()).isEqualTo(twin.manifest().splits());
    } finally {
      twin.operations.close();
    }
  }

  @Test
  void a_dataset_of_a_version_is_built_again_after_the_version_went() {
    taps.ingest(0, 5);
    taps.operations.createVersion("five", "");
    taps.ingest(5, 7);
    taps.build("five");
    String version = taps.newest().version();
    taps.ingest(7, PARTS);
    taps.operations.dropVersion("five");
    taps.collect();

    Answer again =
        TapsProject.done(
            taps.operations.buildDataset(new Build(version, null, null), Progress.SILENT));

    assertThat(again.parts().toString()).contains("equal to the last byte");
    assertThatThrownBy(() -> taps.build("five"))
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void a_dataset_built_at_the_time_is_the_one_of_the_version() {
    taps.ingest(0, 5);
    taps.build(null);
    taps.collect();
    taps.operations.createVersion("five", "");
    taps.ingest(5, PARTS);

    assertThat(taps.build("five").parts().toString()).contains("is built already");
  }

  @Test
  void rows_of_the_log_are_in_the_version_that_was_made_after_them() throws IOException {
    taps.ingest(0, 5);
    taps.operations.serving(ClockMode.WALL);
    taps.push(5);
    taps.operations.createVersion("live", "");
    taps.push(6);

    byte[] past = taps.features(Visible.AS_HAPPENED, "live");

    assertThat(past).isNotEqualTo(taps.features(Visible.AS_HAPPENED, null));
    Taps twin = new Taps(folder.resolve("twin"));
    try {
      twin.ingest(0, 6);
      assertThat(past).isEqualTo(twin.features(Visible.AS_HAPPENED, null));
    } finally {
      twin.operations.close();
    }
  }

  @Test
  void before_the_first_row_nothing_was_seen_and_nothing_can_be_learned() throws IOException {
    taps.operations.createVersion("nothing", "");
    byte[] empty = taps.features(Visible.AS_SEEN, null);
    taps.ingest(0, 5);

    assertThat(taps.features(Visible.AS_SEEN, "nothing")).isEqualTo(empty);
    assertThatThrownBy(() -> taps.build("nothing"))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("table 'turns' had no rows at 'nothing'");
  }

  @Test
  void a_source_that_came_after_the_version_is_not_found() {
    taps.ingest(0, 5);
    taps.operations.createVersion("five", "");
    taps.definitions.file("more.yaml", MORE);
    taps.reopen();

    assertThatThrownBy(() -> taps.features("rain:drops_1h", Visible.AS_SEEN, "five"))
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessageContaining("version 'five' has no table 'showers'");
  }

  private static List<String> sums(DatasetManifest manifest) {
    return manifest.files().stream().map(DatasetFile::sha256).toList();
  }

  private static final String MORE =
      """
      source: showers
      owner: water@example.com
      columns: {id: string not null, at: timestamp not null, tap: string not null}
      event_time: at
      id: id
      ---
      feature_view: rain
      owner: water@example.com
      entity: tap
      source: showers
      features:
        - count() as drops over 1h
      """;

  /** A project of taps, its history in parts. */
  private static final class Taps {
    private final TestProject definitions;
    private ProjectOperations operations;
    private OpenProject project;

    Taps(Path folder) {
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

    void reopen() {
      operations.close();
      project = new OpenProject(TapsProject.workspace(definitions), LATER);
      operations = new ProjectOperations(project);
      operations.apply(Progress.SILENT);
    }

    private static String file(int part) {
      return "part" + part + ".csv";
    }

    void ingest(int from, int to) {
      for (int part = from; part < to; part++) {
        TapsProject.done(TapsProject.ingest(operations, definitions, file(part)));
      }
    }

    void push(int part) {
      Path rows = definitions.folder().resolve(file(part));
      TapsProject.done(
          operations.ingest(
              new Ingest(TapsProject.SOURCE, List.of(rows), Ingest.Mode.LIVE), Progress.SILENT));
    }

    void collect() {
      TapsProject.done(operations.gc(new Gc(Gc.Intent.RUN, Duration.ZERO), Progress.SILENT));
    }

    long snapshot() {
      return project.lake().table(TapsProject.SOURCE).currentSnapshot().orElseThrow();
    }

    Answer build(@Nullable String asOf) {
      return TapsProject.done(
          operations.buildDataset(new Build(TapsProject.DATASET, null, asOf), Progress.SILENT));
    }

    DatasetVersion newest() {
      return project.registry().datasets().latest(TapsProject.DATASET).orElseThrow();
    }

    DatasetManifest manifest() {
      return DatasetManifest.fromJson(newest().inputs());
    }

    byte[] features(Visible visible, @Nullable String version) throws IOException {
      return features("flow:turns_24h,flow:litres_1h,flow:last_24h", visible, version);
    }

    byte[] features(String references, Visible visible, @Nullable String version)
        throws IOException {
      definitions.file("spine.csv", TapsProject.history());
      Path out = definitions.folder().resolve("out.parquet");
      TapsProject.done(
          operations.history(
              new History(
                  definitions.folder().resolve("spine.csv"),
                  "at",
                  new FeatureSelection.References(List.of(references.split(",", -1))),
                  List.of(),
                  visible,
                  version,
                  out),
              Progress.SILENT));
      return Files.readAllBytes(out);
    }
  }
}
