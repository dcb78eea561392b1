package dev.penstock.format;

import java.nio.file.Path;
import java.util.List;

/**
 * A Parquet file that is complete.
 *
 * @param columns one per field of its schema
 * @param rowGroupOffsets where in the file each row group starts
 */
public record WrittenFile(
    Path path, long rows, long bytes, List<ColumnSummary> columns, List<Long> rowGroupOffsets) {
  public WrittenFile {
    columns = List.copyOf(columns);
    rowGroupOffsets = List.copyOf(rowGroupOffsets);
  }
}
