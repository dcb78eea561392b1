package dev.penstock.lake;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * Keeps a lake small: writes small files and manifests of the project's tables together, forgets
 * their old snapshots, and deletes files that nothing needs any more. Snapshots that are pinned,
 * named or being read stay, and so do the files they need. What a crash cuts short loses nothing:
 * files go only after the commit that no longer needs them. One maintenance of a lake at a time;
 * writers and readers go on beside it.
 */
public final class Maintenance {
  private static final long MICROS_OF_MILLI = 1_000;

  private final Lake lake;
  private final Lock turn;
  private final Supplier<List<CataloguedTable>> catalogued;
  private final MaintenanceRules rules;
  private final Map<String, Map<Long, String>> pins;
  private final long nowMillis;

  Maintenance(
      Lake lake,
      Lock turn,
      Supplier<List<CataloguedTable>> catalogued,
      MaintenanceRules rules,
      Map<String, Map<Long, String>> pins,
      long nowMicros) {
    this.lake = lake;
    this.turn = turn;
    this.catalogued = catalogued;
    this.rules = rules;
    this.pins = pins;
    this.nowMillis = Math.floorDiv(nowMicros, MICROS_OF_MILLI);
  }

  /** What {@link #run} would do; changes nothing. */
  public List<Maintained> plan() {
    return alone(
        () -> {
          List<Maintained> all = new ArrayList<>();
          for (String name : lake.tables()) {
            all.add(attempt(name, this::plan));
          }
          return withOrphans(all, false);
        });
  }

  /** All of it, table by table; what stops at one table does not stop the others. */
  public List<Maintained> run() {
    return alone(() -> withOrphans(tables(), true));
  }

  /** {@link #run} without the search for files that nothing refers to, which reads all metadata. */
  public List<Maintained> runTables() {
    return alone(this::tables);
  }

  private List<Maintained> alone(Supplier<List<Maintained>> work) {
    if (!turn.tryLock()) {
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY, "the lake is being maintained", "try again when it is done");
    }
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  private List<Maintained> tables() {
    List<Maintained> all = new ArrayList<>();
    for (String name : lake.tables()) {
      all.add(attempt(name, this::run));
    }
    return all;
  }

  private interface Work {
    Maintained on(LakeTable table);
  }

  private Maintained attempt(String name, Work work) {
    try {
      return work.on(lake.table(name));
    } catch (PenstockException e) {
      return Maintained.stopped(name, e);
    } catch (RuntimeException e) {
      return Maintained.stopped(name, unreadable(e));
    }
  }

  private static PenstockException unreadable(RuntimeException cause) {
    return new PenstockException(
        ErrorCode.IO,
        null,
        String.valueOf(cause.getMessage()),
        "nothing that a table needs was deleted",
        cause);
  }

  private Maintained plan(LakeTable table) {
    long files = Compaction.files(table);
    Expiry.Outcome expiry = expiry(table).plan();
    return new Maintained(
        table.name(),
        files,
        files - new Compaction(table, rules).planned(),
        expiry.files().size(),
        bytes(expiry.files()),
        expiry.snapshots(),
        0,
        List.copyOf(expiry.kept()),
        null);
  }

  private Maintained run(LakeTable table) {
    long files = Compaction.files(table);
    new Compaction(table, rules).run();
    Expiry.Outcome expiry = expiry(table).run();
    return new Maintained(
        table.name(),
        files,
        Compaction.files(table),
        expiry.files().size(),
        delete(expiry.files()),
        expiry.snapshots(),
        0,
        List.copyOf(expiry.kept()),
        null);
  }

  private Expiry expiry(LakeTable table) {
    return new Expiry(table, rules, pins.getOrDefault(table.name(), Map.of()), nowMillis);
  }

  /** Adds to each table what nothing refers to in its folder; other namespaces have rows of own. */
  private List<Maintained> withOrphans(List<Maintained> tables, boolean deletes) {
    List<Maintained> maintained = new ArrayList<>();
    Map<String, List<Path>> found;
    try {
      found =
          new Orphans(
                  catalogued,
                  lake.namespace(),
                  nowMillis - rules.orphanAge().toMillis(),
                  this::isBeingWritten)
              .find();
    } catch (RuntimeException e) {
      maintained.addAll(tables);
      maintained.add(Maintained.stopped("orphans", unreadable(e)));
      return maintained;
    }
    for (Maintained table : tables) {
      List<Path> orphans = found.remove(lake.namespace() + "." + table.table());
      maintained.add(orphans == null ? table : with(table, orphans, deletes));
    }
    found.forEach(
        (table, orphans) -> {
          if (!orphans.isEmpty()) {
            Maintained none = new Maintained(table, 0, 0, 0, 0, 0, 0, List.of(), null);
            maintained.add(with(none, orphans, deletes));
          }
        });
    return maintained;
  }

  private static Maintained with(Maintained table, List<Path> orphans, boolean deletes) {
    return new Maintained(
        table.table(),
        table.filesBefore(),
        table.filesAfter(),
        table.filesDeleted() + orphans.size(),
        table.bytesFreed() + (deletes ? delete(orphans) : bytes(orphans)),
        table.snapshotsExpired(),
        orphans.size(),
        table.kept(),
        table.problem());
  }

  private boolean isBeingWritten(Path file) {
    return lake.tables().stream().anyMatch(name -> lake.table(name).isBeingWritten(file));
  }

  private static long bytes(Collection<Path> files) {
    return files.stream().mapToLong(Maintenance::bytes).sum();
  }

  private static long bytes(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long delete(Collection<Path> files) {
    long freed = 0;
    for (Path file : files) {
      long size = bytes(file);
      try {
        if (Files.deleteIfExists(file)) {
          freed += size;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return freed;
  }
}
