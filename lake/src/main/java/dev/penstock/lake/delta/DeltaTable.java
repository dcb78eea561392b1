package dev.penstock.lake.delta;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.format.Input;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.InvalidTableException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A Delta table on the local disk at one version. Its data files are inputs of their own, so that a
 * later version adds the files that came since.
 */
public final class DeltaTable {
  static final String LOG = "_delta_log";

  private final Path folder;
  private final Snapshot snapshot;
  private final List<DeltaColumn> columns;
  private final List<String> paths = new ArrayList<>();
  private final List<Input> files;

  private DeltaTable(Path folder, Snapshot snapshot, LogEngine engine) {
    this.folder = folder;
    this.snapshot = snapshot;
    this.columns =
        DeltaColumn.of(snapshot.getSchema(), Set.copyOf(snapshot.getPartitionColumnNames()));
    this.files = files(engine);
  }

  /** Whether that path, less a version after its last {@code @}, is a Delta table. */
  public static boolean isAt(Path path) {
    return Files.isDirectory(folder(path).resolve(LOG));
  }

  /**
   * The table at that path: {@code FOLDER}, {@code FOLDER@v12} or {@code
   * FOLDER@2026-01-01T00:00:00Z}.
   *
   * @throws PenstockException {@code UNSUPPORTED}, naming the feature that cannot be read; {@code
   *     NOT_FOUND} for a version that is not there; {@code FILE_CORRUPT}
   */
  public static DeltaTable at(Path path) {
    return at(folder(path), path);
  }

  /** The table in that folder as it is now, whatever the folder's name. */
  static DeltaTable in(Path folder) {
    return at(folder, folder);
  }

  private static DeltaTable at(Path folder, Path path) {
    LogEngine engine = new LogEngine();
    try {
      SnapshotBuilder builder = TableManager.loadSnapshot(folder.toAbsolutePath().toString());
      String at = String.valueOf(path.getFileName()).substring(name(folder).length());
      if (at.startsWith("@v")) {
        builder = builder.atVersion(version(at));
      } else if (!at.isEmpty()) {
        builder = builder.atTimestamp(moment(at), builder.build(engine));
      }
      return new DeltaTable(folder, builder.build(engine), engine);
    } catch (UnsupportedTableFeatureException | UnsupportedProtocolVersionException e) {
      throw problem(ErrorCode.UNSUPPORTED, path, e, "have its engine write it without");
    } catch (InvalidTableException e) {
      throw problem(ErrorCode.FILE_CORRUPT, path, e, "restore the files of _delta_log");
    } catch (KernelException | IllegalArgumentException e) {
      throw problem(ErrorCode.NOT_FOUND, path, e, "name a version that its log still has");
    }
  }

  /** What people call it: the folder's name and the version. */
  public String name() {
    return name(folder) + "@v" + snapshot.getVersion();
  }

  /** The columns of types that we read. */
  public Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (DeltaColumn column : columns) {
      if (column.type() != null) {
        fields.add(new Field(column.name(), column.type(), column.nullable()));
      }
    }
    return new Schema(fields);
  }

  /**
   * Its data files, by name. Each is known by the table's id, its path and what was deleted in it.
   */
  public List<Input> files() {
    return files;
  }

  /** Its data files, as the log has their paths. */
  List<String> paths() {
    return paths;
  }

  SnapshotImpl snapshot() {
    return (SnapshotImpl) snapshot;
  }

  /** What the names of this table's data files begin with, and no other table's. */
  public String prefix() {
    return snapshot().getMetadata().getId() + "/";
  }

  private List<Input> files(LogEngine engine) {
    List<Input> found = new ArrayList<>();
    Scan scan = snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            Row row = rows.next();
            paths.add(InternalScanFileUtils.getFilePath(row));
            Path file = local(InternalScanFileUtils.getAddFileStatus(row).getPath());
            Path root = folder.toAbsolutePath();
            String inTable =
                file.startsWith(root) ? root.relativize(file).toString() : file.toString();
            found.add(
                new DeltaFile(
                    prefix() + inTable,
                    file,
                    root,
                    columns,
                    InternalScanFileUtils.getPartitionValues(row),
                    InternalScanFileUtils.getDeletionVectorDescriptorFromRow(row)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort((a, b) -> a.name().compareTo(b.name()));
    return List.copyOf(found);
  }

  /** A path of the kernel as one of this machine. */
  static Path local(String path) {
    if (path.startsWith("file:")) {
      return Path.of(URI.create(path).getPath());
    }
    if (path.contains("://")) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          "the file " + path + " of a Delta table is not on this machine",
          "copy the table here with its files");
    }
    return Path.of(path);
  }

  private static Path folder(Path path) {
    String name = String.valueOf(path.getFileName());
    int at = name.lastIndexOf('@');
    return Files.exists(path) || at < 1 ? path : path.resolveSibling(name.substring(0, at));
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName());
  }

  private static long version(String at) {
    if (!at.matches("@v[0-9]{1,18}")) {
      throw usage(at);
    }
    return Long.parseLong(at.substring(2));
  }

  private static long moment(String at) {
    try {
      return Instant.parse(at.substring(1)).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw usage(at);
    }
  }

  private static PenstockException usage(String at) {
    return new PenstockException(
        ErrorCode.USAGE,
        "'" + at + "' is no version of a Delta table",
        "write FOLDER@v12 or FOLDER@2026-01-01T00:00:00Z");
  }

  private static PenstockException problem(
      ErrorCode code, Path path, RuntimeException e, String hint) {
    return new PenstockException(code, null, path + ": " + e.getMessage(), hint, e);
  }
}
