package dev.penstock.lake.rest;

import dev.penstock.lake.internal.LocalFileIo;
import dev.penstock.lake.internal.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.jspecify.annotations.Nullable;

/**
 * Where tables may be: below a root, outside of the folder of Penstock's own tables, and apart from
 * each other, so that no table's files are deleted with another's.
 */
final class Locations {
  /** Properties that send a table's files elsewhere. */
  private static final List<String> PATHS =
      List.of(
          TableProperties.WRITE_DATA_LOCATION,
          TableProperties.WRITE_METADATA_LOCATION,
          "write.folder-storage.path",
          "write.object-storage.path");

  private final Path warehouse;
  private final List<Path> roots;
  private final Path own;
  private final CatalogRows rows;

  Locations(RestSettings settings, CatalogRows rows) {
    List<Path> found = new ArrayList<>();
    for (Path root : settings.roots()) {
      try {
        found.add(Files.createDirectories(root.toAbsolutePath().normalize()).toRealPath());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    this.roots = List.copyOf(found);
    this.warehouse = roots.get(0);
    this.own = warehouse.resolve(settings.project());
    this.rows = rows;
  }

  String warehouse() {
    return LocalFileIo.location(warehouse);
  }

  /**
   * The path of a location below a root. Links are followed.
   *
   * @throws ForbiddenException if it is outside
   * @throws BadRequestException if it is relative or malformed
   */
  Path inside(String location) {
    Path path = path(location);
    Path real = real(path);
    if (roots.stream().noneMatch(root -> real.startsWith(root) && !real.equals(root))) {
      throw new ForbiddenException(
          "Location %s is not inside of the warehouse %s", location, warehouse());
    }
    return real;
  }

  /** The same, for what a foreign engine has written or deleted. */
  Path foreign(String location) {
    Path path = inside(location);
    if (nested(path, own)) {
      throw new ForbiddenException("Location %s is among Penstock's own tables", location);
    }
    return path;
  }

  /**
   * Checks where a table or view is to be.
   *
   * @param metadataFile one that is there already, if the table is registered
   */
  void claim(
      TableIdentifier stored,
      String location,
      Map<String, String> properties,
      @Nullable String metadataFile) {
    Path path = foreign(location);
    for (String property : PATHS) {
      String value = properties.get(property);
      if (value != null) {
        requireBelow(property, foreign(value), path, property.equals(PATHS.get(1)));
      }
    }
    if (metadataFile != null) {
      requireBelow("the metadata file's folder", foreign(metadataFile).getParent(), path, true);
    }
    Path taken = overlapping(stored, path);
    if (taken != null) {
      throw new ForbiddenException(
          "Location %s overlaps with that of another table, %s", location, taken);
    }
  }

  /** Metadata files are directly in a folder of the table, which tells where the table is. */
  private static void requireBelow(
      String what, @Nullable Path path, Path location, boolean directly) {
    boolean fits =
        path != null && (directly ? location.equals(path.getParent()) : path.startsWith(location));
    if (!fits) {
      throw new ForbiddenException(
          "%s, %s, has to be %s the table's location %s",
          what, path, directly ? "a folder directly in" : "inside of", location);
    }
  }

  /** A place for a new table of that name, below the namespace's folder; to be claimed. */
  String free(TableIdentifier stored, @Nullable String namespaceLocation) {
    TableIdentifier meant = Names.meant(stored);
    Path folder = namespaceLocation == null ? folder(meant.namespace()) : path(namespaceLocation);
    String name = Names.folder(meant.name());
    Path candidate = folder.resolve(name);
    String unique = UUID.randomUUID().toString().substring(0, 8);
    if (overlapping(stored, candidate) != null) {
      // A table of this namespace's name has the folder.
      String levels = Names.folder(String.join(".", meant.namespace().levels()));
      candidate =
          warehouse.resolve(String.format(Locale.ROOT, "%s-%s", levels, unique)).resolve(name);
    } else if (Files.exists(candidate)) {
      candidate = folder.resolve(String.format(Locale.ROOT, "%s-%s", name, unique));
    }
    return LocalFileIo.location(candidate);
  }

  /** The place of another table or view that this one is in, or the other way round. */
  private @Nullable Path overlapping(TableIdentifier stored, Path path) {
    for (String other : rows.otherMetadataLocations(stored)) {
      Path metadata = path(other).getParent();
      Path taken = metadata == null ? null : metadata.getParent();
      if (taken != null && nested(path, real(taken))) {
        return taken;
      }
    }
    return null;
  }

  /** Where tables of a namespace go if nobody says anything else. */
  Path folder(Namespace meant) {
    Path folder = warehouse;
    for (String level : meant.levels()) {
      folder = folder.resolve(Names.folder(level));
    }
    return folder;
  }

  private static boolean nested(Path one, Path other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  private static Path path(String location) {
    try {
      Path path;
      if (location.startsWith("file:")) {
        path = Path.of(URI.create(location));
      } else if (location.startsWith("/")) {
        path = Path.of(location);
      } else {
        throw new BadRequestException(
            "Location %s is neither an absolute path nor a file: URI", location);
      }
      if (!path.normalize().equals(path)) {
        throw new BadRequestException("Location %s has . or .. in it", location);
      }
      return path;
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e, "Location %s is no path", location);
    }
  }

  /** With the links of the part that exists followed. */
  private static Path real(Path path) {
    Path there = path;
    while (!Files.exists(there)) {
      Path parent = there.getParent();
      if (parent == null) {
        return path;
      }
      there = parent;
    }
    try {
      return there.toRealPath().resolve(there.relativize(path)).normalize();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
