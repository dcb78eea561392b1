package dev.penstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetManifestTest {
  private static final Fingerprint DEFINITION = Fingerprint.of(List.of("definition"));

  private static DatasetManifest manifest(List<DatasetInput> inputs) {
    return new DatasetManifest(
        "flight_delays",
        DEFINITION,
        "as_seen",
        inputs,
        List.of(
            Field.required("late", Scalar.BOOLEAN),
            Field.of("embedding", new Type.Vector(3)),
            Field.of("delay_3h", Scalar.FLOAT64)),
        "late",
        List.of(
            new SplitSummary(Split.of("train", 0, 100), new LabelCounts(10, 8, 3, 3, 1, 1, 0)),
            new SplitSummary(new Split("test", 100, 200, 150), LabelCounts.NONE)),
        List.of(new DatasetFile("train", "train/0.parquet", 8, 1234, "ab".repeat(32))));
  }

  private static final List<DatasetInput> INPUTS =
      List.of(
          new DatasetInput("departures", "7", "0:10"), new DatasetInput("landings", "9", "0:12"));

  @Test
  void its_json_is_stable_byte_for_byte() {
    assertThat(manifest(INPUTS).toJson())
        .isEqualTo(
            """
            {
              "format" : 1,
              "dataset" : "flight_delays",
              "version" : "%s",
              "definition" : "%s",
              "mode" : "as_seen",
              "inputs" : [
                {
                  "table" : "departures",
                  "snapshot" : "7",
                  "positions" : "0:10"
                },
                {
                  "table" : "landings",
                  "snapshot" : "9",
                  "positions" : "0:12"
                }
              ],
              "label" : "late",
              "columns" : [
                {
                  "name" : "late",
                  "type" : "boolean",
                  "nullable" : false
                },
                {
                  "name" : "embedding",
                  "type" : "vector(3)",
                  "nullable" : true
                },
                {
                  "name" : "delay_3h",
                  "type" : "float64",
                  "nullable" : true
                }
              ],
              "splits" : [
                {
                  "name" : "train",
                  "from" : 0,
                  "to" : 100,
                  "cut" : 100,
                  "rows" : 10,
                  "counted" : 8,
                  "positives" : 3,
                  "label_sum" : 3.0,
                  "immature" : 1,
                  "missing" : 1,
                  "nulls" : 0
                },
                {
                  "name" : "test",
                  "from" : 100,
                  "to" : 200,
                  "cut" : 150,
                  "rows" : 0,
                  "counted" : 0,
                  "positives" : 0,
                  "label_sum" : 0.0,
                  "immature" : 0,
                  "missing" : 0,
                  "nulls" : 0
                }
              ],
              "files" : [
                {
                  "split" : "train",
                  "path" : "train/0.parquet",
                  "rows" : 8,
                  "bytes" : 1234,
                  "sha256" : "%s"
                }
              ]
            }
            """
                .formatted(manifest(INPUTS).version().hex(), DEFINITION.hex(), "ab".repeat(32)));
  }

  @Test
  void what_is_written_is_read_back() {
    assertThat(DatasetManifest.fromJson(manifest(INPUTS).toJson())).isEqualTo(manifest(INPUTS));
  }

  @Test
  void the_version_is_known_before_it_is_built_and_follows_the_inputs() {
    DatasetManifest manifest = manifest(INPUTS);
    assertThat(DatasetManifest.version(DEFINITION, "as_seen", INPUTS, List.of("train", "test")))
        .isEqualTo(manifest.version());
    List<DatasetInput> later = List.of(new DatasetInput("departures", "7", "0:11"), INPUTS.get(1));
    assertThat(manifest(later).version()).isNotEqualTo(manifest.version());
    assertThat(DatasetManifest.version(DEFINITION, "as_happened", INPUTS, List.of("train", "test")))
        .isNotEqualTo(manifest.version());
  }

  @Test
  void the_order_of_the_inputs_does_not_matter() {
    assertThat(manifest(List.of(INPUTS.get(1), INPUTS.get(0)))).isEqualTo(manifest(INPUTS));
  }

  @Test
  void a_manifest_that_was_changed_is_refused() {
    String changed = manifest(INPUTS).toJson().replace("0:12", "0:13");
    assertThatThrownBy(() -> DatasetManifest.fromJson(changed))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("FILE_CORRUPT");
    assertThatThrownBy(() -> DatasetManifest.fromJson("{\"format\": 1, \"dataset\":"))
        .hasMessageContaining("FILE_CORRUPT");
  }

  @Test
  void another_format_is_named() {
    String later = manifest(INPUTS).toJson().replace("\"format\" : 1", "\"format\" : 2");
    assertThatThrownBy(() -> DatasetManifest.fromJson(later)).hasMessageContaining("STATE_VERSION");
  }

  @Test
  void a_file_is_described_by_its_bytes(@TempDir Path folder) throws IOException {
    Path file = Files.createDirectory(folder.resolve("train")).resolve("0.parquet");
    Files.writeString(file, "abc");
    assertThat(DatasetFile.of("train", folder, file, 1))
        .isEqualTo(
            new DatasetFile(
                "train",
                "train/0.parquet",
                1,
                3,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  }

  @Test
  void the_balance_is_shown_a_line_a_split() {
    assertThat(manifest(INPUTS).balanceText())
        .isEqualTo(
            """
            split              rows   positive     share   immature  missing   null
            train                 8          3    0.3750          1        1      0
            test                  0          0         –          0        0      0
            """);
  }
}
