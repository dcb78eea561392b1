package dev.penstock.lake;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Condition;
import dev.penstock.lake.internal.Ancestry;
import dev.penstock.lake.internal.Failures;
import dev.penstock.lake.internal.IcebergSchemas;
import dev.penstock.lake.internal.InPlace;
import dev.penstock.lake.internal.KeyValues;
import dev.penstock.lake.internal.RowMatch.ByCondition;
import dev.penstock.lake.internal.RowMatch.ByKey;
import dev.penstock.lake.internal.SchemaCheck;
import dev.penstock.lake.internal.SupersededRows;
import dev.penstock.lake.internal.WrittenFiles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/** Rows to be added to a table: refine, then {@link #append}. Immutable. */
public final class TableWrite {
  /** How far the log of a source is in its table. */
  public static final String POSITIONS = "positions";

  /** Below which positions the rows of a source's log are history; absent while all are. */
  public static final String HISTORY = "history";

  /** So many manifests are written together into one. */
  static final int MANY_MANIFESTS = 20;

  private static final int ATTEMPTS = 20;
  private static final long TARGET_FILE_BYTES = 256L << 20;

  private final LakeTable table;
  private final String branch;
  private final @Nullable String batchId;
  private final Map<String, Supplier<String>> properties;
  private final long targetFileBytes;

  TableWrite(LakeTable table) {
    this(table, LakeTable.MAIN, null, Map.of(), TARGET_FILE_BYTES);
  }

  private TableWrite(
      LakeTable table,
      String branch,
      @Nullable String batchId,
      Map<String, Supplier<String>> properties,
      long targetFileBytes) {
    this.table = table;
    this.branch = branch;
    this.batchId = batchId;
    this.properties = properties;
    this.targetFileBytes = targetFileBytes;
  }

  /** Writes to this branch, which begins at what is published now if there is none yet. */
  public TableWrite toBranch(String name) {
    return new TableWrite(table, name, batchId, properties, targetFileBytes);
  }

  /**
   * Names the batch: a batch of this id that the branch holds already is not appended again. The id
   * is kept in the snapshot, and the last ones in all snapshots after it. It has no spaces.
   */
  public TableWrite batchId(String id) {
    return new TableWrite(table, branch, id.replace(' ', '_'), properties, targetFileBytes);
  }

  /**
   * Commits this with the rows. All snapshots made after this one have it too, until another value
   * is given, so that it survives expiry.
   */
  public TableWrite property(String key, String value) {
    return with(key, () -> value);
  }

  /** The property {@value #POSITIONS}. */
  public TableWrite positions(Positions positions) {
    return with(POSITIONS, positions::toString);
  }

  /** The same, asked for when all rows have been read. */
  public TableWrite positions(Supplier<Positions> positions) {
    return with(POSITIONS, () -> positions.get().toString());
  }

  /** Starts a new file at about this size. */
  public TableWrite targetFileBytes(long bytes) {
    return new TableWrite(table, branch, batchId, properties, bytes);
  }

  private TableWrite with(String key, Supplier<String> value) {
    Map<String, Supplier<String>> more = new HashMap<>(properties);
    more.put(key, value);
    return new TableWrite(table, branch, batchId, Map.copyOf(more), targetFileBytes);
  }

  /**
   * Adds the rows in one commit: all of them or none. Columns are found by name; one that is
   * missing and nullable is null. Closes the reader.
   *
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE}, also for a column that the table lacks:
   *     nothing is left out without a word; {@code CONFLICT_RETRY} if others kept committing first;
   *     {@code UNKNOWN_STATE} if it cannot be told whether the commit happened
   */
  public Appended append(BatchReader rows) {
    return commit(
        rows,
        false,
        (now, files) -> {
          AppendFiles append = newAppend(now);
          files.addTo(append);
          return append.scanManifestsWith(InPlace.EXECUTOR);
        });
  }

  /** One that writes few files, until there are many manifests, which it then writes together. */
  private AppendFiles newAppend(Table now) {
    Snapshot head = Ancestry.head(now, branch);
    return head != null && head.allManifests(now.io()).size() >= MANY_MANIFESTS
        ? now.newAppend()
        : now.newFastAppend();
  }

  /**
   * Like {@link #append}, but the rows take the place of all there were on the branch. A batch is
   * not written again where the branch's rows are its rows now: going back to earlier rows writes.
   */
  public Appended replace(BatchReader rows) {
    return commit(
        rows,
        true,
        (now, files) -> {
          OverwriteFiles overwrite =
              now.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
          files.files().forEach(overwrite::addFile);
          return overwrite;
        });
  }

