package dev.penstock.lake.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * What snapshots remember of those before them: properties and batch ids stand in each snapshot's
 * summary and are copied into the next, so that expiry takes nothing of it.
 */
public final class Ancestry {
  private static final String OURS = "penstock.";
  private static final String PROPERTY = "penstock.property.";
  private static final String BATCH = "penstock.batch";
  private static final String BATCHES = "penstock.batches";

  /** In a snapshot that rewrote files only: the snapshot its rows are of, and that one's batch. */
  private static final String CONTENT = "penstock.content";

  private static final String CONTENT_BATCH = "penstock.content.batch";

  /** In a snapshot that appended a branch's rows again: the branch's head. */
  private static final String PUBLISHED = "penstock.published";

  /** How many of the last batch ids a snapshot carries along. */
  private static final int CARRIED_BATCHES = 100;

  private Ancestry() {}

  /** The last snapshot of a branch; null when it has none. */
  public static @Nullable Snapshot head(Table table, String branch) {
    var ref = table.refs().get(branch);
    return ref == null ? null : table.snapshot(ref.snapshotId());
  }

  /**
   * The snapshot whose summary has what one remembers: itself, or where another engine made it, the
   * last before it that Penstock made. Null if there is none.
   */
  public static @Nullable Snapshot memory(Table table, @Nullable Snapshot snapshot) {
    if (snapshot != null) {
      for (Snapshot before : SnapshotUtil.ancestorsOf(snapshot.snapshotId(), table::snapshot)) {
        if (before.summary().keySet().stream().anyMatch(key -> key.startsWith(OURS))) {
          return before;
        }
      }
    }
    return null;
  }

  /** The properties a snapshot has, its own and those carried along. */
  public static Map<String, String> properties(Table table, @Nullable Snapshot snapshot) {
    return properties(memory(table, snapshot));
  }

  /** Those in a snapshot's own summary. */
  public static Map<String, String> properties(@Nullable Snapshot snapshot) {
    Map<String, String> properties = new HashMap<>();
    if (snapshot != null) {
      snapshot
          .summary()
          .forEach(
              (key, value) -> {
                if (key.startsWith(PROPERTY)) {
                  properties.put(key.substring(PROPERTY.length()), value);
                }
              });
    }
    return properties;
  }

  public static @Nullable String batch(Snapshot snapshot) {
    return snapshot.summary().get(BATCH);
  }

  /**
   * Has a commit remember what the head of its branch does, and more. It fails if the branch has
   * another head by then: what that one remembers would be forgotten.
   *
   * @param head the last snapshot of the branch that is committed to
   * @param batches the batches that come with it, the last one last
   */
  public static void remember(
      SnapshotUpdate<?> update,
      Table table,
      @Nullable Snapshot head,
      Map<String, String> properties,
      List<String> batches) {
    Snapshot before = memory(table, head);
    Map<String, String> all = properties(before);
    all.putAll(properties);
    all.forEach((key, value) -> update.set(PROPERTY + key, value));
    List<String> known = new ArrayList<>(batches(before));
    known.addAll(batches);
    if (!batches.isEmpty()) {
      update.set(BATCH, batches.get(batches.size() - 1));
    }
    int from = Math.max(0, known.size() - CARRIED_BATCHES);
    if (!known.isEmpty()) {
      update.set(BATCHES, String.join(" ", known.subList(from, known.size())));
    }
    update.validateWith(new Head(head == null ? null : head.snapshotId()));
  }

  private record Head(@Nullable Long id) implements SnapshotAncestryValidator {
    @Override
    public boolean validate(Iterable<Snapshot> ancestors) {
      Iterator<Snapshot> now = ancestors.iterator();
      return now.hasNext() ? Objects.equals(id, now.next().snapshotId()) : id == null;
    }

    @Override
    public String errorMessage() {
      return "the branch has another snapshot now";
    }
  }

  /** The same for a commit that changes files and no row. */
  public static void rememberRows(SnapshotUpdate<?> update, Table table, Snapshot head) {
    remember(update, table, head, Map.of(), List.of());
    update.set(CONTENT, Long.toString(content(head)));
    String batch = contentBatch(head);
    if (batch != null) {
      update.set(CONTENT_BATCH, batch);
    }
  }

  /** Has a commit say that it publishes what a branch held up to this head. */
  public static void markPublished(SnapshotUpdate<?> update, Snapshot head) {
    update.set(PUBLISHED, Long.toString(head.snapshotId()));
  }

  /** The heads of branches whose rows were appended again in a snapshot or before it. */
  public static Set<Long> published(Table table, Snapshot snapshot) {
    Set<Long> heads = new HashSet<>();
    for (Snapshot before : SnapshotUtil.ancestorsOf(snapshot.snapshotId(), table::snapshot)) {
      String head = before.summary().get(PUBLISHED);
      if (head != null) {
        heads.add(Long.valueOf(head));
      }
    }
    return heads;
  }

  /** The snapshot that gave a snapshot its rows: mostly itself. It may have expired. */
  public static long content(Snapshot snapshot) {
    String content = snapshot.summary().get(CONTENT);
    return content == null ? snapshot.snapshotId() : Long.parseLong(content);
  }

  /** The batch of the snapshot that gave a snapshot its rows. */
  public static @Nullable String contentBatch(Snapshot snapshot) {
    String batch = batch(snapshot);
    return batch == null ? snapshot.summary().get(CONTENT_BATCH) : batch;
  }

  /** Whether a snapshot only rewrote files. */
  public static boolean isRewrite(Snapshot snapshot) {
    return snapshot.summary().containsKey(CONTENT);
  }

  /** The snapshot by which a batch came, or the head when only its name is still known. */
  public static OptionalLong find(Table table, @Nullable Snapshot head, String batch) {
    if (head == null) {
      return OptionalLong.empty();
    }
    for (Snapshot snapshot : SnapshotUtil.ancestorsOf(head.snapshotId(), table::snapshot)) {
      if (batch.equals(batch(snapshot))) {
        return OptionalLong.of(snapshot.snapshotId());
      }
    }
    return batches(memory(table, head)).contains(batch)
        ? OptionalLong.of(head.snapshotId())
        : OptionalLong.empty();
  }

  /** The batches that a snapshot or those before it brought, as far as they are remembered. */
  public static List<String> batches(Table table, @Nullable Snapshot snapshot) {
    return batches(memory(table, snapshot));
  }

  private static List<String> batches(@Nullable Snapshot snapshot) {
    String carried = snapshot == null ? null : snapshot.summary().get(BATCHES);
    return carried == null || carried.isEmpty() ? List.of() : Arrays.asList(carried.split(" ", -1));
  }

  /** What was published at this moment, in microseconds; null before the first. */
  public static @Nullable Snapshot asOf(Table table, long micros) {
    Snapshot found = null;
    for (HistoryEntry entry : table.history()) {
      if (entry.timestampMillis() * 1_000 <= micros) {
        found = table.snapshot(entry.snapshotId());
      }
    }
    return found;
  }
}
