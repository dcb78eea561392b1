package dev.penstock.lake.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.format.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/** Which files a scan reads: those that may hold a row it asks for, in the order they came. */
public final class PlannedFiles {
  /** The order of the commits that brought their rows, and within one as they were written. */
  public static final Comparator<DataFile> AS_WRITTEN =
      Comparator.comparingLong(PlannedFiles::commit).thenComparing(DataFile::location);

  private PlannedFiles() {}

  /** The number of the commit that brought a file's rows. */
  public static long commit(DataFile file) {
    Long number = file.dataSequenceNumber();
    return number == null ? 0 : number;
  }

  /** All files of a snapshot as they were written; empty also where rows were deleted by files. */
  public static List<DataFile> rewritable(Table table, Snapshot snapshot) {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
      for (FileScanTask task : tasks) {
        if (!task.deletes().isEmpty()) {
          return List.of();
        }
        files.add(task.file().copyWithoutStats());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(AS_WRITTEN);
    return files;
  }

  /** Locations of the files. */
  public static List<String> of(
      Table table,
      @Nullable Snapshot snapshot,
      @Nullable Long after,
      List<Condition> conditions,
      Schema schema) {
    if (snapshot == null) {
      return List.of();
    }
    if (after != null
        && after != snapshot.snapshotId()
        && !SnapshotUtil.isParentAncestorOf(table, snapshot.snapshotId(), after)) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND,
          "'" + table.name() + "' no longer knows what came after snapshot " + after,
          "snapshots since have expired: read all rows again");
    }
    Expression filter = filter(conditions, schema);
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        after == null
            ? table.newScan().useSnapshot(snapshot.snapshotId()).filter(filter).planFiles()
            : table
                .newIncrementalAppendScan()
                .fromSnapshotExclusive(after)
                .toSnapshot(snapshot.snapshotId())
                .filter(filter)
                .planFiles()) {
      for (FileScanTask task : tasks) {
        if (!task.deletes().isEmpty()) {
          throw new PenstockException(
              ErrorCode.UNSUPPORTED,
              "rows of '" + table.name() + "' were deleted by " + task.deletes().get(0).location(),
              "compact the table with the engine that deleted them");
        }
        files.add(task.file().copyWithoutStats());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(AS_WRITTEN);
    return files.stream().map(DataFile::location).toList();
  }

  /** The files that appends added after one snapshot (or ever, when null) up to another. */
  public static List<DataFile> added(Table table, @Nullable Long after, Snapshot to) {
    List<DataFile> files = new ArrayList<>();
    var scan = table.newIncrementalAppendScan().includeColumnStats().toSnapshot(to.snapshotId());
    try (CloseableIterable<FileScanTask> tasks =
        (after == null ? scan : scan.fromSnapshotExclusive(after)).planFiles()) {
      tasks.forEach(task -> files.add(task.file().copy()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** The conditions as far as Iceberg can prune by them; the rows are filtered exactly later. */
  private static Expression filter(List<Condition> conditions, Schema schema) {
    Expression filter = Expressions.alwaysTrue();
    for (Condition condition : conditions) {
      Type.TypeID type = schema.findField(condition.column()).type().typeId();
      if (type == Type.TypeID.DECIMAL || type == Type.TypeID.BINARY) {
        continue;
      }
      if (condition instanceof Condition.Range range) {
        if (range.from() != null) {
          filter =
              Expressions.and(filter, Expressions.greaterThanOrEqual(range.column(), range.from()));
        }
        if (range.to() != null) {
          filter = Expressions.and(filter, Expressions.lessThan(range.column(), range.to()));
        }
      } else if (condition instanceof Condition.In in) {
        filter = Expressions.and(filter, Expressions.in(in.column(), in.values().toArray()));
      }
    }
    return filter;
  }
}
