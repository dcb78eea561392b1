// LEAD NOTE: do not implement this room, read lake/LEAD-NOTE.md first (the lead implements it on main).
package dev.penstock.lake;

import dev.penstock.data.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A project's tables: Iceberg (format v2) in a local folder, catalogued in a SQLite file beside
 * them. Thread-safe.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable"}) // until filled
public final class Lake implements AutoCloseable {
  private Lake() {}

  /** Opens the lake in this folder, making it if there is none. */
  public static Lake open(Path warehouse, String project) {
    throw new UnsupportedOperationException();
  }

  public LakeTable create(String name, Schema schema) {
    return create(name, schema, Map.of());
  }

  /**
   * Creates a table without snapshots.
   *
   * @throws dev.penstock.data.PenstockException {@code DEFINITION_DUPLICATE} if there is one
   */
  public LakeTable create(String name, Schema schema, Map<String, String> properties) {
    throw new UnsupportedOperationException();
  }

  /**
   * The table of that name.
   *
   * @throws dev.penstock.data.PenstockException {@code NOT_FOUND}
   */
  public LakeTable table(String name) {
    throw new UnsupportedOperationException();
  }

  public boolean exists(String name) {
    throw new UnsupportedOperationException();
  }

  /** The names of all tables, sorted. */
  public List<String> tables() {
    throw new UnsupportedOperationException();
  }

  /** Forgets a table; its files stay where they are. */
  public void drop(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
