package dev.penstock.lake.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.format.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
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

  /**
   * A file of rows.
   *
   * @param deletes the files that say which of its rows are deleted
   */
  public record Planned(DataFile file, List<DeleteFile> deletes) {
    public Planned {
      deletes = List.copyOf(deletes);
    }

    public Path path() {
      return LocalFileIo.path(file.location());
    }

    /** How many rows are deleted by position; those deleted by value nobody has counted. */
    public long deletedRows() {
      return deletes.stream()
          .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
          .mapToLong(DeleteFile::recordCount)
          .sum();
    }

    /** Whether rows are deleted by value. */
    public boolean hasDeletesByValue() {
      return deletes.stream().anyMatch(file -> file.content() == FileContent.EQUALITY_DELETES);
    }
  }

  /** All files of a snapshot as they were written. */
  public static List<Planned> of(Table table, Snapshot snapshot) {
    return of(table, snapshot, List.of(), table.schema());
  }

  /** The files that may hold rows that meet the conditions, as they were written. */
  public static List<Planned> of(
      Table table, @Nullable Snapshot snapshot, List<Condition> conditions, Schema schema) {
    if (snapshot == null) {
      return List.of();
    }
    return planned(
        table.newScan().useSnapshot(snapshot.snapshotId()).filter(filter(conditions, schema)),
        DataFile::copyWithoutStats);
  }

  /** All files of a snapshot as they were written, with what is known of their columns. */
  public static List<Planned> measured(Table table, Snapshot snapshot) {
    return planned(
        table.newScan().useSnapshot(snapshot.snapshotId()).includeColumnStats(), DataFile::copy);
  }

  private static List<Planned> planned(TableScan scan, UnaryOperator<DataFile> copy) {
    List<Planned> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        if (task.file().format() != FileFormat.PARQUET) {
          throw new PenstockException(
              ErrorCode.UNSUPPORTED,
              task.file().location()
                  + " is "
                  + task.file().format()
                  + ", and of the files of a table Penstock reads Parquet only",
              "rewrite the table with the engine that wrote it: write.format.default=parquet");
        }
        files.add(new Planned(copy.apply(task.file()), task.deletes()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(Comparator.comparing(Planned::file, AS_WRITTEN));
    return files;
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
  public static Expression filter(List<Condition> conditions, Schema schema) {
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
