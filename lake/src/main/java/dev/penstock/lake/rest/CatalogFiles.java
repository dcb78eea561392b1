package dev.penstock.lake.rest;

import dev.penstock.lake.internal.LocalFileIo;
import java.nio.file.Files;
import java.util.Map;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsBulkOperations;

/**
 * The files that the catalog itself reads and writes: metadata, durable when closed, none outside
 * of the roots. Within a transaction deletions wait for its commit, and what was written goes again
 * if it is rolled back.
 */
final class CatalogFiles implements SupportsBulkOperations {
  private static final long serialVersionUID = 1;

  private final LocalFileIo files = new LocalFileIo();
  private final transient Locations locations;
  private final transient Connections connections;

  CatalogFiles(Locations locations, Connections connections) {
    this.locations = locations;
    this.connections = connections;
  }

  @Override
  public InputFile newInputFile(String location) {
    if (!Files.exists(locations.inside(location))) {
      throw new NotFoundException("Failed to open input stream for file: %s", location);
    }
    return files.newInputFile(location);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    var path = locations.foreign(location);
    Unit unit = connections.unit();
    if (unit != null) {
      unit.wrote(path);
    }
    return files.newOutputFile(location);
  }

  @Override
  public void deleteFile(String location) {
    locations.foreign(location);
    Unit unit = connections.unit();
    if (unit == null) {
      files.deleteFile(location);
    } else {
      unit.afterwards(() -> files.deleteFile(location));
    }
  }

  @Override
  public void deleteFiles(Iterable<String> all) {
    all.forEach(this::deleteFile);
  }

  /** The same files, of which only those below a table's location can be deleted. */
  FileIO below(String tableLocation) {
    return new Below(this, locations, tableLocation);
  }

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }

  @Override
  public void initialize(Map<String, String> properties) {}

  /** Leaves alone what is not the table's own: a table may list files of others. */
  private record Below(CatalogFiles files, Locations locations, String tableLocation)
      implements FileIO {
    @Override
    public InputFile newInputFile(String location) {
      return files.newInputFile(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
      return files.newOutputFile(location);
    }

    @Override
    public void deleteFile(String location) {
      if (locations.foreign(location).startsWith(locations.foreign(tableLocation))) {
        files.deleteFile(location);
      }
    }
  }
}
