package dev.penstock.lake;

import dev.penstock.lake.internal.Ancestry;
import dev.penstock.lake.internal.Failures;
import dev.penstock.lake.internal.ReachableFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * Forgets old snapshots of a table, and finds the files that only they needed. What is kept: all
 * that was published within an age, the newest ones, what a branch or tag names, what a branch not
 * yet published began at, what somebody reads, and what is pinned from outside.
 */
final class Expiry {
  private final LakeTable table;
  private final MaintenanceRules rules;
  private final Map<Long, String> pins;
  private final long nowMillis;

  /**
   * Of one table.
   *
   * @param pins snapshots that stay, each with the name of what needs it
   */
  Expiry(LakeTable table, MaintenanceRules rules, Map<Long, String> pins, long nowMillis) {
    this.table = table;
    this.rules = rules;
    this.pins = pins;
    this.nowMillis = nowMillis;
  }

  /**
   * What goes.
   *
   * @param kept names of what keeps a snapshot that is old enough to go
   * @param files that no snapshot needs any more
   */
  record Outcome(int snapshots, Set<String> kept, Set<Path> files) {}

  private record Choice(List<Snapshot> expired, Set<String> kept) {}

  /** What would go. */
  Outcome plan() {
    Table now = table.fresh();
    Choice choice = choose(now);
    Set<Snapshot> expired = new HashSet<>(choice.expired());
    List<Snapshot> staying = new ArrayList<>();
    now.snapshots().forEach(staying::add);
    staying.removeIf(expired::contains);
    return new Outcome(choice.expired().size(), choice.kept(), unneeded(now, choice, staying));
  }

  /** Forgets the snapshots, in one commit. The files are still there. */
  Outcome run() {
    Choice choice;
    synchronized (table) {
      Table now = table.fresh();
      choice = choose(now);
      if (choice.expired().isEmpty()) {
        return new Outcome(0, choice.kept(), Set.of());
      }
      ExpireSnapshots expire =
          now.expireSnapshots().expireOlderThan(0).cleanupLevel(ExpireSnapshots.CleanupLevel.NONE);
      choice.expired().forEach(snapshot -> expire.expireSnapshotId(snapshot.snapshotId()));
      Failures.committing(table.name(), expire::commit);
    }
    Table now = table.fresh();
    List<Snapshot> staying = new ArrayList<>();
    now.snapshots().forEach(staying::add);
    return new Outcome(choice.expired().size(), choice.kept(), unneeded(now, choice, staying));
  }

  private static Set<Path> unneeded(Table now, Choice choice, List<Snapshot> staying) {
    if (choice.expired().isEmpty()) {
      return Set.of();
    }
    ReachableFiles needed = new ReachableFiles(now.io());
    staying.forEach(snapshot -> needed.add(snapshot, now.specs()));
    ReachableFiles before = new ReachableFiles(now.io());
    choice.expired().forEach(snapshot -> before.add(snapshot, now.specs()));
    Set<Path> unneeded = before.files();
    unneeded.removeIf(needed::contains);
    return unneeded;
  }

  private Choice choose(Table now) {
    Map<Long, Long> until = publishedUntil(now);
    long oldest = nowMillis - rules.snapshotAge().toMillis();
    Set<Long> newest = newest(now);
    Map<Long, String> named = named(now);
    List<Snapshot> expired = new ArrayList<>();
    Set<String> kept = new TreeSet<>();
    for (Snapshot snapshot : now.snapshots()) {
      long id = snapshot.snapshotId();
      if (newest.contains(id) || until.getOrDefault(id, snapshot.timestampMillis()) >= oldest) {
        continue;
      }
      String name = named.get(id);
      if (name == null) {
        expired.add(snapshot);
      } else {
        kept.add(name);
      }
    }
    return new Choice(expired, kept);
  }

  /** When each snapshot stopped being the published one; the one that is never did. */
  private static Map<Long, Long> publishedUntil(Table now) {
    Map<Long, Long> until = new HashMap<>();
    Long next = null;
    Snapshot head = Ancestry.head(now, LakeTable.MAIN);
    if (head != null) {
      for (Snapshot snapshot : SnapshotUtil.ancestorsOf(head.snapshotId(), now::snapshot)) {
        until.put(snapshot.snapshotId(), next == null ? Long.MAX_VALUE : next);
        next = snapshot.timestampMillis();
      }
    }
    List<HistoryEntry> history = now.history();
    for (int i = 0; i + 1 < history.size(); i++) {
      until.merge(history.get(i).snapshotId(), history.get(i + 1).timestampMillis(), Math::max);
    }
    return until;
  }

  private Set<Long> newest(Table now) {
    return ancestors(now, now.refs().get(LakeTable.MAIN)).stream()
        .limit(rules.snapshots())
        .collect(Collectors.toSet());
  }

  /** What stays because it is needed, and by what. */
  private Map<Long, String> named(Table now) {
    Map<Long, String> named = new HashMap<>(pins);
    Snapshot memory = Ancestry.memory(now, Ancestry.head(now, LakeTable.MAIN));
    if (memory != null) {
      named.putIfAbsent(memory.snapshotId(), "what was committed");
    }
    table.inReading().forEach(id -> named.putIfAbsent(id, "a reader"));
    now.refs()
        .forEach(
            (name, ref) -> {
              named.putIfAbsent(ref.snapshotId(), (ref.isBranch() ? "branch " : "tag ") + name);
              if (ref.isBranch() && !name.equals(LakeTable.MAIN)) {
                past(now, ref).forEach(id -> named.putIfAbsent(id, "branch " + name));
              }
            });
    return named;
  }

  /**
   * What publishing a branch needs: its own snapshots, the published one it began at, and all that
   * was published since, by which that one is known to be published. Empty for a branch that
   * nothing was written to.
   */
  private static Set<Long> past(Table now, SnapshotRef branch) {
    Set<Long> published = ancestors(now, now.refs().get(LakeTable.MAIN));
    Set<Long> past = new HashSet<>();
    for (long id : ancestors(now, branch)) {
      if (published.contains(id)) {
        if (past.isEmpty()) {
          return Set.of();
        }
        for (long since : published) {
          past.add(since);
          if (since == id) {
            return past;
          }
        }
      }
      past.add(id);
    }
    return past;
  }

  /** From the newest on. */
  private static Set<Long> ancestors(Table now, @Nullable SnapshotRef ref) {
    Set<Long> ids = new LinkedHashSet<>();
    if (ref != null) {
      SnapshotUtil.ancestorsOf(ref.snapshotId(), now::snapshot)
          .forEach(snapshot -> ids.add(snapshot.snapshotId()));
    }
    return ids;
  }
}
