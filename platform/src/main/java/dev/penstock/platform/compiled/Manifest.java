package dev.penstock.platform.compiled;

import dev.penstock.data.Fingerprint;
import dev.penstock.platform.definition.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that plan, lineage and catalog need to know of a compiled project, as plain values: it can be
 * kept, and answers without a compiler.
 *
 * @param entries each after those it builds on
 */
public record Manifest(String project, List<Entry> entries) {
  public Manifest {
    entries = List.copyOf(entries);
  }

  /**
   * One definition.
   *
   * @param place file, line and column of its name
   * @param sourceText the document as it is written
   * @param canonical see {@link Canonical#text}
   * @param dependencies what it names itself, sorted
   * @param columns what it gives: columns of rows, features, or nothing
   * @param content of a dimension: its file and what is in it now; else null
   */
  public record Entry(
      Kind kind,
      String name,
      String owner,
      String description,
      List<String> tags,
      String place,
      String sourceText,
      String canonical,
      Fingerprint fingerprint,
      List<String> dependencies,
      List<Column> columns,
      @Nullable Content content) {
    public Entry {
      tags = List.copyOf(tags);
      dependencies = List.copyOf(dependencies);
      columns = List.copyOf(columns);
    }
  }

  /**
   * One column or feature.
   *
   * @param text how it is computed; empty for what a row brings
   * @param fingerprint of a feature; else null
   */
  public record Column(String name, String type, String text, @Nullable Fingerprint fingerprint) {}

  /** What a dimension's file holds. */
  public record Content(String file, Fingerprint fingerprint) {}

  public Optional<Entry> find(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /** What names this definition itself, in order. */
  public List<Entry> dependents(String name) {
    return entries.stream().filter(entry -> entry.dependencies().contains(name)).toList();
  }

  /** The entries with these names, in order. */
  public List<Entry> select(Set<String> names) {
    return entries.stream().filter(entry -> names.contains(entry.name())).toList();
  }
}
