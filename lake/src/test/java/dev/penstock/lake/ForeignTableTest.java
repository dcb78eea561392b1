package dev.penstock.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.foreign.ForeignTable;
import dev.penstock.format.BatchReader;
import dev.penstock.testkit.Rows;
import dev.penstock.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForeignTableTest {
  private static final int CHANGES = 14;
  private static final long LATER = 4_000_000_000_000_000L;
  private static final MaintenanceRules EAGER =
      new MaintenanceRules(1 << 20, 2, Duration.ZERO, 1, Duration.ofHours(1));

  @TempDir Path folder;

  static LongStream seeds() {
    return Seeds.of(12, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void our_scan_reads_what_icebergs_own_reader_reads(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (Lake lake = Lake.open(folder.resolve("lake"), "test")) {
      LakeTable table =
          lake.create(
              "foreign",
              Schema.of(
                  Field.required("id", Scalar.INT64),
                  Field.of("part", Scalar.INT32),
                  Field.of("a", Scalar.INT32),
                  Field.of("b", Scalar.FLOAT32),
                  Field.of("s", Scalar.STRING),
                  Field.of("d", new Type.Decimal(9, 2)),
                  Field.of("yes", Scalar.BOOLEAN),
                  Field.of("day", Scalar.DATE),
                  Field.of("moment", Scalar.TIMESTAMP),
                  Field.of("clock", Scalar.LOCAL_TIMESTAMP),
                  Field.of("bytes", Scalar.BINARY),
                  Field.of("number", Scalar.FLOAT64),
                  Field.of("vector", new Type.Vector(0))),
              Map.of());
      Table foreign = table.fresh();
      if (random.nextBoolean()) {
        foreign.updateProperties().set("format-version", "3").commit();
      }
      ForeignTable changes = new ForeignTable(foreign, random);
      List<String> done = new ArrayList<>();
      for (int i = 0; i < CHANGES; i++) {
        done.add(changes.change());
        foreign.refresh();
        assertThat(scanned(table)).as("seed %d after %s", seed, done).isEqualTo(changes.rows());
      }
      List<String> before = changes.rows();
      lake.maintenance(EAGER, Map.of(), LATER).run();
      assertThat(scanned(table)).as("seed %d compacted", seed).isEqualTo(before);
      assertThat(dangling(table.fresh())).as("seed %d compacted", seed).isEmpty();
    }
  }

  /** Deletes of rows of files that are no longer there. */
  private static List<String> dangling(Table table) {
    Set<String> files = new HashSet<>();
    List<String> of = new ArrayList<>();
    Snapshot now = table.currentSnapshot();
    for (ManifestFile manifest : now.dataManifests(table.io())) {
      ManifestFiles.read(manifest, table.io(), table.specs())
          .forEach(file -> files.add(file.location()));
    }
    for (ManifestFile manifest : now.deleteManifests(table.io())) {
      ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())
          .forEach(file -> of.add(file.referencedDataFile()));
    }
    return of.stream().filter(file -> file != null && !files.contains(file)).toList();
  }

  private static List<String> scanned(LakeTable table) {
    List<String> rows = new ArrayList<>();
    try (BatchReader reader = table.scan().open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        Rows.of(batch).forEach(row -> rows.add(ForeignTable.line(row)));
      }
    }
    return rows.stream().sorted().toList();
  }
}
