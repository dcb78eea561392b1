package dev.penstock.lake.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.data.Schema;
import dev.penstock.format.FieldIds;
import dev.penstock.format.ParquetScan;
import dev.penstock.format.ParquetWriter;
import dev.penstock.format.WrittenFile;
import dev.penstock.lake.delta.DeltaCommit;
import dev.penstock.lake.delta.DeltaLog;
import dev.penstock.lake.internal.PlannedFiles.Planned;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Table;

/**
 * A table's data files in the folder of its publication: copies where a file is its rows and has
 * the table's columns, and written anew where not.
 */
public final class DeltaFiles {
  private final Table table;
  private final Path folder;
  private final Schema schema;
  private final FieldIds ids;

  public DeltaFiles(Table table, Path folder) {
    this.table = table;
    this.folder = folder;
    this.schema = IcebergSchemas.of(table.schema());
    this.ids = IcebergSchemas.ids(table.schema(), schema.names());
  }

  /** A file to be published under that name, which says what is in it. */
  public record Wanted(String name, Planned file, Way way) {}

  /** How a file comes into the folder. */
  public enum Way {
    COPY,
    WRITE_ANEW
  }

  public List<Wanted> wanted(List<Planned> files) {
    List<Wanted> wanted = new ArrayList<>();
    for (Planned file : files) {
      Way way = isExact(file) ? Way.COPY : Way.WRITE_ANEW;
      wanted.add(new Wanted(name(file, way), file, way));
    }
    return wanted;
  }

  private String name(Planned file, Way way) {
    List<String> parts = new ArrayList<>();
    parts.add(String.valueOf(file.path().getFileName()));
    file.deletes().stream().map(DeltaFiles::name).sorted().forEach(parts::add);
    if (way == Way.WRITE_ANEW) {
      for (int i = 0; i < schema.size(); i++) {
        parts.add(ids.columns().get(i) + " " + schema.field(i));
      }
    }
    return DeltaLog.file(Fingerprint.of(parts).hex());
  }

  private static String name(DeleteFile file) {
    Path path = LocalFileIo.path(file.location());
    return path.getFileName() + " " + file.contentOffset();
  }

  /** Whether a reader that finds columns by name reads the file as we do. */
  private boolean isExact(Planned file) {
    if (!file.deletes().isEmpty()) {
      return false;
    }
    if (table.schemas().size() == 1) {
      return true;
    }
    ParquetScan scan = ParquetScan.of(file.path());
    for (int i = 0; i < schema.size(); i++) {
      int id = ids.columns().get(i);
      String name = schema.field(i).name();
      boolean exact =
          scan.has(id)
              ? scan.holds(
                  schema.select(List.of(name)),
                  new FieldIds(List.of(id), List.of(ids.elements().get(i))))
              : table.schema().findField(id).initialDefault() == null
                  && scan.fileColumns().stream().noneMatch(name::equalsIgnoreCase);
      if (!exact) {
        return false;
      }
    }
    return true;
  }

  /** Brings a file into the folder; empty if no row of it stands. */
  public Optional<DeltaCommit.Added> write(Wanted wanted) {
    Path to = folder.resolve(wanted.name());
    Path draft = folder.resolve("." + wanted.name() + ".tmp");
    try {
      LocalFileIo.createFolders(folder);
      Files.deleteIfExists(draft);
      return wanted.way() == Way.COPY
          ? Optional.of(copy(wanted, draft, to))
          : writeAnew(wanted, draft, to);
    } catch (IOException e) {
      throw failed(to, e);
    }
  }

  private DeltaCommit.Added copy(Wanted wanted, Path draft, Path to) throws IOException {
    DataFile file = wanted.file().file();
    if (!Files.exists(to)) {
      Files.copy(wanted.file().path(), draft);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
    }
    return added(wanted, file);
  }

  private Optional<DeltaCommit.Added> writeAnew(Wanted wanted, Path draft, Path to)
      throws IOException {
    WrittenFile written;
    try (FileRows rows = FileRows.all(table, List.of(wanted.file()));
        ParquetWriter writer = ParquetWriter.create(draft, schema, ids)) {
      Batch batch = rows.next();
      if (batch == null) {
        return Optional.empty();
      }
      for (; batch != null; batch = rows.next()) {
        writer.write(batch);
      }
      written = writer.finish();
    }
    Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
    return Optional.of(added(wanted, WrittenFiles.described(table, written)));
  }

  private DeltaCommit.Added added(Wanted wanted, DataFile file) {
    return new DeltaCommit.Added(
        wanted.name(),
        file.fileSizeInBytes(),
        file.recordCount(),
        DeltaStatistics.of(table.schema(), file));
  }

  /** Makes the names of what was written durable. */
  public void sync() {
    try {
      LocalFileIo.createFolders(folder);
      LocalFileIo.sync(folder);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static PenstockException failed(Path path, IOException e) {
    return new PenstockException(
        ErrorCode.IO,
        Place.of(path.toString()),
        "a file of the publication cannot be written: " + e.getMessage(),
        "make room, or name a folder that can be written to",
        e);
  }
}
