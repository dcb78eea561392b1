package dev.penstock.sql;

import org.jspecify.annotations.Nullable;

/**
 * A table that a query reads: its name, what it is read as of ({@code landings AS OF '2001-05-01'};
 * a snapshot id, a tag or a time, for the lake to understand), or null for its current rows.
 */
public record TableReference(String name, @Nullable String asOf) {
  /** The name under which the engine is given this table's files. */
  public String view() {
    return asOf == null ? name : name + "@" + asOf;
  }
}
