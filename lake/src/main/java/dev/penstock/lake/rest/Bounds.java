package dev.penstock.lake.rest;

import dev.penstock.lake.internal.Names;
import java.util.Map;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.jspecify.annotations.Nullable;

/** What foreign engines may change: all but Penstock's own tables, within the roots. */
final class Bounds {
  private final String project;
  private final Locations locations;

  Bounds(String project, Locations locations) {
    this.project = project;
    this.locations = locations;
  }

  /**
   * Refuses a change to one of Penstock's own tables. They are the log that served answers are
   * replayed from, and what follows from it: a row that did not pass acceptance must not get in,
   * and none may go but through a retraction.
   */
  void requireForeign(TableIdentifier meant) {
    if (isOwn(meant.namespace())) {
      throw new ForbiddenException(
          "Table %s belongs to Penstock and can only be read here. Rows come in through acceptance"
              + " (POST /v1/sources/SOURCE/rows, or penstock ingest) and go by a retraction; tables"
              + " of your own can be in any namespace but %s",
          meant, project);
    }
  }

  /** Refuses a change to the namespace of Penstock's own tables, or below it. */
  void requireForeign(Namespace meant) {
    if (isOwn(meant)) {
      throw new ForbiddenException(
          "Namespace %s belongs to Penstock and can only be read here. Make another", meant);
    }
  }

  /** Whether a namespace is that of Penstock's own tables, or below it. */
  boolean isOwn(Namespace meant) {
    return !meant.isEmpty() && meant.level(0).equals(project);
  }

  /** Checks a commit to a table or view that is there. */
  void change(
      TableIdentifier stored,
      String before,
      String location,
      Map<String, String> propertiesBefore,
      Map<String, String> properties) {
    requireForeign(Names.meant(stored));
    if (!location.equals(before) || !properties.equals(propertiesBefore)) {
      locations.claim(stored, location, properties, null);
    }
  }

  /** Checks a file that will be deleted with a table. */
  void requireWithin(String file, String location) {
    if (!locations.foreign(file).startsWith(locations.foreign(location))) {
      throw new ForbiddenException("File %s is not inside of the table's %s", file, location);
    }
  }

  /**
   * Checks the first commit of a table or view.
   *
   * @param metadataFile one that is there already, if it is registered
   */
  void create(
      TableIdentifier stored,
      String location,
      Map<String, String> properties,
      @Nullable String metadataFile) {
    requireForeign(Names.meant(stored));
    locations.claim(stored, location, properties, metadataFile);
  }
}
