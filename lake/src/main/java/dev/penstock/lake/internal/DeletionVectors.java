package dev.penstock.lake.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Schema;
import dev.penstock.format.FieldIds;
import dev.penstock.lake.internal.PlannedFiles.Planned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.OutputFileFactory;
import org.jspecify.annotations.Nullable;

/** Rows to be deleted from a table's files, and the vectors that say so. Used once. */
public final class DeletionVectors {
  private final Table table;
  private final Map<String, PositionDeleteIndex> before = new HashMap<>();
  private final List<String> dataFiles = new ArrayList<>();
  private final BaseDVFileWriter writer;
  private long rows;
  private @Nullable DeleteWriteResult written;

  public DeletionVectors(Table table) {
    this.table = table;
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, 1, 1).format(FileFormat.PUFFIN).build();
    this.writer = new BaseDVFileWriter(files, before::get);
  }

  /** How many rows are deleted. */
  public long rows() {
    return rows;
  }

  /** Deletes the rows that match in a snapshot. */
  public void delete(Snapshot snapshot, RowMatch match) {
    Schema schema =
        IcebergSchemas.of(table.schema().select(match.columns())).select(match.columns());
    FieldIds ids = IcebergSchemas.ids(table.schema(), schema.names());
    for (Planned planned : PlannedFiles.of(table, snapshot, match.conditions(), table.schema())) {
      long found = 0;
      try (StandingRows standing =
          new StandingRows(table, planned, schema, ids, match.conditions())) {
        for (Batch batch = standing.next(); batch != null; batch = standing.next()) {
          IntPredicate meant = match.among(batch);
          for (int row = 0; row < batch.rows(); row++) {
            if (meant.test(row)) {
              if (found++ == 0) {
                DeletedRows deleted = DeletedRows.of(table, planned);
                PositionDeleteIndex already = deleted == null ? null : deleted.positions();
                if (already != null) {
                  before.put(planned.file().location(), already);
                }
              }
              delete(planned.file(), standing.rowNumber(row) - 1);
            }
          }
        }
      }
      if (found > 0) {
        dataFiles.add(planned.file().location());
      }
    }
  }

  /** Deletes rows of new files, which are counted from 0 through all of them. */
  public void delete(List<DataFile> files, List<Long> numbers) {
    for (long number : numbers) {
      long position = number;
      int file = 0;
      while (position >= files.get(file).recordCount()) {
        position -= files.get(file++).recordCount();
      }
      delete(files.get(file), position);
    }
  }

  private void delete(DataFile file, long position) {
    PartitionSpec spec = table.specs().get(file.specId());
    writer.delete(file.location(), position, spec, file.partition());
    rows++;
  }

  /** Has a commit add the vectors; it fails if one of the files is gone by then. */
  public void addTo(RowDelta delta) {
    DeleteWriteResult result = result();
    result.deleteFiles().forEach(delta::addDeletes);
    result.rewrittenDeleteFiles().forEach(delta::removeDeletes);
    delta.validateDataFilesExist(dataFiles).validateDeletedFiles();
  }

  private DeleteWriteResult result() {
    if (written == null) {
      try {
        writer.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      written = writer.result();
    }
    return written;
  }

  /** Deletes the vectors' files: they did not become part of the table. */
  public void discard() {
    if (written != null) {
      written.deleteFiles().forEach(file -> table.io().deleteFile(file.location()));
    }
  }
}
