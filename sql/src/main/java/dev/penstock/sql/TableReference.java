package dev.penstock.sql;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table that a query reads.
 *
 * @param namespace where it is; empty for the project's own tables
 * @param asOf what it is read as of ({@code landings AS OF '2001-05-01'}; a snapshot id, a tag or a
 *     time, for the lake to understand), or null for its current rows
 */
public record TableReference(List<String> namespace, String name, @Nullable String asOf) {
  public TableReference {
    namespace = List.copyOf(namespace);
  }

  public TableReference(String name, @Nullable String asOf) {
    this(List.of(), name, asOf);
  }

  /** The name under which the engine is given this table's files. */
  public String view() {
    String path =
        namespace.isEmpty()
            ? name
            : Stream.concat(namespace.stream(), Stream.of(name))
                .map(TableReference::level)
                .collect(Collectors.joining("."));
    return asOf == null ? path : path + "@" + asOf;
  }

  /** A name with a dot in it is told from two names. */
  private static String level(String name) {
    return name.contains(".") ? '[' + name + ']' : name;
  }
}
