package dev.penstock.platform.registry;

import dev.penstock.data.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The datasets that were built. */
public final class Datasets {
  private static final String COLUMNS =
      "SELECT version, name, fingerprint, inputs, summary, tag, built_at FROM dataset ";

  private final Database database;

  Datasets(Database database) {
    this.database = database;
  }

  /** Records a version; one that is there already stays as it is. */
  public void add(DatasetVersion dataset) {
    database.update(
        "INSERT OR IGNORE INTO dataset (version, name, fingerprint, inputs, summary, tag, built_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        dataset.version(),
        dataset.name(),
        dataset.fingerprint().hex(),
        dataset.inputs(),
        dataset.summary(),
        dataset.tag(),
        dataset.builtMicros());
  }

  public Optional<DatasetVersion> version(String version) {
    return database.queryOne(COLUMNS + "WHERE version = ?", Datasets::read, version);
  }

  /** All versions of a dataset, the newest first. */
  public List<DatasetVersion> versions(String name) {
    return database.query(
        COLUMNS + "WHERE name = ? ORDER BY built_at DESC, rowid DESC", Datasets::read, name);
  }

  public Optional<DatasetVersion> latest(String name) {
    return versions(name).stream().findFirst();
  }

  private static DatasetVersion read(ResultSet row) throws SQLException {
    return new DatasetVersion(
        row.getString("version"),
        row.getString("name"),
        new Fingerprint(row.getString("fingerprint")),
        row.getString("inputs"),
        row.getString("summary"),
        row.getString("tag"),
        row.getLong("built_at"));
  }
}
