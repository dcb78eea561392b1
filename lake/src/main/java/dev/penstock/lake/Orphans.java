package dev.penstock.lake;

import dev.penstock.lake.internal.LocalFileIo;
import dev.penstock.lake.internal.ReachableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;

/**
 * Finds files in the folders of tables that nothing refers to: what a failed commit or a crash
 * left. Looks into the folders of tables that are catalogued, of whatever namespace; those of
 * dropped tables are left alone, as somebody may register them again. A file that any table of the
 * warehouse refers to stays, wherever it lies, and so does what a metadata file names that is in a
 * table's log of versions, or is too young to tell whether its commit is still under way.
 */
final class Orphans {
  private static final String METADATA = ".metadata.json";

  private final FileIO io = new LocalFileIo();
  private final Supplier<List<CataloguedTable>> tables;
  private final String own;
  private final long before;
  private final Predicate<Path> inFlight;

  /**
   * Among these tables.
   *
   * @param tables those that are catalogued when it is asked
   * @param own the namespace of Penstock's own tables
   * @param before milliseconds; younger files stay
   * @param inFlight what is being written now
   */
  Orphans(
      Supplier<List<CataloguedTable>> tables, String own, long before, Predicate<Path> inFlight) {
    this.tables = tables;
    this.own = own;
    this.before = before;
    this.inFlight = inFlight;
  }

  /**
   * The files, by table.
   *
   * @throws NotFoundException if a file is gone that a table needs: then nothing is an orphan
   */
  Map<String, List<Path>> find() {
    Map<String, List<Path>> old = new HashMap<>();
    Set<Path> young = new HashSet<>();
    // Files first, then who needs them: what is committed in between is seen.
    for (CataloguedTable table : tables.get()) {
      TableMetadata metadata = TableMetadataParser.read(io, table.metadataLocation());
      List<Path> found = new ArrayList<>();
      for (Path folder : folders(table, LocalFileIo.path(metadata.location()))) {
        list(folder, found, young);
      }
      old.put(table.name(), found);
    }
    ReachableFiles needed = new ReachableFiles(io);
    List<CataloguedTable> now = tables.get();
    old.keySet().retainAll(now.stream().map(CataloguedTable::name).toList());
    now.forEach(table -> need(table, needed));
    young.stream()
        .filter(file -> file.toString().endsWith(METADATA))
        .forEach(file -> needIfWhole(LocalFileIo.location(file), needed));
    old.values().forEach(files -> files.removeIf(file -> isNeeded(file, needed)));
    return old;
  }

  /** Beside what Iceberg writes, other engines may keep files of their own in a table's folder. */
  private List<Path> folders(CataloguedTable table, Path location) {
    return table.name().startsWith(own + ".")
        ? List.of(location)
        : List.of(location.resolve("data"), location.resolve("metadata"));
  }

  private boolean isNeeded(Path file, ReachableFiles needed) {
    return needed.contains(needed.real(file.toString())) || inFlight.test(file);
  }

  private void list(Path folder, List<Path> old, Set<Path> young) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder.toRealPath())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          boolean isOld = Files.getLastModifiedTime(file).toMillis() < before;
          if (isOld) {
            old.add(file);
          } else {
            young.add(file);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that a table needs now, and all that is still there of its earlier versions. */
  private void need(CataloguedTable table, ReachableFiles needed) {
    String location = table.metadataLocation();
    TableMetadata metadata = TableMetadataParser.read(io, location);
    needed.add(location);
    needed.addStatistics(metadata);
    metadata.snapshots().forEach(snapshot -> needed.add(snapshot, metadata.specsById()));
    metadata.previousFiles().forEach(version -> needIfThere(version.file(), needed));
  }

  /** A young version that a crash tore, or that is being written, was never committed. */
  private void needIfWhole(String metadataLocation, ReachableFiles needed) {
    try {
      needIfThere(metadataLocation, needed);
    } catch (UncheckedIOException | IllegalArgumentException torn) {
      needed.add(metadataLocation);
    }
  }

  private void needIfThere(String metadataLocation, ReachableFiles needed) {
    TableMetadata metadata;
    try {
      metadata = TableMetadataParser.read(io, metadataLocation);
    } catch (NotFoundException e) {
      return;
    }
    needed.add(metadataLocation);
    needed.addStatistics(metadata);
    for (Snapshot snapshot : metadata.snapshots()) {
      try {
        needed.add(snapshot, metadata.specsById());
      } catch (NotFoundException expired) {
        // Its files went with it.
      }
    }
  }
}
