package dev.penstock.platform.registry;

import dev.penstock.data.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The dimensions that lookups read, each at one content. */
public final class Pinned {
  private static final String COLUMNS =
      "SELECT dimension, fingerprint, snapshot, pinned_at FROM pin ";

  private final Database database;

  Pinned(Database database) {
    this.database = database;
  }

  public List<Pin> all() {
    return database.query(COLUMNS + "ORDER BY dimension", Pinned::read);
  }

  public Optional<Pin> of(String dimension) {
    return database.queryOne(COLUMNS + "WHERE dimension = ?", Pinned::read, dimension);
  }

  /** Pins the dimension to this content, instead of any before. */
  public void put(Pin pin) {
    database.update(
        "INSERT OR REPLACE INTO pin (dimension, fingerprint, snapshot, pinned_at)"
            + " VALUES (?, ?, ?, ?)",
        pin.dimension(),
        pin.fingerprint().hex(),
        pin.snapshot(),
        pin.pinnedMicros());
  }

  public void remove(String dimension) {
    database.update("DELETE FROM pin WHERE dimension = ?", dimension);
  }

  private static Pin read(ResultSet row) throws SQLException {
    return new Pin(
        row.getString("dimension"),
        new Fingerprint(row.getString("fingerprint")),
        row.getLong("snapshot"),
        row.getLong("pinned_at"));
  }
}
