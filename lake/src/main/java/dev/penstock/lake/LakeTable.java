package dev.penstock.lake;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.lake.internal.Ancestry;
import dev.penstock.lake.internal.Failures;
import dev.penstock.lake.internal.IcebergSchemas;
import dev.penstock.lake.internal.PlannedFiles;
import dev.penstock.lake.internal.WrittenFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/** A table: what is in it now, its past, its branches and tags. Thread-safe. */
public final class LakeTable {
  /** The branch that is published. */
  public static final String MAIN = "main";

  private static final long MICROS_OF_MILLI = 1_000;

  private final String name;
  private final Table table;
  private final Writers writers;
  private final Set<Reading> readings = weak();
  private final Set<WrittenFiles> written = weak();

  /** Who commits to a table. */
  enum Writers {
    /** Nobody but this class, so all that it makes sure of holds. */
    PENSTOCK,
    /** Other engines too. */
    ANYBODY
  }

  LakeTable(String name, Table table, Writers writers) {
    this.name = name;
    this.table = table;
    this.writers = writers;
  }

  private static <T> Set<T> weak() {
    return Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  }

  public String name() {
    return name;
  }

  /** The columns as of now. */
  public Schema schema() {
    return IcebergSchemas.of(fresh().schema());
  }

  /** The properties of the table itself. */
  public Map<String, String> properties() {
    return Map.copyOf(fresh().properties());
  }

  public TableScan scan() {
    return new TableScan(this);
  }

  public TableWrite write() {
    return new TableWrite(this);
  }

  public TableChange change() {
    return new TableChange(this);
  }

  /** The published snapshot; empty in a table never written to. */
  public OptionalLong currentSnapshot() {
    Snapshot current = Ancestry.head(fresh(), MAIN);
    return current == null ? OptionalLong.empty() : OptionalLong.of(current.snapshotId());
  }

