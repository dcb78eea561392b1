package dev.penstock.platform.registry;

import dev.penstock.data.Fingerprint;
import dev.penstock.platform.definition.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is applied, and what was before it. */
public final class AppliedDefinitions {
  private static final String COLUMNS =
      "SELECT kind, name, fingerprint, canonical, owner, description, tags, source_text, applied_at"
          + " FROM definition ";

  private final Database database;

  AppliedDefinitions(Database database) {
    this.database = database;
  }

  /** What is applied now, by name. */
  public List<AppliedDefinition> current() {
    return database.query(COLUMNS + "WHERE retired_at IS NULL ORDER BY name", this::read);
  }

  public Optional<AppliedDefinition> current(String name) {
    return database.queryOne(COLUMNS + "WHERE retired_at IS NULL AND name = ?", this::read, name);
  }

  /** All that was ever applied under that name, the newest first. */
  public List<AppliedDefinition> history(String name) {
    return database.query(
        COLUMNS + "WHERE name = ? ORDER BY applied_at DESC, id DESC", this::read, name);
  }

  /** Makes this the current one of its name, and retires the one before it. */
  public void apply(AppliedDefinition definition) {
    database.transaction(
        () -> {
          retire(definition.name(), definition.appliedMicros());
          return database.update(
              "INSERT INTO definition (kind, name, fingerprint, canonical, owner, description,"
                  + " tags, source_text, applied_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
              definition.kind().key(),
              definition.name(),
              definition.fingerprint().hex(),
              definition.canonical(),
              definition.owner(),
              definition.description(),
              String.join(",", definition.tags()),
              definition.sourceText(),
              definition.appliedMicros());
        });
  }

  /** Takes the name out of what is applied; its history stays. */
  public void retire(String name, long micros) {
    database.update(
        "UPDATE definition SET retired_at = ? WHERE name = ? AND retired_at IS NULL", micros, name);
  }

  private AppliedDefinition read(ResultSet row) throws SQLException {
    String tags = row.getString("tags");
    return new AppliedDefinition(
        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("name"),
        new Fingerprint(row.getString("fingerprint")),
        row.getString("canonical"),
        row.getString("owner"),
        row.getString("description"),
        tags.isEmpty() ? List.of() : List.of(tags.split(",", -1)),
        row.getString("source_text"),
        row.getLong("applied_at"));
  }
}
