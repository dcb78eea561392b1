package dev.penstock.lake;

import dev.penstock.data.Field;
import dev.penstock.data.Type;

/** Changes of a table's columns: refine, then {@link #commit}. Immutable. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable"}) // until filled
public final class TableChange {
  private TableChange() {}

  /** A column more, which must be nullable: rows that are there have null in it. */
  public TableChange add(Field field) {
    throw new UnsupportedOperationException();
  }

  public TableChange rename(String from, String to) {
    throw new UnsupportedOperationException();
  }

  /** int32 to int64, float32 to float64, a decimal to more digits. */
  public TableChange widen(String column, Type type) {
    throw new UnsupportedOperationException();
  }

  public TableChange makeNullable(String column) {
    throw new UnsupportedOperationException();
  }

  public TableChange drop(String column) {
    throw new UnsupportedOperationException();
  }

  /** Sets a property of the table itself. */
  public TableChange property(String key, String value) {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes all of the changes, or none.
   *
   * @throws dev.penstock.data.PenstockException {@code SCHEMA_INCOMPATIBLE}
   */
  public void commit() {
    throw new UnsupportedOperationException();
  }
}