  /**
   * A snapshot with the rows that are published: the one that gave the table its rows, while it is
   * there, however often files were rewritten since. Empty in a table never written to.
   */
  public OptionalLong publishedRows() {
    Snapshot current = Ancestry.head(fresh(), MAIN);
    if (current == null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(rows(current));
  }

  /** Like {@link #publishedRows}, of another state. */
  public long rows(Ref ref) {
    return rows(find(ref));
  }

  private long rows(Snapshot snapshot) {
    long content = Ancestry.content(snapshot);
    return table.snapshot(content) == null ? snapshot.snapshotId() : content;
  }

  /**
   * The snapshot meant.
   *
   * @throws PenstockException {@code NOT_FOUND}
   */
  public TableSnapshot snapshot(Ref ref) {
    return described(find(ref));
  }

  /** All snapshots there are, of all branches, oldest first. */
  public List<TableSnapshot> snapshots() {
    List<Snapshot> all = new ArrayList<>();
    fresh().snapshots().forEach(all::add);
    all.sort(Comparator.comparingLong(Snapshot::sequenceNumber));
    return all.stream().map(LakeTable::described).toList();
  }

  /** The snapshots that were published, in that order; one may appear twice after a rollback. */
  public List<TableSnapshot> history() {
    List<TableSnapshot> published = new ArrayList<>();
    for (HistoryEntry entry : fresh().history()) {
      Snapshot snapshot = table.snapshot(entry.snapshotId());
      if (snapshot != null) {
        published.add(described(snapshot));
      }
    }
    return published;
  }

  /**
   * The value last given to {@link TableWrite#property} by the published snapshot or one it came
   * from.
   */
  public Optional<String> property(String key) {
    return Optional.ofNullable(Ancestry.properties(fresh(), Ancestry.head(table, MAIN)).get(key));
  }

  public Optional<String> property(Ref ref, String key) {
    return ref instanceof Ref.Empty
        ? Optional.empty()
        : Optional.ofNullable(Ancestry.properties(table, find(ref)).get(key));
  }

  /** The snapshot by which the batch of that id came into this branch. */
  public OptionalLong batch(String batchId, String branch) {
    return Ancestry.find(fresh(), Ancestry.head(table, branch), batchId);
  }

  /**
   * Makes a branch's rows the published ones, in one commit, and drops the branch. When something
   * else was published since the branch began, the branch's appends are made again on top of it.
   *
   * @return the snapshot now published
   */
  public synchronized long publish(String branch) {
    Snapshot head = Ancestry.head(fresh(), branch);
    if (head == null) {
      throw notFound("branch", branch, branches().keySet());
    }
    Snapshot main = Ancestry.head(table, MAIN);
    if (main == null || SnapshotUtil.isAncestorOf(table, head.snapshotId(), main.snapshotId())) {
      Failures.committing(
          name, () -> table.manageSnapshots().fastForwardBranch(MAIN, branch).commit());
    } else {
      appendAgain(main, head);
    }
    dropBranch(branch);
    return currentSnapshot().orElseThrow();
  }

  /** Adds, in one commit, what a branch added since it left {@code main}'s past. */
  private void appendAgain(Snapshot main, Snapshot head) {
    Set<Long> published = Ancestry.published(table, main);
    Long common = head.snapshotId();
    while (common != null) {
      Snapshot snapshot = table.snapshot(common);
      if (snapshot != null && isIn(main, snapshot, published)) {
        break;
      }
      if (snapshot == null || !DataOperations.APPEND.equals(snapshot.operation())) {
        throw new PenstockException(
            ErrorCode.CONFLICT_RETRY,
            "'" + name + "' was changed while the branch replaced its rows",
            "begin the branch again");
      }
      common = snapshot.parentId();
    }
    if (common != null && common == head.snapshotId()) {
      return;
    }
    AppendFiles append = table.newAppend();
    PlannedFiles.added(table, common, head).forEach(append::appendFile);
    List<String> batches = new ArrayList<>(Ancestry.batches(table, head));
    batches.removeAll(Ancestry.batches(table, main));
    Snapshot begun = common == null ? null : table.snapshot(common);
    Ancestry.remember(append, table, main, changed(begun, head, main), batches);
    Ancestry.markPublished(append, head);
    Failures.committing(name, append::commit);
  }

  /** The properties that a branch was given since it began. */
  private Map<String, String> changed(@Nullable Snapshot begun, Snapshot head, Snapshot main) {
    Map<String, String> before = Ancestry.properties(table, begun);
    Map<String, String> now = Ancestry.properties(table, main);
    Map<String, String> changed = new HashMap<>();
    Ancestry.properties(table, head)
        .forEach(
            (key, value) -> {
              String published = now.get(key);
              if (value.equals(before.get(key)) || value.equals(published)) {
                return;
              }
              if (!Objects.equals(published, before.get(key))) {
                throw new PenstockException(
                    ErrorCode.CONFLICT_RETRY,
                    "'" + name + "' was given other " + key + " than the branch meanwhile",
                    "begin the branch again");
              }
              changed.put(key, value);
            });
    return changed;
  }

  /** Whether what a branch's snapshot holds is published, by itself or appended again. */
  private boolean isIn(Snapshot main, Snapshot snapshot, Set<Long> published) {
    String batch = Ancestry.batch(snapshot);
    return published.contains(snapshot.snapshotId())
        || SnapshotUtil.isAncestorOf(table, main.snapshotId(), snapshot.snapshotId())
        || (batch != null && Ancestry.find(table, main, batch).isPresent());
  }

  /** Forgets a branch, if there is one; rows that were only there are gone. */
  public synchronized void dropBranch(String branch) {
    if (!branch.equals(MAIN) && fresh().refs().containsKey(branch)) {
      Failures.committing(name, () -> table.manageSnapshots().removeBranch(branch).commit());
    }
  }

  /** Begins a branch at a snapshot, unless it is there. */
  public synchronized void branch(String branch, long snapshotId) {
    if (!fresh().refs().containsKey(branch)) {
      Failures.committing(
          name, () -> table.manageSnapshots().createBranch(branch, snapshotId).commit());
    }
  }

  /**
   * Publishes a branch's rows in the place of the published ones, and drops the branch, both in one
   * commit.
   *
   * @param content the snapshot that gave the published rows; something else published since is a
   *     conflict
   * @throws PenstockException {@code CONFLICT_RETRY}
   */
  public synchronized void publishOver(String branch, long content) {
    Snapshot main = Ancestry.head(fresh(), MAIN);
    Snapshot head = Ancestry.head(table, branch);
    if (head == null) {
      throw notFound("branch", branch, branches().keySet());
    }
    if (main == null || Ancestry.content(main) != content) {
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY, "'" + name + "' was changed meanwhile", "begin again");
    }
    Failures.committing(
        name,
        () ->
            table
                .manageSnapshots()
                .setCurrentSnapshot(head.snapshotId())
                .removeBranch(branch)
                .commit());
  }

  /** The branches and their snapshots, {@link #MAIN} included. */
  public Map<String, Long> branches() {
    return refs(true);
  }

