package dev.penstock.platform.registry;

import dev.penstock.platform.registry.LakeVersion.State;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The versions of the lake, and the branches that began at one. */
public final class LakeVersions {
  private record Named(String name, @Nullable Long snapshot) {}

  private final Database database;

  LakeVersions(Database database) {
    this.database = database;
  }

  /** All, the oldest first; those being made or dropped too. */
  public List<LakeVersion> all() {
    return database.transaction(
        () ->
            database
                .query(
                    "SELECT name FROM lake_version ORDER BY made_at, rowid",
                    row -> row.getString(1))
                .stream()
                .flatMap(name -> find(name).stream())
                .toList());
  }

  public Optional<LakeVersion> find(String name) {
    return database.transaction(
        () ->
            database.queryOne(
                "SELECT name, state, message, made_at FROM lake_version WHERE name = ?",
                row ->
                    new LakeVersion(
                        row.getString("name"),
                        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getString("message"),
                        row.getLong("made_at"),
                        snapshots(name)),
                name));
  }

  private Map<String, @Nullable Long> snapshots(String version) {
    Map<String, @Nullable Long> snapshots = new HashMap<>();
    database
        .query(
            "SELECT name, snapshot FROM lake_version_table WHERE version = ?",
            row ->
                new Named(
                    row.getString("name"),
                    row.getObject("snapshot") == null ? null : row.getLong("snapshot")),
            version)
        .forEach(table -> snapshots.put(table.name(), table.snapshot()));
    return snapshots;
  }

  public void add(LakeVersion version) {
    database.transaction(
        () -> {
          database.update(
              "INSERT INTO lake_version (name, state, message, made_at) VALUES (?, ?, ?, ?)",
              version.name(),
              written(version.state()),
              version.message(),
              version.madeMicros());
          version
              .snapshots()
              .forEach(
                  (table, snapshot) ->
                      database.update(
                          "INSERT INTO lake_version_table (version, name, snapshot)"
                              + " VALUES (?, ?, ?)",
                          version.name(),
                          table,
                          snapshot));
          return null;
        });
  }

  public void state(String version, State state) {
    database.update("UPDATE lake_version SET state = ? WHERE name = ?", written(state), version);
  }

  public void remove(String version) {
    database.update("DELETE FROM lake_version WHERE name = ?", version);
  }

  private static String written(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  public List<LakeBranch> branches() {
    return database.transaction(
        () ->
            database.query(
                "SELECT name, state, version, made_at FROM lake_branch ORDER BY made_at, rowid",
                row ->
                    new LakeBranch(
                        row.getString("name"),
                        LakeBranch.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getString("version"),
                        row.getLong("made_at"),
                        starts(row.getString("name")))));
  }

  private Map<String, LakeBranch.Start> starts(String branch) {
    Map<String, LakeBranch.Start> starts = new HashMap<>();
    database.query(
        "SELECT name, snapshot, content FROM lake_branch_table WHERE branch = ?",
        row ->
            starts.put(
                row.getString("name"),
                new LakeBranch.Start(row.getLong("snapshot"), row.getLong("content"))),
        branch);
    return starts;
  }

  public void add(LakeBranch branch) {
    database.transaction(
        () -> {
          database.update(
              "INSERT INTO lake_branch (name, state, version, made_at) VALUES (?, ?, ?, ?)",
              branch.name(),
              written(branch.state()),
              branch.version(),
              branch.madeMicros());
          branch
              .starts()
              .forEach(
                  (table, start) ->
                      database.update(
                          "INSERT INTO lake_branch_table (branch, name, snapshot, content)"
                              + " VALUES (?, ?, ?, ?)",
                          branch.name(),
                          table,
                          start.snapshot(),
                          start.content()));
          return null;
        });
  }

  public void branchState(String branch, LakeBranch.State state) {
    database.update("UPDATE lake_branch SET state = ? WHERE name = ?", written(state), branch);
  }

  public void removeBranch(String branch) {
    database.update("DELETE FROM lake_branch WHERE name = ?", branch);
  }
}
