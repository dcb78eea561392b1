package dev.penstock.sql;

import org.jspecify.annotations.Nullable;

/** The pinned tables that {@code lookup(table, key, column)} may read. */
@FunctionalInterface
public interface Lookups {
  Lookups NONE = name -> null;

  /** The table of that name, or null when there is none. */
  @Nullable LookupTable table(String name);
}
