package dev.penstock.lake.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/**
 * The files that some snapshots need: manifest lists, manifests, data and delete files. Paths are
 * real ones, so that the same file is the same however a location was written.
 */
public final class ReachableFiles {
  private final FileIO io;
  private final Set<Path> files = new HashSet<>();
  private final Set<String> read = new HashSet<>();
  private final Map<Path, Path> folders = new HashMap<>();

  public ReachableFiles(FileIO io) {
    this.io = io;
  }

  public boolean contains(Path real) {
    return files.contains(real);
  }

  public Set<Path> files() {
    return files;
  }

  /** A file by itself. */
  public void add(String location) {
    files.add(real(location));
  }

  /**
   * What a snapshot needs.
   *
   * @throws org.apache.iceberg.exceptions.NotFoundException if some of it is gone
   */
  public void add(Snapshot snapshot, Map<Integer, PartitionSpec> specs) {
    String list = snapshot.manifestListLocation();
    if (list != null) {
      if (!read.add(list)) {
        return;
      }
      add(list);
    }
    for (ManifestFile manifest : snapshot.allManifests(io)) {
      if (read.add(manifest.path())) {
        add(manifest.path());
        add(manifest, specs);
      }
    }
  }

  private void add(ManifestFile manifest, Map<Integer, PartitionSpec> specs) {
    try (ManifestReader<? extends ContentFile<?>> entries =
        manifest.content() == ManifestContent.DATA
            ? ManifestFiles.read(manifest, io, specs)
            : ManifestFiles.readDeleteManifest(manifest, io, specs)) {
      entries.select(List.of("file_path")).forEach(file -> add(file.location()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The statistics that come with a version of a table. */
  public void addStatistics(TableMetadata metadata) {
    metadata.statisticsFiles().forEach(file -> add(file.path()));
    metadata.partitionStatisticsFiles().forEach(file -> add(file.path()));
  }

  /** A location as the file system knows it; links in its folders are followed. */
  public Path real(String location) {
    Path path = LocalFileIo.path(location).toAbsolutePath().normalize();
    Path folder = path.getParent();
    Path name = path.getFileName();
    return folder == null || name == null
        ? path
        : folders.computeIfAbsent(folder, ReachableFiles::realFolder).resolve(name);
  }

  private static Path realFolder(Path folder) {
    try {
      return Files.exists(folder) ? folder.toRealPath() : folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
