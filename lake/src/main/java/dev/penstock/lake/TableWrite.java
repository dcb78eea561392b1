package dev.penstock.lake;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.internal.Ancestry;
import dev.penstock.lake.internal.Failures;
import dev.penstock.lake.internal.IcebergSchemas;
import dev.penstock.lake.internal.WrittenFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
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
          AppendFiles append = now.newAppend();
          files.files().forEach(append::appendFile);
          return append;
        });
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

  private OptionalLong before(Table now, String batch, boolean replaces) {
    if (!replaces) {
      return table.batch(batch, branch);
    }
    Snapshot head = Ancestry.head(now, branch);
    return head != null && batch.equals(Ancestry.contentBatch(head))
        ? OptionalLong.of(head.snapshotId())
        : OptionalLong.empty();
  }

  private interface Operation {
    SnapshotUpdate<?> prepare(Table table, WrittenFiles files);
  }

  private Appended commit(BatchReader reader, boolean replaces, Operation operation) {
    try (reader) {
      Table now = table.fresh();
      if (batchId != null) {
        OptionalLong before = before(now, batchId, replaces);
        if (before.isPresent()) {
          return new Appended(before.getAsLong(), 0, 0, true);
        }
      }
      checkSchema(IcebergSchemas.of(now.schema()), reader.schema());
      WrittenFiles files = table.newFiles().write(reader, targetFileBytes);
      synchronized (table) {
        Table base = table.fresh();
        Snapshot head = Ancestry.head(base, branch);
        if (head == null) {
          head = Ancestry.head(base, LakeTable.MAIN);
          if (head != null) {
            begin(base, head.snapshotId());
          }
        }
        Map<String, String> given = new HashMap<>();
        properties.forEach((key, value) -> given.put(key, value.get()));
        SnapshotUpdate<?> update = operation.prepare(base, files);
        Ancestry.summary(head, given, batchId).forEach(update::set);
        update.toBranch(branch);
        try {
          Failures.committing(table.name(), update::commit);
        } catch (PenstockException e) {
          if (e.code() == ErrorCode.CONFLICT_RETRY) {
            files.discard();
          }
          throw e;
        }
        Snapshot made = Ancestry.head(table.fresh(), branch);
        return new Appended(
            made == null ? -1 : made.snapshotId(), files.rows(), files.files().size(), false);
      }
    }
  }

  /**
   * Makes the branch before anything is committed to it: to a commit that makes its own branch,
   * Iceberg gives totals that leave out the rows before it.
   */
  private void begin(Table base, long from) {
    Failures.committing(
        table.name(), () -> base.manageSnapshots().createBranch(branch, from).commit());
  }

  private void checkSchema(Schema wanted, Schema given) {
    for (Field field : given.fields()) {
      if (!wanted.contains(field.name())) {
        throw new PenstockException(
            ErrorCode.SCHEMA_INCOMPATIBLE,
            "table '" + table.name() + "' has no column '" + field.name() + "' for these rows",
            "run penstock apply: the table is as it was last applied");
      }
    }
    for (Field field : wanted.fields()) {
      int index = given.indexOf(field.name());
      if (index < 0 && !field.nullable()) {
        throw new PenstockException(
            ErrorCode.SCHEMA_INCOMPATIBLE,
            "the rows lack column '" + field.name() + "' of table '" + table.name() + "'",
            "it is declared not null");
      }
      if (index >= 0 && !given.field(index).type().equals(field.type())) {
        throw new PenstockException(
            ErrorCode.SCHEMA_INCOMPATIBLE,
            "column '"
                + field.name()
                + "' is "
                + given.field(index).type()
                + ", in table '"
                + table.name()
                + "' it is "
                + field.type(),
            "cast it, or widen the table");
      }
    }
  }
}
