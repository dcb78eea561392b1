package dev.penstock.lake.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * What snapshots remember of those before them: properties and batch ids stand in each snapshot's
 * summary and are copied into the next, so that expiry takes nothing of it.
 */
public final class Ancestry {
  private static final String PROPERTY = "penstock.property.";
  private static final String BATCH = "penstock.batch";
  private static final String BATCHES = "penstock.batches";

  /** In a snapshot that rewrote files only: the snapshot its rows are of, and that one's batch. */
  private static final String CONTENT = "penstock.content";

  private static final String CONTENT_BATCH = "penstock.content.batch";

  /** How many of the last batch ids a snapshot carries along. */
  private static final int CARRIED_BATCHES = 100;

  private Ancestry() {}

  /** The last snapshot of a branch; null when it has none. */
  public static @Nullable Snapshot head(Table table, String branch) {
    var ref = table.refs().get(branch);
    return ref == null ? null : table.snapshot(ref.snapshotId());
  }

  /** The properties a snapshot has, its own and those carried along. */
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

  /** The summary of a snapshot made after {@code before}. */
  public static Map<String, String> summary(
      @Nullable Snapshot before, Map<String, String> properties, @Nullable String batch) {
    Map<String, String> all = properties(before);
    all.putAll(properties);
    Map<String, String> summary = new HashMap<>();
    all.forEach((key, value) -> summary.put(PROPERTY + key, value));
    List<String> batches = new ArrayList<>(batches(before));
    if (batch != null) {
      batches.add(batch);
      summary.put(BATCH, batch);
    }
    int from = Math.max(0, batches.size() - CARRIED_BATCHES);
    if (!batches.isEmpty()) {
      summary.put(BATCHES, String.join(" ", batches.subList(from, batches.size())));
    }
    return summary;
  }

  /** The summary of a snapshot made after {@code before} that changes files and no row. */
  public static Map<String, String> rewritten(Snapshot before) {
    Map<String, String> summary = summary(before, Map.of(), null);
    summary.put(CONTENT, Long.toString(content(before)));
    String batch = contentBatch(before);
    if (batch != null) {
      summary.put(CONTENT_BATCH, batch);
    }
    return summary;
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
    return batches(head).contains(batch)
        ? OptionalLong.of(head.snapshotId())
        : OptionalLong.empty();
  }

  private static List<String> batches(@Nullable Snapshot snapshot) {
    String carried = snapshot == null ? null : snapshot.summary().get(BATCHES);
    return carried == null || carried.isEmpty() ? List.of() : Arrays.asList(carried.split(" ", -1));
  }
}
