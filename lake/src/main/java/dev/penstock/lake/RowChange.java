package dev.penstock.lake;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.internal.Ancestry;
import dev.penstock.lake.internal.DeletionVectors;
import dev.penstock.lake.internal.Failures;
import dev.penstock.lake.internal.PlannedFiles;
import dev.penstock.lake.internal.RowMatch;
import dev.penstock.lake.internal.SupersededRows;
import dev.penstock.lake.internal.WrittenFiles;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.jspecify.annotations.Nullable;

/**
 * Deletes rows of a table and adds others, in one commit. The rows to be deleted are looked for
 * without holding the table; where others changed such rows meanwhile, again, the last time holding
 * it. So it is as if the change had happened alone.
 */
final class RowChange {
  private static final int ATTEMPTS = 5;
  private static final int WITH_VECTORS = 3;

  private final LakeTable table;
  private final TableWrite write;

  RowChange(LakeTable table, TableWrite write) {
    this.table = table;
    this.write = write;
  }

  /**
   * Makes the change.
   *
   * @param rows those to add, if any; closed
   * @param deleted which to delete; asked when all rows were read
   * @param superseded which of the added rows do not count
   */
  Appended commit(
      @Nullable BatchReader rows, Supplier<RowMatch> deleted, @Nullable SupersededRows superseded) {
    if (rows == null) {
      return repeat(null, deleted, List.of());
    }
    WrittenFiles files;
    try (rows) {
      Table now = table.fresh();
      OptionalLong before = write.before(now);
      if (before.isPresent()) {
        return Appended.repeated(before.getAsLong());
      }
      files = write.files(now, rows);
    }
    try {
      Appended appended =
          repeat(files, deleted, superseded == null ? List.of() : superseded.numbers());
      if (appended.repeated()) {
        files.discard();
      }
      return appended;
    } catch (RuntimeException e) {
      if (!isUnknown(e)) {
        files.discard();
      }
      throw e;
    }
  }

  private Appended repeat(
      @Nullable WrittenFiles files, Supplier<RowMatch> deleted, List<Long> dropped) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(files, deleted.get(), dropped, attempt == ATTEMPTS);
      } catch (PenstockException e) {
        if (e.code() != ErrorCode.CONFLICT_RETRY || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Whether the files may be part of the table, for all that is known. */
  private static boolean isUnknown(RuntimeException e) {
    return e instanceof PenstockException known && known.code() == ErrorCode.UNKNOWN_STATE;
  }

  private Appended attempt(
      @Nullable WrittenFiles files, RowMatch match, List<Long> dropped, boolean alone) {
    if (alone) {
      synchronized (table) {
        return optimistic(files, match, dropped);
      }
    }
    return optimistic(files, match, dropped);
  }

  private Appended optimistic(@Nullable WrittenFiles files, RowMatch match, List<Long> dropped) {
    Table base;
    Snapshot head;
    Reading reading;
    synchronized (table) {
      base = table.fresh();
      OptionalLong before = write.before(base);
      if (before.isPresent()) {
        return Appended.repeated(before.getAsLong());
      }
      write.begin(base);
      head = Ancestry.head(base, write.branch());
      reading = table.reading(head);
    }
    try (reading) {
      DeletionVectors vectors = new DeletionVectors(base);
      if (head != null) {
        vectors.delete(head, match);
      }
      if (files != null) {
        vectors.delete(files.files(), dropped);
      }
      if (files == null && vectors.rows() == 0) {
        return new Appended(table.head(write.branch()), 0, 0, 0, false);
      }
      try {
        Appended appended = committed(new Change(head, match, files, vectors, dropped.size()));
        if (appended.repeated()) {
          vectors.discard();
        }
        return appended;
      } catch (RuntimeException e) {
        if (!isUnknown(e)) {
          vectors.discard();
        }
        throw e;
      }
    }
  }

  /** What was found to do, at that head of the branch. */
  private record Change(
      @Nullable Snapshot head,
      RowMatch match,
      @Nullable WrittenFiles files,
      DeletionVectors vectors,
      int dropped) {}

  /** Commits, also after commits of others that have nothing to do with these rows. */
  private Appended committed(Change change) {
    for (int attempt = 1; ; attempt++) {
      try {
        return commit(change);
      } catch (PenstockException e) {
        if (e.code() != ErrorCode.CONFLICT_RETRY || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Appended commit(Change change) {
    synchronized (table) {
      Table base = table.fresh();
      OptionalLong before = write.before(base);
      if (before.isPresent()) {
        return Appended.repeated(before.getAsLong());
      }
      if (change.vectors().rows() > 0) {
        useVectors(base);
      }
      RowDelta delta = base.newRowDelta();
      if (change.head() != null) {
        delta.validateFromSnapshot(change.head().snapshotId());
      }
      delta
          .conflictDetectionFilter(PlannedFiles.filter(change.match().conditions(), base.schema()))
          .validateNoConflictingDataFiles()
          .validateNoConflictingDeleteFiles();
      WrittenFiles files = change.files();
      if (files != null) {
        files.files().forEach(delta::addRows);
      }
      change.vectors().addTo(delta);
      write.commit(base, delta);
      if (files != null) {
        files.settle();
      }
      return new Appended(
          table.head(write.branch()),
          files == null ? 0 : files.rows() - change.dropped(),
          change.vectors().rows() - change.dropped(),
          files == null ? 0 : files.files().size(),
          false);
    }
  }

  private void useVectors(Table base) {
    if (((BaseTable) base).operations().current().formatVersion() < WITH_VECTORS) {
      Failures.committing(
          table.name(),
          () ->
              base.updateProperties()
                  .set(TableProperties.FORMAT_VERSION, Integer.toString(WITH_VECTORS))
                  .commit());
    }
  }
}
