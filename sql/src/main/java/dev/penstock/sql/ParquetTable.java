package dev.penstock.sql;

import dev.penstock.data.Schema;
import java.nio.file.Path;
import java.util.List;

/**
 * A table as a query sees it: its columns, and the Parquet files with its rows (none for an empty
 * table). A column that a file lacks is null for that file's rows; what a file has beyond the
 * schema is not seen.
 */
public record ParquetTable(Schema schema, List<Path> files) {
  public ParquetTable {
    files = List.copyOf(files);
  }
}
