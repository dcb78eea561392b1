package dev.penstock.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Positions;
import dev.penstock.format.BatchReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
  private static final long LATER = 4_000_000_000_000_000L;
  private static final Duration DAY = Duration.ofDays(1);

  /** Nothing is old enough to be kept for its age, and files of 3 commits are written together. */
  private static final MaintenanceRules EAGER =
      new MaintenanceRules(1 << 20, 3, Duration.ZERO, 1, DAY);

  @TempDir Path folder;
  private Lake lake;
  private LakeTable table;

  @BeforeEach
  void open() {
    lake = Lake.open(folder, "project");
    table = lake.create("rows", Numbers.SCHEMA);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private Maintained run(MaintenanceRules rules) {
    return lake.maintenance(rules, Map.of(), LATER).runTables().get(0);
  }

  private void append(int commits) {
    for (int i = 0; i < commits; i++) {
      table.write().batchId("batch " + i).append(Numbers.rows(i * 10L, i * 10L + 10));
    }
  }

  private static List<Long> to(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  private List<Long> read(Ref ref) {
    return Numbers.read(table.scan().at(ref));
  }

  private Set<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("project/rows/data"))) {
      return all.filter(Files::isRegularFile).collect(Collectors.toSet());
    }
  }

  @Test
  void small_files_become_one_and_rows_keep_their_order() throws Exception {
    append(12);

    Maintained done = run(EAGER);

    assertThat(done.filesBefore()).isEqualTo(12);
    assertThat(done.filesAfter()).isEqualTo(1);
    assertThat(files()).hasSize(1);
    assertThat(read(Ref.current())).isEqualTo(to(120));
    table.write().append(Numbers.rows(120, 130));
    assertThat(read(Ref.current())).isEqualTo(to(130));
  }

  @Test
  void a_file_rewritten_stays_between_what_came_before_and_after_it() {
    for (int i = 0; i < 5; i++) {
      table.write().append(Numbers.rows(i, i + 1));
    }
    // A file too large to be written again.
    table.write().append(Numbers.rows(5, 100_000));
    table.write().append(Numbers.rows(100_000, 100_005));
    MaintenanceRules rules = new MaintenanceRules(100_000, 3, Duration.ZERO, 1, DAY);

    assertThat(run(rules).filesAfter()).isEqualTo(3);

    assertThat(read(Ref.current())).isEqualTo(to(100_005));
  }

  @Test
  void properties_positions_and_batch_ids_outlive_the_snapshots_that_brought_them() {
    table.write().batchId("first").positions(Positions.of(0, 7)).append(Numbers.rows(0, 1));
    append(5);

    run(EAGER);

    assertThat(table.snapshots()).hasSize(1);
    assertThat(table.property(TableWrite.POSITIONS)).hasValue(Positions.of(0, 7).toString());
    assertThat(table.write().batchId("first").append(Numbers.rows(0, 1)).repeated()).isTrue();
    assertThat(table.snapshot(Ref.current()).addedRows()).isZero();
    assertThat(table.snapshot(Ref.current()).rows()).isEqualTo(51);
  }

  @Test
  void rows_that_took_the_place_of_others_are_known_after_their_files_were_rewritten() {
    table.write().batchId("a").replace(Numbers.rows(0, 1));
    for (int i = 0; i < 3; i++) {
      table.write().batchId("b" + i).append(Numbers.rows(0, 1));
    }
    table.write().batchId("c").append(Numbers.rows(5, 6));
    run(EAGER);

    assertThat(table.write().batchId("c").replace(Numbers.rows(5, 6)).repeated()).isTrue();
    assertThat(table.write().batchId("a").replace(Numbers.rows(0, 1)).repeated()).isFalse();
  }

  @Test
  void a_rewrite_brings_nothing_new_to_who_reads_what_was_appended() {
    append(4);
    long before = table.currentSnapshot().orElseThrow();
    append(1);
    MaintenanceRules keeping = EAGER.keeping(DAY, 100);

    run(keeping);

    assertThat(table.snapshot(Ref.current()).operation()).isEqualTo("replace");
  }

  @Test
  void the_rows_keep_their_name_while_their_snapshot_is_there() {
    append(4);
    long rows = table.currentSnapshot().orElseThrow();
    table.tag("kept", rows);
    run(EAGER);
    assertThat(table.publishedRows()).hasValue(rows);
    assertThat(table.currentSnapshot().orElseThrow()).isNotEqualTo(rows);
    append(3);
    table.dropTag("kept");

    run(EAGER);

    assertThat(table.snapshots()).hasSize(1);
    assertThat(table.publishedRows()).isEqualTo(table.currentSnapshot());
  }

  @Test
  void what_is_young_newest_named_or_pinned_stays() {
    append(6);
    List<Long> ids = table.snapshots().stream().map(TableSnapshot::id).toList();
    table.tag("old", ids.get(0));
    MaintenanceRules rules = new MaintenanceRules(1, 100, Duration.ZERO, 2, DAY);

    Maintained done =
        lake.maintenance(rules, Map.of("rows", Map.of(ids.get(2), "dataset d@1")), LATER)
            .runTables()
            .get(0);

    assertThat(table.snapshots().stream().map(TableSnapshot::id))
        .containsExactly(ids.get(0), ids.get(2), ids.get(4), ids.get(5));
    assertThat(done.kept()).containsExactly("dataset d@1", "tag old");
    assertThat(read(Ref.tag("old"))).isEqualTo(to(10));
    assertThat(read(Ref.snapshot(ids.get(2)))).isEqualTo(to(30));
  }

  @Test
  void a_state_that_was_published_within_the_age_stays() {
    append(3);
    long last = table.snapshot(Ref.current()).committedAt();
    MaintenanceRules rules = new MaintenanceRules(1, 100, Duration.ofHours(1), 1, DAY);
    long hour = Duration.ofHours(1).toMillis() * 1_000;
    lake.maintenance(rules, Map.of(), last + hour).runTables();
    // The one before the last was replaced exactly an hour ago.
    assertThat(table.snapshots()).hasSizeGreaterThanOrEqualTo(2);

    lake.maintenance(rules, Map.of(), last + hour + 1_000).runTables();

    assertThat(table.snapshots()).hasSize(1);
  }

  @Test
  void a_branch_that_is_under_way_can_still_be_published() {
    append(2);
    table.write().toBranch("work").append(Numbers.rows(20, 22));
    append(5);

    run(EAGER);
    table.publish("work");

    assertThat(read(Ref.current())).hasSize(52);
    assertThat(read(Ref.current())).endsWith(20L, 21L);
  }

  @Test
  void a_reader_reads_on_while_its_snapshot_is_rewritten_and_forgotten() throws Exception {
    append(5);
    try (BatchReader reader = table.scan().open();
        TableFiles files = table.scan().files()) {
      reader.next();
      run(EAGER);
      assertThat(Numbers.rest(reader)).hasSize(40);
      assertThat(files.paths()).allMatch(Files::exists);
    }
    run(EAGER);
    assertThat(files()).hasSize(1);
  }

  @Test
  void many_manifests_become_one() {
    append(20);

    run(new MaintenanceRules(1, 100, Duration.ZERO, 1, DAY));

    assertThat(table.fresh().currentSnapshot().dataManifests(table.fresh().io())).hasSize(1);
    assertThat(read(Ref.current())).isEqualTo(to(200));
    assertThat(table.snapshot(Ref.current()).rows()).isEqualTo(200);
  }

  @Test
  void a_plan_changes_nothing() throws Exception {
    append(6);
    List<TableSnapshot> before = table.snapshots();
    Set<Path> files = files();

    Maintained plan = lake.maintenance(EAGER, Map.of(), LATER).plan().get(0);

    assertThat(plan.filesAfter()).isEqualTo(1);
    assertThat(plan.snapshotsExpired()).isEqualTo(5);
    assertThat(plan.bytesFreed()).isPositive();
    assertThat(table.snapshots()).isEqualTo(before);
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void what_nothing_refers_to_goes_when_it_is_old_enough_and_no_table_needs_it() throws Exception {
    append(2);
    Path data = folder.resolve("project/rows/data");
    Path old = age(Files.writeString(data.resolve("old.parquet"), "left by a crash"));
    Path young = Files.writeString(data.resolve("young.parquet"), "being written");
    files().stream().filter(file -> !file.equals(young)).forEach(MaintenanceTest::age);
    try (Lake other = Lake.open(folder, "other")) {
      LakeTable theirs = other.create("rows", Numbers.SCHEMA);
      theirs.write().append(Numbers.rows(0, 3));
      Path orphan = folder.resolve("other/rows/metadata/orphan.avro");
      age(Files.writeString(orphan, "x"));
      LakeTable dropped = lake.create("dropped", Numbers.SCHEMA);
      dropped.write().append(Numbers.rows(0, 3));
      lake.drop("dropped");
      try (Stream<Path> all = Files.walk(folder)) {
        all.filter(Files::isRegularFile)
            .filter(file -> !file.equals(young) && !file.toString().contains("catalog.db"))
            .forEach(MaintenanceTest::age);
      }
      long now = Instant.now().toEpochMilli() * 1_000;

      List<Maintained> done = lake.maintenance(EAGER.keeping(DAY, 10), Map.of(), now).run();

      assertThat(done).extracting(Maintained::table).containsExactly("rows", "other.rows");
      assertThat(done).extracting(Maintained::orphans).containsExactly(1L, 1L);
      assertThat(old).doesNotExist();
      assertThat(orphan).doesNotExist();
      assertThat(young).exists();
      assertThat(read(Ref.current())).isEqualTo(to(20));
      assertThat(Numbers.read(theirs.scan())).isEqualTo(to(3));
      assertThat(folder.resolve("project/dropped/data")).isNotEmptyDirectory();
    }
  }

  @Test
  void a_version_that_a_crash_tore_stays_and_is_in_nobodys_way() throws Exception {
    append(2);
    Path metadata = folder.resolve("project/rows/metadata");
    Path torn = Files.writeString(metadata.resolve("00099-torn.metadata.json"), "{\"form");
    Path empty = Files.writeString(metadata.resolve("00099-empty.metadata.json"), "{}");
    Path old = age(Files.writeString(folder.resolve("project/rows/data/old.parquet"), "x"));
    long now = Instant.now().toEpochMilli() * 1_000;

    List<Maintained> done = lake.maintenance(EAGER.keeping(DAY, 10), Map.of(), now).run();

    assertThat(done).extracting(Maintained::table).containsExactly("rows");
    assertThat(done.get(0).problem()).isNull();
    assertThat(old).doesNotExist();
    assertThat(torn).exists();
    assertThat(empty).exists();
  }

  @Test
  void what_another_engine_keeps_beside_its_table_is_not_touched() throws Exception {
    try (Lake other = Lake.open(folder, "other")) {
      other.create("rows", Numbers.SCHEMA).write().append(Numbers.rows(0, 3));
    }
    Path theirs = Files.createDirectories(folder.resolve("other/rows/_log")).resolve("1.json");
    age(Files.writeString(theirs, "{}"));
    long now = Instant.now().toEpochMilli() * 1_000;

    lake.maintenance(EAGER.keeping(DAY, 10), Map.of(), now).run();

    assertThat(theirs).exists();
  }

  @Test
  void a_table_whose_files_are_gone_stops_no_other_and_then_nothing_is_an_orphan()
      throws Exception {
    append(4);
    Path old = age(Files.writeString(folder.resolve("project/rows/data/old.parquet"), "x"));
    LakeTable broken = lake.create("broken", Numbers.SCHEMA);
    broken.write().append(Numbers.rows(0, 3));
    try (Stream<Path> all = Files.walk(folder.resolve("project/broken/metadata"))) {
      for (Path file : all.filter(file -> file.toString().endsWith(".avro")).toList()) {
        Files.delete(file);
      }
    }
    long now = Instant.now().toEpochMilli() * 1_000;

    List<Maintained> done = lake.maintenance(EAGER, Map.of(), now).run();

    assertThat(done).extracting(Maintained::table).containsExactly("broken", "rows", "orphans");
    assertThat(done.get(0).problem()).hasMessageStartingWith("IO ");
    assertThat(done.get(1).problem()).isNull();
    assertThat(done.get(1).filesAfter()).isEqualTo(1);
    assertThat(done.get(2).problem()).hasMessageContaining("nothing that a table needs");
    assertThat(old).exists();
  }

  private static Path age(Path file) {
    try {
      return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(DAY).minus(DAY)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
