package dev.penstock.sql;

import dev.penstock.data.Batch;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.Schema;

/** A small table pinned in memory, found by its key. Immutable. */
public final class LookupTable {
  private final String name;
  private final Batch rows;
  private final String keyColumn;

  private LookupTable(String name, Batch rows, String keyColumn) {
    this.name = name;
    this.rows = rows;
    this.keyColumn = keyColumn;
  }

  /**
   * Pins a table.
   *
   * @param keyColumn a column of integers or strings, unique and without null
   * @throws dev.penstock.data.PenstockException {@code COLUMN_NOT_FOUND}, {@code TYPE_MISMATCH}, or
   *     {@code DEFINITION_VALUE} for a key that is null or there twice
   */
  public static LookupTable of(String name, Batch rows, String keyColumn) {
    return new LookupTable(name, rows, keyColumn);
  }

  public String name() {
    return name;
  }

  public Schema schema() {
    return rows.schema();
  }

  public String keyColumn() {
    return keyColumn;
  }

  /** Of one column's content by key; the order of rows does not matter. */
  @SuppressWarnings("DoNotCallSuggester")
  public Fingerprint fingerprint(String column) {
    throw new UnsupportedOperationException();
  }
}
