package dev.penstock.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lake.internal.ReachableFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance whose commit fails, before or after it happened, or whose process ends there. */
class BrokenMaintenanceTest {
  private static final long LATER = 4_000_000_000_000L;
  private static final int REMEMBERED_VERSIONS = 20;
  private static final MaintenanceRules RULES =
      new MaintenanceRules(1 << 20, 3, Duration.ZERO, 1, Duration.ZERO);

  @TempDir Path folder;
  private Lake lake;
  private LakeTable table;
  private long rows;

  private interface Fault {
    void commit(Runnable commit);
  }

  @BeforeEach
  void open() {
    lake = Lake.open(folder, "project");
    table = lake.create("rows", Numbers.SCHEMA);
    append();
    table.tag("first", table.snapshots().get(0).id());
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private void append() {
    for (int i = 0; i < 6; i++) {
      table.write().append(Numbers.rows(rows, rows + 10));
      rows += 10;
    }
  }

  private LakeTable broken(Fault fault) {
    TableOperations real = ((HasTableOperations) table.fresh()).operations();
    return new LakeTable(
        "rows", new BaseTable(new Operations(real, fault), "rows"), LakeTable.Writers.PENSTOCK);
  }

  private static void unknownAfter(Runnable commit) {
    commit.run();
    throw new CommitStateUnknownException(new IllegalStateException("the line went dead"));
  }

  private static void killedBefore(Runnable commit) {
    throw new IllegalStateException("killed");
  }

  private static void killedAfter(Runnable commit) {
    commit.run();
    throw new IllegalStateException("killed");
  }

  private static void overtaken(Runnable commit) {
    throw new CommitFailedException("others were first");
  }

  private void nothingIsLost() throws Exception {
    assertThat(Numbers.read(table.scan())).isEqualTo(LongStream.range(0, rows).boxed().toList());
    assertThat(Numbers.read(table.scan().at(Ref.tag("first"))))
        .isEqualTo(LongStream.range(0, 10).boxed().toList());
    assertThat(files()).containsAll(live());
  }

  private Set<Path> live() {
    Table now = table.fresh();
    ReachableFiles files = new ReachableFiles(now.io());
    now.snapshots().forEach(snapshot -> files.add(snapshot, now.specs()));
    return files.files();
  }

  private Set<Path> files() throws Exception {
    try (Stream<Path> all = Files.walk(folder.resolve("project/rows").toRealPath())) {
      return all.filter(file -> file.toString().matches(".*(parquet|avro)"))
          .collect(Collectors.toSet());
    }
  }

  private void endsAsIfNothingHadHappened() throws Exception {
    lake.maintenance(RULES, Map.of(), LATER * 1_000).run();
    nothingIsLost();
    // A version of the metadata keeps what it names until it is forgotten itself.
    for (int i = 0; i < REMEMBERED_VERSIONS; i++) {
      table.moveTag("newest", table.currentSnapshot().orElseThrow());
      table.dropTag("newest");
    }
    lake.maintenance(RULES, Map.of(), LATER * 1_000).run();
    nothingIsLost();
    assertThat(files()).isEqualTo(live());
    assertThat(Compaction.files(table)).isEqualTo(1);
    assertThat(table.snapshots()).hasSize(2);
  }

  @Test
  void compaction_loses_nothing_whenever_its_commit_fails() throws Exception {
    List<Fault> faults =
        List.of(
            BrokenMaintenanceTest::killedBefore,
            BrokenMaintenanceTest::overtaken,
            BrokenMaintenanceTest::unknownAfter,
            BrokenMaintenanceTest::killedAfter);
    for (Fault fault : faults) {
      append();
      assertThatThrownBy(() -> new Compaction(broken(fault), RULES).run())
          .isInstanceOf(RuntimeException.class);
      nothingIsLost();
    }
    endsAsIfNothingHadHappened();
  }

  @Test
  void a_row_that_is_deleted_while_groups_are_rewritten_does_not_come_back() {
    LakeTable many = lake.create("many", Numbers.SCHEMA);
    for (int i = 0; i < 40; i++) {
      many.write().append(Numbers.rows(i * 100L, i * 100L + 100));
    }
    MaintenanceRules rules =
        new MaintenanceRules(1_000, 2, Duration.ofHours(6), 10, Duration.ofHours(72));
    int[] commits = {0};
    Fault deleting =
        commit -> {
          commit.run();
          if (commits[0]++ == 0) {
            try (Lake other = Lake.open(folder, "project")) {
              other.table("many").write().delete(Numbers.batch(List.of(5L)));
            }
          }
        };
    TableOperations real = ((HasTableOperations) many.fresh()).operations();
    LakeTable broken =
        new LakeTable(
            "many",
            new BaseTable(new Operations(real, deleting), "many"),
            LakeTable.Writers.PENSTOCK);

    assertThatThrownBy(() -> new Compaction(broken, rules).run())
        .hasMessageContaining("CONFLICT_RETRY");

    assertThat(commits[0]).isGreaterThan(1);
    assertThat(Numbers.read(many.scan())).hasSize(3_999).doesNotContain(5L);
  }

  @Test
  void files_of_a_compaction_that_others_overtook_are_deleted() throws Exception {
    Set<Path> before = data(files());
    assertThatThrownBy(() -> new Compaction(broken(BrokenMaintenanceTest::overtaken), RULES).run())
        .hasMessageContaining("CONFLICT_RETRY");
    assertThat(data(files())).isEqualTo(before);
  }

  private static Set<Path> data(Set<Path> files) {
    return files.stream()
        .filter(file -> file.toString().endsWith(".parquet"))
        .collect(Collectors.toSet());
  }

  @Test
  void expiry_loses_nothing_whenever_its_commit_fails() throws Exception {
    List<Fault> faults =
        List.of(
            BrokenMaintenanceTest::killedBefore,
            BrokenMaintenanceTest::overtaken,
            BrokenMaintenanceTest::unknownAfter,
            BrokenMaintenanceTest::killedAfter);
    for (Fault fault : faults) {
      append();
      assertThatThrownBy(() -> new Expiry(broken(fault), RULES, Map.of(), LATER).run())
          .isInstanceOf(RuntimeException.class);
      nothingIsLost();
    }
    endsAsIfNothingHadHappened();
  }

  /** The operations of a table, of which every commit meets a fault. */
  private record Operations(TableOperations real, Fault fault) implements TableOperations {
    @Override
    public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
      fault.commit(() -> real.commit(base, metadata));
    }

    @Override
    public TableMetadata current() {
      return real.current();
    }

    @Override
    public TableMetadata refresh() {
      return real.refresh();
    }

    @Override
    public FileIO io() {
      return real.io();
    }

    @Override
    public String metadataFileLocation(String name) {
      return real.metadataFileLocation(name);
    }

    @Override
    public LocationProvider locationProvider() {
      return LocationProviders.locationsFor(real.current().location(), real.current().properties());
    }
  }
}