  /**
   * Names a snapshot, which is kept from then on. Does nothing when the tag is there already.
   *
   * @throws PenstockException {@code USAGE} if the tag names another snapshot
   */
  public synchronized void tag(String tag, long snapshotId) {
    Long before = tags().get(tag);
    if (before == null) {
      Failures.committing(name, () -> table.manageSnapshots().createTag(tag, snapshotId).commit());
    } else if (before != snapshotId) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "tag '" + tag + "' of '" + name + "' names snapshot " + before,
          "choose another name; a tag stays where it is");
    }
  }

  /** Names this snapshot, whatever the tag named before. */
  public synchronized void moveTag(String tag, long snapshotId) {
    if (tags().containsKey(tag)) {
      Failures.committing(name, () -> table.manageSnapshots().replaceTag(tag, snapshotId).commit());
    } else {
      tag(tag, snapshotId);
    }
  }

  public synchronized void dropTag(String tag) {
    if (tags().containsKey(tag)) {
      Failures.committing(name, () -> table.manageSnapshots().removeTag(tag).commit());
    }
  }

  public Map<String, Long> tags() {
    return refs(false);
  }

  /** Publishes an earlier published snapshot again; later ones stay readable by their ids. */
  public synchronized void rollback(long snapshotId) {
    find(Ref.snapshot(snapshotId));
    Failures.committing(
        name, () -> table.manageSnapshots().setCurrentSnapshot(snapshotId).commit());
  }

  /** The last snapshot of a branch; -1 for none. */
  long head(String branch) {
    Snapshot head = Ancestry.head(fresh(), branch);
    return head == null ? -1 : head.snapshotId();
  }

  Writers writers() {
    return writers;
  }

  /** Keeps a snapshot, if there is one, until the answer is closed. */
  Reading reading(@Nullable Snapshot snapshot) {
    return new Reading(readings, snapshot == null ? -1 : snapshot.snapshotId());
  }

  /** The snapshots that somebody reads now. */
  Set<Long> inReading() {
    synchronized (readings) {
      return readings.stream().map(Reading::snapshotId).collect(Collectors.toSet());
    }
  }

  /** New data files, known as such until they are in the table. */
  WrittenFiles newFiles() {
    WrittenFiles files = new WrittenFiles(fresh());
    written.add(files);
    return files;
  }

  /** Whether somebody in this process writes this file, or wrote it a moment ago. */
  boolean isBeingWritten(Path file) {
    synchronized (written) {
      return written.stream().anyMatch(files -> files.include(file));
    }
  }

  /** Iceberg's table, as it is now. */
  synchronized Table fresh() {
    table.refresh();
    return table;
  }

  Snapshot find(Ref ref) {
    Table now = fresh();
    Snapshot found = null;
    if (ref instanceof Ref.Current) {
      found = Ancestry.head(now, MAIN);
    } else if (ref instanceof Ref.Snapshot snapshot) {
      found = now.snapshot(snapshot.id());
    } else if (ref instanceof Ref.Tag tag) {
      found = named(now, tag.name(), false);
    } else if (ref instanceof Ref.Branch branch) {
      found = named(now, branch.name(), true);
    } else if (ref instanceof Ref.AsOf moment) {
      found = Ancestry.asOf(now, moment.micros());
    }
    if (found == null) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND,
          "table '" + name + "' has no " + ref,
          "branches: " + branches().keySet() + ", tags: " + tags().keySet());
    }
    return found;
  }

  private static @Nullable Snapshot named(Table table, String name, boolean branch) {
    var ref = table.refs().get(name);
    return ref == null || ref.isBranch() != branch ? null : table.snapshot(ref.snapshotId());
  }

  private Map<String, Long> refs(boolean branches) {
    Map<String, Long> found = new TreeMap<>();
    new HashMap<>(fresh().refs())
        .forEach(
            (ref, target) -> {
              if (target.isBranch() == branches) {
                found.put(ref, target.snapshotId());
              }
            });
    return found;
  }

  private static TableSnapshot described(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    return new TableSnapshot(
        snapshot.snapshotId(),
        snapshot.parentId(),
        snapshot.timestampMillis() * MICROS_OF_MILLI,
        snapshot.operation(),
        Ancestry.content(snapshot),
        Ancestry.isRewrite(snapshot)
            ? 0
            : Long.parseLong(summary.getOrDefault("added-records", "0")),
        count(summary, "total-records") - count(summary, "total-position-deletes"),
        Ancestry.batch(snapshot),
        Ancestry.properties(snapshot));
  }

  private static long count(Map<String, String> summary, String what) {
    return Long.parseLong(summary.getOrDefault(what, "0"));
  }

  private PenstockException notFound(String what, String wanted, Collection<String> names) {
    return new PenstockException(
        ErrorCode.NOT_FOUND,
        "table '" + name + "' has no " + what + " '" + wanted + "'",
        Suggestion.among(wanted, names));
  }
}
