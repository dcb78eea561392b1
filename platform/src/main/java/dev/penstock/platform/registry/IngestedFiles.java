package dev.penstock.platform.registry;

import dev.penstock.data.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The files that were taken in, known by their content. */
public final class IngestedFiles {
  private static final String COLUMNS =
      "SELECT source, content, file_name, state, snapshot, accepted, quarantined, duplicates, at"
          + " FROM ingested_file ";

  private final Database database;

  IngestedFiles(Database database) {
    this.database = database;
  }

  public Optional<IngestedFile> find(String source, Fingerprint content) {
    return database.queryOne(
        COLUMNS + "WHERE source = ? AND content = ?", IngestedFiles::read, source, content.hex());
  }

  /** The files of a source in the order they came. */
  public List<IngestedFile> of(String source) {
    return database.query(
        COLUMNS + "WHERE source = ? ORDER BY at, rowid", IngestedFiles::read, source);
  }

  /** Records the file, or how far it is now. */
  public void put(IngestedFile file) {
    database.update(
        "INSERT INTO ingested_file (source, content, file_name, state, snapshot, accepted,"
            + " quarantined, duplicates, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (source, content) DO UPDATE SET file_name = excluded.file_name,"
            + " state = excluded.state, snapshot = excluded.snapshot,"
            + " accepted = excluded.accepted, quarantined = excluded.quarantined,"
            + " duplicates = excluded.duplicates, at = excluded.at",
        file.source(),
        file.content().hex(),
        file.fileName(),
        file.done() ? "done" : "started",
        file.snapshot(),
        file.accepted(),
        file.quarantined(),
        file.duplicates(),
        file.atMicros());
  }

  /**
   * Keeps what the accepted rows of a file are like. It counts once the file is done.
   *
   * @param profile as JSON
   */
  public void keepProfile(String source, Fingerprint content, String profile) {
    database.update(
        "UPDATE ingested_file SET profile = ? WHERE source = ? AND content = ?",
        profile,
        source,
        content.hex());
  }

  /** The kept profiles of a source's files that are done, as JSON, the newest file's first. */
  public List<String> profiles(String source) {
    return database.query(
        "SELECT profile FROM ingested_file WHERE source = ? AND state = 'done'"
            + " AND profile IS NOT NULL ORDER BY at DESC, rowid DESC",
        row -> row.getString("profile"),
        source);
  }

  private static IngestedFile read(ResultSet row) throws SQLException {
    return new IngestedFile(
        row.getString("source"),
        new Fingerprint(row.getString("content")),
        row.getString("file_name"),
        row.getString("state").equals("done"),
        Runs.nullableLong(row, "snapshot"),
        row.getLong("accepted"),
        row.getLong("quarantined"),
        row.getLong("duplicates"),
        row.getLong("at"));
  }
}
