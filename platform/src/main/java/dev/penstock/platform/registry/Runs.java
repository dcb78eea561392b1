package dev.penstock.platform.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs and their steps: what was done, and what a crash left open. */
public final class Runs {
  private static final String RUN =
      "SELECT id, command, state, started_at, finished_at, message FROM run ";
  private static final String STEP =
      "SELECT run_id, name, version, state, started_at, finished_at, result FROM run_step ";

  private final Database database;

  Runs(Database database) {
    this.database = database;
  }

  /** Begins a run and gives its id. */
  public long start(String command, long micros) {
    return database.transaction(
        () -> {
          database.update(
              "INSERT INTO run (command, state, started_at) VALUES (?, 'running', ?)",
              command,
              micros);
          return database
              .queryOne("SELECT last_insert_rowid()", row -> row.getLong(1))
              .orElseThrow();
        });
  }

  public void finish(long runId, WorkState state, String message, long micros) {
    database.update(
        "UPDATE run SET state = ?, message = ?, finished_at = ? WHERE id = ?",
        state.stored(),
        message,
        micros,
        runId);
  }

  /** Begins a step, again if the run has begun it before. */
  public void startStep(long runId, String name, String version, long micros) {
    database.update(
        "INSERT OR REPLACE INTO run_step (run_id, name, version, state, started_at)"
            + " VALUES (?, ?, ?, 'running', ?)",
        runId,
        name,
        version,
        micros);
  }

  public void finishStep(long runId, String name, WorkState state, String resultJson, long micros) {
    database.update(
        "UPDATE run_step SET state = ?, result = ?, finished_at = ? WHERE run_id = ? AND name = ?",
        state.stored(),
        resultJson,
        micros,
        runId,
        name);
  }

  /** The latest step of this name and version that was done, in whatever run. */
  public Optional<RunStep> done(String name, String version) {
    return database.queryOne(
        STEP + "WHERE name = ? AND version = ? AND state = 'done' ORDER BY run_id DESC LIMIT 1",
        Runs::readStep,
        name,
        version);
  }

  /** The latest step of this name that was done, of whatever version. */
  public Optional<RunStep> lastDone(String name) {
    return database.queryOne(
        STEP + "WHERE name = ? AND state = 'done' ORDER BY run_id DESC LIMIT 1",
        Runs::readStep,
        name);
  }

  /** Runs that were begun and not finished, the oldest first. */
  public List<Run> open() {
    return database.query(RUN + "WHERE state = 'running' ORDER BY id", Runs::readRun);
  }

  /** The latest runs, the newest first. */
  public List<Run> latest(int count) {
    return database.query(RUN + "ORDER BY id DESC LIMIT ?", Runs::readRun, count);
  }

  public List<RunStep> steps(long runId) {
    return database.query(
        STEP + "WHERE run_id = ? ORDER BY started_at, rowid", Runs::readStep, runId);
  }

  private static Run readRun(ResultSet row) throws SQLException {
    return new Run(
        row.getLong("id"),
        row.getString("command"),
        WorkState.ofStored(row.getString("state")),
        row.getLong("started_at"),
        nullableLong(row, "finished_at"),
        row.getString("message"));
  }

  private static RunStep readStep(ResultSet row) throws SQLException {
    return new RunStep(
        row.getLong("run_id"),
        row.getString("name"),
        row.getString("version"),
        WorkState.ofStored(row.getString("state")),
        row.getLong("started_at"),
        nullableLong(row, "finished_at"),
        row.getString("result"));
  }

  static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
