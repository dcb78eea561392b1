package dev.penstock.lake;

import java.nio.file.Path;
import java.util.List;

/**
 * The Parquet files of a scan, for an engine that reads them itself. They are not deleted before
 * this is closed.
 *
 * @param exact whether the files' own columns are the scan's, by name and type. If not (a column
 *     was renamed, added or widened since), only {@link TableScan#open} resolves them
 */
public record TableFiles(List<Path> paths, boolean exact, Reading reading)
    implements AutoCloseable {
  public TableFiles {
    paths = List.copyOf(paths);
  }

  @Override
  public void close() {
    reading.close();
  }
}
