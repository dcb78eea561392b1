package dev.penstock.embedded;

import dev.penstock.data.Batch;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.embedded.internal.Database;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveView;
import dev.penstock.online.OnlineStore;
import dev.penstock.online.Reading;
import dev.penstock.source.ClockMode;
import dev.penstock.source.Decision;
import dev.penstock.source.Log;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The live side of a project in one folder: log, state of all views, ids, quarantine and
 * predictions in one database, written by one thread in atomic, synced commits. Safe for use by
 * many threads; open in one process at a time.
 *
 * <p>The usual order: {@link #open}; where history was loaded {@link #rememberIds}, then {@link
 * #startLive}, for each source; {@link #define}; for each view {@link #resume} or else {@link
 * #fill}; then pushes and readings.
 */
public final class EmbeddedStore implements OnlineStore, AutoCloseable {
  private final Database database;

  private EmbeddedStore(Database database) {
    this.database = database;
  }

  /**
   * Opens the store in a folder, or makes one.
   *
   * @throws PenstockException {@code PROJECT_LOCKED} if it is open already, {@code STATE_VERSION}
   *     if another Penstock wrote it, {@code STATE_CORRUPT} if it is damaged
   */
  public static EmbeddedStore open(Path folder, StoreOptions options) {
    return new EmbeddedStore(Database.open(folder, options));
  }

  /**
   * Says which sources take rows and which views their rows reach, from the next commit on. A view
   * that was ready and is not in the graph is parked: it keeps its state and falls behind.
   */
  public void define(Collection<SourceSpec> sources, LiveGraph graph) {
    database.define(sources, graph);
  }

  /**
   * Lets a source's live rows follow its history: fixes S. Doing it again with the same S is
   * nothing.
   *
   * @param history one past the positions of history
   * @param lastSeenTime no reading is given a moment before it, no push may be seen before it;
   *     {@code Long.MIN_VALUE} when history does not matter
   * @throws PenstockException {@code CONFLICT_RETRY} if there are live rows after another S
   */
  public void startLive(String source, Positions history, long lastSeenTime) {
    database.startLive(source, history, lastSeenTime);
  }

  /** S: one past the positions of the source's history. */
  public Positions history(String source) {
    return database.history(source);
  }

  /**
   * Remembers the ids of rows of history, so that a push that repeats one is noticed. Doing it
   * again is nothing. Rows older than the source remembers its ids need not be given. They are safe
   * on disk with the next commit: call {@link #startLive} after it, and whoever finds S fixed knows
   * that the ids are there.
   */
  public void rememberIds(SourceSpec source, Iterable<Batch> accepted) {
    database.rememberIds(source, accepted);
  }

  /**
   * Remembers the live rows of history of a source whose rows change, so that what comes live can
   * take them back. As {@link #rememberIds}, but no row may be left out.
   *
   * @param accepted in the order of the log
   */
  public void rememberRows(SourceSpec source, Iterable<Batch> accepted) {
    database.rememberRows(source, accepted);
  }

  /** Deletes the ids of rows seen before a moment; how many were found. */
  public long forgetIds(String source, long seenBefore) {
    return database.forgetIds(source, seenBefore);
  }

  /**
   * Offers rows to a source. The future is completed with what was decided once it is on disk and
   * in every later reading; exceptionally, with nothing of it accepted, if the rows do not fit the
   * source or the clock.
   *
   * @throws PenstockException {@code OVERLOADED} if too much waits already: nothing was taken
   */
  public CompletableFuture<Decision> push(String source, RawRows rows) {
    return database.push(source, rows);
  }

  @Override
  public ClockMode clockMode() {
    return database.clockMode();
  }

  @Override
  public Reading now() {
    return database.now();
  }

  @Override
  public Reading at(long q) {
    return database.at(q);
  }

  /**
   * Fills views of one source with its history, up to {@code at}, then with the log's rows from
   * there on, and makes them ready: from that commit on every commit reaches them. Views that were
   * ready or half-filled are wiped first. Blocks; commits go on meanwhile. No reading is given a
   * moment before the last seen time ({@link #startLive}), so what only such a one could need is
   * not kept, and rows that old may be left out of the history.
   *
   * @param views with all views that are chained to one of them, and what each is chained to
   * @param history the source's accepted rows below {@code at}, with system columns, in any order,
   *     but a retraction after its row; in the order of application where views are chained
   */
  public void fill(List<LiveView> views, Iterable<Batch> history, Positions at) {
    database.fill(views, history, at);
  }

  /**
   * Makes a parked view ready again by the log's rows alone.
   *
   * @return false if it must be filled: it is not there, half-filled, of an older form, or too far
   *     behind; true if it is ready now, or was
   */
  public boolean resume(LiveView view) {
    return database.resume(view);
  }

  /**
   * Lets go of state that only readings before the last seen time could need, view by view, each in
   * a commit of its own that holds up the others as long as it takes. A view that is filled is
   * trimmed so from the start.
   */
  public void trimViews() {
    database.trimViews();
  }

  /** Forgets a view's state. */
  public void drop(Fingerprint view) {
    database.drop(view);
  }

  public List<StoredView> views() {
    return database.views();
  }

  public Log log() {
    return database.log();
  }

  public PredictionLog predictions() {
    return database.predictions();
  }

  public QuarantineShelf quarantine() {
    return database.quarantine();
  }

  /** The last seen time of a commit; {@code Long.MIN_VALUE} before the first. */
  public long lastSeenTime() {
    return database.lastSeenTime();
  }

  /** Why the store takes no more until it is opened again: its disk failed. */
  public Optional<PenstockException> broken() {
    return Optional.ofNullable(database.broken());
  }

  /** Commits what waits, waits for open readings, and closes the files. */
  @Override
  public void close() {
    database.close();
  }
}
