package dev.penstock.platform.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The audit log: it only grows, and {@link #verify} finds an entry that was changed or taken. */
public final class AuditLog {
  private static final String COLUMNS =
      "SELECT number, at, who, action, subject, evidence, previous_hash, hash FROM audit ";

  /** What stands before the first entry. */
  private static final String BEGINNING = "";

  private final Database database;

  AuditLog(Database database) {
    this.database = database;
  }

  /** Adds an entry; within a transaction it is there if and only if the rest is. */
  public AuditEntry append(
      long atMicros, String who, String action, String subject, String evidenceJson) {
    return database.transaction(
        () -> {
          Optional<AuditEntry> last = last();
          long number = last.map(entry -> entry.number() + 1).orElse(1L);
          String previous = last.map(AuditEntry::hash).orElse(BEGINNING);
          AuditEntry entry =
              new AuditEntry(
                  number,
                  atMicros,
                  who,
                  action,
                  subject,
                  evidenceJson,
                  previous,
                  AuditEntry.hash(number, atMicros, who, action, subject, evidenceJson, previous));
          database.update(
              "INSERT INTO audit (number, at, who, action, subject, evidence, previous_hash, hash)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
              number,
              atMicros,
              who,
              action,
              subject,
              evidenceJson,
              previous,
              entry.hash());
          return entry;
        });
  }

  /** The latest entries, the newest first. */
  public List<AuditEntry> latest(int count) {
    return database.query(COLUMNS + "ORDER BY number DESC LIMIT ?", AuditLog::read, count);
  }

  /** All entries about a subject, the oldest first. */
  public List<AuditEntry> about(String subject) {
    return database.query(COLUMNS + "WHERE subject = ? ORDER BY number", AuditLog::read, subject);
  }

  /** All entries of these actions, the oldest first. */
  public List<AuditEntry> of(String... actions) {
    return database.query(
        COLUMNS
            + "WHERE action IN ("
            + String.join(", ", Collections.nCopies(actions.length, "?"))
            + ") ORDER BY number",
        AuditLog::read,
        (Object[]) actions);
  }

  public Optional<AuditEntry> last() {
    return latest(1).stream().findFirst();
  }

  /**
   * What the check of the chain found.
   *
   * @param entries how many there are
   * @param firstBroken the number of the first entry that is not what was written; null when sound
   */
  public record Verdict(long entries, @Nullable Long firstBroken) {
    public boolean isSound() {
      return firstBroken == null;
    }
  }

  /**
   * Recomputes every hash. An entry that was changed, taken out or put in between is found; that
   * the newest ones were cut off is found only against a hash kept elsewhere.
   */
  public Verdict verify() {
    List<AuditEntry> entries = database.query(COLUMNS + "ORDER BY number", AuditLog::read);
    String previous = BEGINNING;
    long number = 1;
    for (AuditEntry entry : entries) {
      if (entry.number() != number || !entry.previousHash().equals(previous) || !entry.isSound()) {
        return new Verdict(entries.size(), number);
      }
      previous = entry.hash();
      number++;
    }
    return new Verdict(entries.size(), null);
  }

  private static AuditEntry read(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("number"),
        row.getLong("at"),
        row.getString("who"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("evidence"),
        row.getString("previous_hash"),
        row.getString("hash"));
  }
}
