package dev.penstock.app.iceberg.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.app.Processes;
import dev.penstock.app.iceberg.CatalogServer;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.lake.CatalogDatabase;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.MaintenanceRules;
import dev.penstock.lake.Ref;
import dev.penstock.lake.internal.LocalFileIo;
import dev.penstock.lake.internal.ReachableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight writers on one lake at once: four in a process that is killed again and again, two engines
 * over the REST catalog whose server is killed and whose answers get lost, maintenance, and tags.
 */
class CrowdTest {
  static final String NAMESPACE = "crowd";
  static final String IDS = "ids";

  private static final List<String> PAIR = List.of("left", "right");
  private static final Duration TIME =
      Duration.ofSeconds(Boolean.getBoolean("penstock.test.full") ? 120 : 15);
  private static final MaintenanceRules RULES =
      new MaintenanceRules(1 << 20, 4, Duration.ZERO, 2, Duration.ofHours(1));
  private static final long MICROS = 1_000;

  @TempDir Path folder;
  private final Map<String, List<Long>> tagged = new HashMap<>();
  private volatile boolean over;
  private int maintained;
  private int kills;

  @Test
  void nothing_acknowledged_is_lost_or_doubled_and_all_that_is_named_reads() throws Exception {
    long seed = Long.getLong("penstock.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    Path warehouse = Files.createDirectories(folder.resolve("warehouse")).toRealPath();
    Path journals = Files.createDirectories(folder.resolve("journals"));
    try (Processes processes = new Processes();
        FlakyProxy proxy = new FlakyProxy(seed);
        Lake lake = Lake.open(warehouse, NAMESPACE)) {
      LakeTable ids = lake.create(IDS, Ids.SCHEMA);
      PAIR.forEach(name -> lake.create(name, Ids.SCHEMA));
      Process server = server(processes, proxy, warehouse);
      List<RestWriter> engines;
      try (RESTCatalog client = client(proxy)) {
        engines = List.of(new RestWriter(client, 4, List.of(IDS)), new RestWriter(client, 5, PAIR));
        ExecutorService threads = Executors.newCachedThreadPool();
        List<CompletableFuture<?>> works = new ArrayList<>();
        for (RestWriter engine : engines) {
          works.add(CompletableFuture.runAsync(() -> repeat(engine::operate), threads));
        }
        works.add(CompletableFuture.runAsync(() -> repeat(() -> maintain(lake)), threads));
        works.add(CompletableFuture.runAsync(() -> repeat(() -> tag(ids)), threads));
        Process writers = writers(processes, warehouse, journals);
        long end = System.nanoTime() + TIME.toNanos();
        while (System.nanoTime() < end) {
          Thread.sleep(random.nextInt(3_000, 5_000));
          if (random.nextBoolean()) {
            kill(writers);
            writers = writers(processes, warehouse, journals);
          } else {
            kill(server);
            server = server(processes, proxy, warehouse);
          }
        }
        over = true;
        for (CompletableFuture<?> work : works) {
          work.join();
        }
        threads.shutdown();
        kill(writers);
      }
      Processes.Finished last =
          Processes.finish(
              processes.main(
                  WriterMain.class, warehouse.toString(), journals.toString(), "finish"));
      assertThat(last.exit()).as("seed %d: %s", seed, last.err()).isZero();
      check(seed, lake, warehouse, journals, engines);
      report(seed, proxy, journals, engines);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private void repeat(Work work) {
    SplittableRandom random = new SplittableRandom();
    try {
      while (!over) {
        try {
          work.run();
        } catch (PenstockException e) {
          if (e.code() != ErrorCode.CONFLICT_RETRY) {
            throw e;
          }
        }
        Thread.sleep(random.nextInt(200));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void maintain(Lake lake) throws InterruptedException {
    lake.maintenance(RULES, Map.of(), System.currentTimeMillis() * MICROS).run();
    maintained++;
    Thread.sleep(500);
  }

  private void tag(LakeTable table) throws InterruptedException {
    long snapshot = table.currentSnapshot().orElse(-1);
    if (snapshot >= 0) {
      String tag = "tag" + tagged.size();
      try {
        table.tag(tag, snapshot);
      } catch (IllegalArgumentException e) {
        // It expired a moment ago.
        return;
      }
      tagged.put(tag, Ids.read(table, Ref.tag(tag)));
      Thread.sleep(1_000);
    }
  }

  private void kill(Process process) {
    assertThat(process.isAlive()).as("died by itself").isTrue();
    process.destroyForcibly().onExit().join();
    kills++;
  }

  private static Process server(Processes processes, FlakyProxy proxy, Path warehouse)
      throws IOException {
    Process process = processes.main(ServerMain.class, warehouse.toString());
    proxy.to(Integer.parseInt(process.inputReader().readLine()));
    return process;
  }

  private static Process writers(Processes processes, Path warehouse, Path journals)
      throws IOException {
    return processes.main(WriterMain.class, warehouse.toString(), journals.toString());
  }

  private static RESTCatalog client(FlakyProxy proxy) {
    RESTCatalog client = new RESTCatalog();
    while (true) {
      try {
        client.initialize(
            "crowd",
            Map.of(
                CatalogProperties.URI,
                proxy.address() + "/iceberg",
                CatalogProperties.WAREHOUSE_LOCATION,
                CatalogServer.PROJECT,
                CatalogProperties.FILE_IO_IMPL,
                LocalFileIo.class.getName()));
        return client;
      } catch (RuntimeException e) {
        // Its answer was lost.
        client = new RESTCatalog();
      }
    }
  }

  private void check(long seed, Lake lake, Path warehouse, Path journals, List<RestWriter> engines)
      throws IOException {
    List<Long> all = Ids.read(lake.table(IDS), Ref.current());
    for (LakeWriter.Kind kind : LakeWriter.Kind.values()) {
      assertThat(Ids.of(kind.ordinal(), all))
          .as("seed %d: %s", seed, kind)
          .isEqualTo(LakeWriter.expected(kind, LakeWriter.done(kind, journals)));
    }
    for (RestWriter engine : engines) {
      List<Long> expected = null;
      for (String name : engine.tables()) {
        List<Long> there = Ids.of(engine.writer(), Ids.read(lake.table(name), Ref.current()));
        List<Long> known = new ArrayList<>(engine.acknowledged());
        for (List<Long> whole : engine.unknown()) {
          if (there.containsAll(whole)) {
            known.addAll(whole);
          }
        }
        assertThat(there)
            .as("seed %d: %s of writer %d", seed, name, engine.writer())
            .isEqualTo(known.stream().sorted().toList());
        assertThat(expected == null || expected.equals(there)).as("seed %d", seed).isTrue();
        expected = there;
      }
    }
    tagged.forEach(
        (tag, rows) ->
            assertThat(Ids.read(lake.table(IDS), Ref.tag(tag)))
                .as("seed %d: %s", seed, tag)
                .isEqualTo(rows));
    for (String name : List.of(IDS, "left", "right")) {
      assertThat(missing(warehouse, name)).as("seed %d: files of %s", seed, name).isEmpty();
    }
  }

  /** Files that some snapshot needs and that are not there. */
  private static List<Path> missing(Path warehouse, String name) {
    JdbcCatalog catalog = new JdbcCatalog(properties -> new LocalFileIo(), null, false);
    ReachableFiles files = new ReachableFiles(new LocalFileIo());
    try (catalog) {
      catalog.initialize(
          CatalogDatabase.CATALOG,
          CatalogDatabase.sqlite(warehouse).properties(LocalFileIo.location(warehouse), 1));
      Table table = catalog.loadTable(TableIdentifier.of(NAMESPACE, name));
      table.snapshots().forEach(snapshot -> files.add(snapshot, table.specs()));
    }
    return files.files().stream().filter(file -> !Files.exists(file)).toList();
  }

  private void report(long seed, FlakyProxy proxy, Path journals, List<RestWriter> engines)
      throws IOException {
    Map<String, Long> operations = new TreeMap<>();
    for (LakeWriter.Kind kind : LakeWriter.Kind.values()) {
      operations.put(kind.name(), LakeWriter.done(kind, journals));
    }
    for (RestWriter engine : engines) {
      operations.put("REST " + engine.tables(), (long) engine.acknowledged().size() / 5);
      operations.put("REST " + engine.tables() + " unknown", (long) engine.unknown().size());
    }
    operations.put("maintenance", (long) maintained);
    operations.put("tags", (long) tagged.size());
    operations.put("kills", (long) kills);
    operations.put("lost answers", (long) proxy.lostAnswers());
    System.out.printf("seed %d: %s%n", seed, operations);
    assertThat(operations.entrySet())
        .as("each kind of work was done")
        .allMatch(entry -> entry.getValue() > 0 || entry.getKey().endsWith("unknown"));
  }
}
