package dev.penstock.lake.rest;

import dev.penstock.lake.CatalogDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a REST catalog serves.
 *
 * @param project whose tables these are: the namespace of that name is Penstock's own
 * @param otherRoots folders beside the warehouse in which tables may be
 */
public record RestSettings(
    CatalogDatabase database, Path warehouse, String project, List<Path> otherRoots) {
  public RestSettings {
    otherRoots = List.copyOf(otherRoots);
  }

  /** The folders in which tables may be, the warehouse first. */
  List<Path> roots() {
    List<Path> roots = new ArrayList<>();
    roots.add(warehouse);
    roots.addAll(otherRoots);
    return roots;
  }
}
