package dev.penstock.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Positions;
import dev.penstock.format.Condition;
import dev.penstock.lake.internal.ReachableFiles;
import dev.penstock.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any order of writes, tags, branches and maintenance: what is named reads as it always did. */
class MaintenanceSeedsTest {
  private static final int STEPS = 60;
  private static final long LATER = 4_000_000_000_000_000L;

  @TempDir Path folder;

  @Test
  void what_is_named_or_pinned_reads_the_same_after_any_maintenance() throws Exception {
    for (long seed : Seeds.of(4, 60).toArray()) {
      new Run(folder.resolve(Long.toString(seed)), seed).run();
    }
  }

  private static final class Run {
    private final Path folder;
    private final long seed;
    private final SplittableRandom random;
    private final Map<Ref, List<Long>> expected = new HashMap<>();
    private final Map<Long, String> pins = new HashMap<>();
    private List<Long> published = new ArrayList<>();
    private long next;
    private int tags;

    Run(Path folder, long seed) {
      this.folder = folder;
      this.seed = seed;
      this.random = new SplittableRandom(seed);
    }

    void run() throws Exception {
      try (Lake lake = Lake.open(folder, "project")) {
        LakeTable table = lake.create("rows", Numbers.SCHEMA);
        append(table);
        for (int step = 0; step < STEPS; step++) {
          step(lake, table);
          check(table);
        }
      }
    }

    private void step(Lake lake, LakeTable table) throws Exception {
      switch (random.nextInt(13)) {
        case 0 -> {
          String tag = "tag" + tags++;
          table.tag(tag, table.currentSnapshot().orElseThrow());
          expected.put(Ref.tag(tag), List.copyOf(published));
        }
        case 1 -> {
          long id = table.currentSnapshot().orElseThrow();
          pins.put(id, "pin");
          expected.put(Ref.snapshot(id), List.copyOf(published));
        }
        case 2 -> {
          List<Long> begun = fresh();
          table.write().toBranch("work").append(Numbers.rows(begun));
          append(table);
          Optional<String> positions = table.property(TableWrite.POSITIONS);
          maintain(lake, table);
          table.publish("work");
          assertThat(table.property(TableWrite.POSITIONS)).isEqualTo(positions);
          published.addAll(begun);
        }
        case 3 -> {
          List<Long> rows = fresh();
          table.write().positions(Positions.of(0, next)).replace(Numbers.rows(rows));
          published = rows;
        }
        case 4, 5 -> maintain(lake, table);
        case 6 -> {
          List<Long> some = some();
          table.write().positions(Positions.of(0, next)).delete(Numbers.batch(some));
          published.removeAll(some);
        }
        case 7 -> {
          List<Long> some = some();
          table.write().positions(Positions.of(0, next)).upsert(Numbers.rows(some), List.of("n"));
          published.removeAll(some);
          published.addAll(some);
        }
        case 8 -> {
          long from = next == 0 ? 0 : random.nextLong(next);
          List<Long> rows = fresh();
          table
              .write()
              .positions(Positions.of(0, next))
              .replace(List.of(Condition.range("n", from, from + 30)), Numbers.rows(rows));
          published.removeIf(n -> n >= from && n < from + 30);
          published.addAll(rows);
        }
        default -> append(table);
      }
    }

    /** Numbers that were there once. */
    private List<Long> some() {
      return random.longs(random.nextInt(1, 20), 0, next).distinct().boxed().toList();
    }

    private List<Long> fresh() {
      List<Long> rows = new ArrayList<>();
      for (int i = random.nextInt(1, 50); i > 0; i--) {
        rows.add(next++);
      }
      return rows;
    }

    private void append(LakeTable table) {
      List<Long> rows = fresh();
      table.write().positions(Positions.of(0, next)).append(Numbers.rows(rows));
      published.addAll(rows);
    }

    private void maintain(Lake lake, LakeTable table) throws Exception {
      MaintenanceRules rules =
          new MaintenanceRules(
              random.nextLong(1_000, 20_000),
              random.nextInt(2, 5),
              Duration.ZERO,
              random.nextInt(1, 4),
              Duration.ZERO);
      lake.maintenance(rules, Map.of("rows", pins), LATER).run();
      assertThat(files()).as("seed %d", seed).isEqualTo(live(table));
    }

    private Set<Path> files() throws Exception {
      Set<Path> files = new HashSet<>();
      try (Stream<Path> all = Files.walk(folder.resolve("project/rows").toRealPath())) {
        all.filter(Files::isRegularFile)
            .filter(file -> !file.toString().endsWith(".metadata.json"))
            .forEach(files::add);
      }
      return files;
    }

    private static Set<Path> live(LakeTable table) {
      Table now = table.fresh();
      ReachableFiles files = new ReachableFiles(now.io());
      now.snapshots().forEach(snapshot -> files.add(snapshot, now.specs()));
      return files.files();
    }

    private void check(LakeTable table) {
      expected.forEach(
          (ref, rows) ->
              assertThat(Numbers.read(table.scan().at(ref))).as("seed %d", seed).isEqualTo(rows));
      assertThat(Numbers.read(table.scan())).as("seed %d", seed).isEqualTo(published);
      assertThat(table.property(TableWrite.POSITIONS)).as("seed %d", seed).isPresent();
    }
  }
}