  /**
   * Adds the rows in the place of those that have equal values in the key columns (nulls are equal
   * to nulls); of several rows with one key the last counts. The old rows are deleted by deletion
   * vectors, in the same commit; a table of format v2 becomes one of v3.
   *
   * @throws PenstockException as {@link #append}; {@code COLUMN_NOT_FOUND}
   */
  public Appended upsert(BatchReader rows, List<String> key) {
    require(key);
    SupersededRows last = new SupersededRows(rows, key);
    return new RowChange(table, this).commit(last, () -> new ByKey(key, last.keys()), last);
  }

  /**
   * Deletes the rows that have the values of one of these in its columns. Does nothing, and makes
   * no snapshot, where there is none.
   *
   * @param keys of the types that the columns have
   * @throws PenstockException as {@link #append}; {@code COLUMN_NOT_FOUND}
   */
  public Appended delete(Batch keys) {
    List<String> key = keys.schema().names();
    require(key);
    SchemaCheck.same(table.name(), table.schema(), keys.schema());
    Set<List<@Nullable Object>> values = new HashSet<>();
    for (int row = 0; row < keys.rows(); row++) {
      values.add(KeyValues.of(keys.columns(), row));
    }
    return new RowChange(table, this).commit(null, () -> new ByKey(key, values), null);
  }

  /**
   * Adds the rows in the place of those that meet all conditions: overwrites a part of the table.
   *
   * @throws PenstockException as {@link #append}; {@code COLUMN_NOT_FOUND}
   */
  public Appended replace(List<Condition> where, BatchReader rows) {
    require(where.stream().map(Condition::column).toList());
    return new RowChange(table, this).commit(rows, () -> new ByCondition(where), null);
  }

  private void require(List<String> columns) {
    columns.forEach(table.schema()::require);
  }

  private OptionalLong before(Table now, boolean replaces) {
    if (batchId == null) {
      return OptionalLong.empty();
    } else if (!replaces) {
      return table.batch(batchId, branch);
    }
    Snapshot head = Ancestry.head(now, branch);
    return head != null && batchId.equals(Ancestry.contentBatch(head))
        ? OptionalLong.of(head.snapshotId())
        : OptionalLong.empty();
  }

  /** The snapshot by which this batch came already. */
  OptionalLong before(Table now) {
    return before(now, false);
  }

  /** The branch that is written to. */
  String branch() {
    return branch;
  }

  /** The rows as new files. */
  WrittenFiles files(Table now, BatchReader reader) {
    SchemaCheck.fits(table.name(), IcebergSchemas.of(now.schema()), reader.schema());
    return table.newFiles().write(reader, targetFileBytes);
  }

  private interface Operation {
    SnapshotUpdate<?> prepare(Table table, WrittenFiles files);
  }

  private Appended commit(BatchReader reader, boolean replaces, Operation operation) {
    try (reader) {
      Table now = table.fresh();
      OptionalLong before = before(now, replaces);
      if (before.isPresent()) {
        return Appended.repeated(before.getAsLong());
      }
      WrittenFiles files = files(now, reader);
      for (int attempt = 1; ; attempt++) {
        try {
          return commit(files, replaces, operation);
        } catch (PenstockException e) {
          if (e.code() != ErrorCode.CONFLICT_RETRY) {
            throw e;
          } else if (attempt == ATTEMPTS) {
            files.discard();
            throw e;
          }
        }
      }
    }
  }

  /** One attempt: it fails if another process commits first. */
  private Appended commit(WrittenFiles files, boolean replaces, Operation operation) {
    synchronized (table) {
      Table base = table.fresh();
      begin(base);
      OptionalLong before = before(base, replaces);
      if (before.isPresent()) {
        files.discard();
        return Appended.repeated(before.getAsLong());
      }
      commit(base, operation.prepare(base, files));
      files.settle();
      return new Appended(table.head(branch), files.rows(), 0, files.files().size(), false);
    }
  }

  /** Commits to the branch with what its snapshots carry along; the caller holds the table. */
  void commit(Table base, SnapshotUpdate<?> update) {
    Map<String, String> given = new HashMap<>();
    properties.forEach((key, value) -> given.put(key, value.get()));
    List<String> batches = batchId == null ? List.of() : List.of(batchId);
    Ancestry.remember(update, base, Ancestry.head(base, branch), given, batches);
    update.toBranch(branch);
    Failures.committing(table.name(), update::commit);
  }

  /**
   * Makes the branch, where it is not there yet, before anything is committed to it: to a commit
   * that makes its own branch, Iceberg gives totals that leave out the rows before it.
   */
  void begin(Table base) {
    Snapshot main = Ancestry.head(base, LakeTable.MAIN);
    if (main != null && Ancestry.head(base, branch) == null) {
      Failures.committing(
          table.name(),
          () -> base.manageSnapshots().createBranch(branch, main.snapshotId()).commit());
      base.refresh();
    }
  }
}
