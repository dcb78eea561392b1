package dev.penstock.embedded.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.embedded.PredictionLog;
import dev.penstock.embedded.QuarantineShelf;
import dev.penstock.embedded.StoreOptions;
import dev.penstock.embedded.StoredView;
import dev.penstock.feature.StateWriter;
import dev.penstock.feature.ViewState;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveUpdater;
import dev.penstock.online.LiveView;
import dev.penstock.online.Reading;
import dev.penstock.source.Acceptance;
import dev.penstock.source.ClockMode;
import dev.penstock.source.Decision;
import dev.penstock.source.Log;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Puts the parts of an open store together. */
public final class Database implements AutoCloseable {
  private static final long CLOSING_SECONDS = 30;

  private final StoreOptions options;
  private final ClockMode clockMode;
  private final Rocks rocks;
  private final Gate gate = new Gate();
  private final CommitClock clock;
  private final Sequencer sequencer;
  private final StoredLog log;
  private final StoredPredictions predictions;
  private final StoredQuarantine quarantine;
  private final IdShelf ids;
  private final Filler filler;
  private final AtomicBoolean renewing = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile LiveGraph graph = LiveGraph.EMPTY;

  private Database(Rocks rocks, Meta meta, ClockMode clockMode, StoreOptions options) {
    this.rocks = rocks;
    this.options = options;
    this.clockMode = clockMode;
    StoreState state = meta.state();
    ClockRecord time = meta.clock();
    clock =
        new CommitClock(
            options.wallClock(),
            time.lastSeen(),
            Math.max(time.lastQ(), time.lease()),
            new Published(rocks, state));
    LogEntries entries = new LogEntries(meta);
    sequencer = new Sequencer(rocks, entries, clock, clockMode, state, options);
    log = new StoredLog(rocks, gate, clock, sequencer, entries);
    predictions = new StoredPredictions(rocks, gate, clock, sequencer);
    quarantine = new StoredQuarantine(rocks, gate, clock, sequencer);
    ids = new IdShelf(rocks, gate, sequencer);
    filler = new Filler(rocks, gate, clock, sequencer, log, options);
    sequencer.start();
  }

  public static Database open(Path folder, StoreOptions options) {
    Rocks rocks = Rocks.open(folder, options.cacheBytes());
    try {
      Meta meta = new Meta(rocks, folder);
      meta.checkFormat();
      return new Database(rocks, meta, meta.clockMode(options.clockMode()), options);
    } catch (RuntimeException e) {
      rocks.close();
      throw e;
    }
  }

  public ClockMode clockMode() {
    return clockMode;
  }

  public Log log() {
    return log;
  }

  public PredictionLog predictions() {
    return predictions;
  }

  public QuarantineShelf quarantine() {
    return quarantine;
  }

  /** See {@link dev.penstock.embedded.EmbeddedStore#define}. */
  public void define(Collection<SourceSpec> sources, LiveGraph defined) {
    Map<String, Acceptance> acceptances = new HashMap<>();
    sources.forEach(source -> acceptances.put(source.name(), new Acceptance(source)));
    LiveUpdater updater = options.updater().apply(defined);
    sequencer.change(
        commit -> {
          StoreState state = commit.state();
          for (StoredView view : commit.state().views().values()) {
            if (view.phase() == StoredView.Phase.READY && !defined.contains(view.fingerprint())) {
              state = state.with(view.in(StoredView.Phase.PARKED, commit.state().positions(view)));
            }
          }
          for (String source : acceptances.keySet()) {
            state = state.with(source, state.source(source));
          }
          commit.state(state);
          return () -> sequencer.use(Map.copyOf(acceptances), updater);
        });
    graph = defined;
  }

  /** See {@link dev.penstock.embedded.EmbeddedStore#startLive}. */
  public void startLive(String source, Positions history, long lastSeenTime) {
    sequencer.change(
        commit -> {
          SourceRecord record = commit.state().source(source);
          if (record.hasLiveRows() && !record.history().equals(history)) {
            throw new PenstockException(
                ErrorCode.CONFLICT_RETRY,
                "source '" + source + "' is live since " + record.history() + ", not " + history,
                "history cannot be added below rows that came live");
          }
          if (!record.hasLiveRows()) {
            commit.state(
                commit
                    .state()
                    .with(source, new SourceRecord(record.number(), history, history, history)));
          }
          commit.sawUntil(lastSeenTime);
          return () -> {};
        });
  }

  public Positions history(String source) {
    return clock.state().source(source).history();
  }

  /** See {@link dev.penstock.embedded.EmbeddedStore#rememberIds}. */
  public void rememberIds(SourceSpec source, Iterable<Batch> accepted) {
    sequencer.change(
        commit -> {
          commit.state(commit.state().with(source.name(), commit.state().source(source.name())));
          return () -> {};
        });
    Acceptance acceptance = new Acceptance(source);
    gate.enter();
    try (IdShelf.Loader loader = ids.loader(clock.state().source(source.name()).number())) {
      for (Batch rows : accepted) {
        acceptance.remember(rows, loader);
      }
    } finally {
      gate.leave();
    }
  }

  /** See {@link dev.penstock.embedded.EmbeddedStore#rememberRows}. */
  public void rememberRows(SourceSpec source, Iterable<Batch> accepted) {
    sequencer.change(
        commit -> {
          commit.state(commit.state().with(source.name(), commit.state().source(source.name())));
          return () -> {};
        });
    Acceptance acceptance = new Acceptance(source);
    gate.enter();
    try (RowShelf shelf = new RowShelf(rocks, clock.state().source(source.name()).number())) {
      for (Batch rows : accepted) {
        acceptance.remember(rows, shelf);
      }
    } finally {
      gate.leave();
    }
  }

  public long forgetIds(String source, long rememberedFrom) {
    return ids.forget(clock.state().source(source).number(), rememberedFrom);
  }

  public CompletableFuture<Decision> push(String source, RawRows rows) {
    CompletableFuture<Decision> done = new CompletableFuture<>();
    sequencer.submit(new Task.Push(source, rows, bytes(rows.rows()), done));
    return done;
  }

  private static long bytes(Batch rows) {
    long bytes = 0;
    for (Column column : rows.columns()) {
      bytes += 8L * column.size();
      if (column instanceof ObjectColumn objects) {
        for (Object value : objects.values()) {
          bytes += 24;
          bytes +=
              value instanceof String text
                  ? text.length()
                  : value instanceof byte[] binary
                      ? binary.length
                      : value instanceof float[] vector ? 4L * vector.length : 16;
        }
      }
    }
    return bytes;
  }

  public Reading now() {
    if (clockMode != ClockMode.WALL) {
      throw new PenstockException(
          ErrorCode.USAGE, "the replay clock needs a moment to read at", "send q with the request");
    }
    gate.enter();
    CommitClock.Moment moment;
    try {
      moment = clock.now();
    } catch (RuntimeException e) {
      gate.leave();
      throw e;
    }
    StoreReading reading = new StoreReading(rocks, gate, moment.seen(), moment.q(), clockMode);
    try {
      renewLease(moment);
      return reading;
    } catch (RuntimeException e) {
      reading.close();
      throw e;
    }
  }

  /** Every commit renews the lease; where none comes for a while, one is made for it. */
  private void renewLease(CommitClock.Moment moment) {
    if (moment.leaseIsOver()) {
      sequencer.change(commit -> () -> {});
    } else if (moment.leaseRunsOut() && renewing.compareAndSet(false, true)) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      var unused = done.whenComplete((nothing, failed) -> renewing.set(false));
      sequencer.submit(new Task.Change(commit -> () -> {}, done));
    }
  }

  public Reading at(long q) {
    if (clockMode != ClockMode.REPLAY) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "the wall clock says at which moment is read",
          "leave q out, or ask for the past from history");
    }
    gate.enter();
    try {
      CommitClock.Moment moment = clock.at(q);
      return new StoreReading(rocks, gate, moment.seen(), q, clockMode);
    } catch (RuntimeException e) {
      gate.leave();
      throw e;
    }
  }

  public void fill(List<LiveView> views, Iterable<Batch> history, Positions at) {
    filler.fill(views, history, at);
  }

  public boolean resume(LiveView view) {
    return filler.resume(view);
  }

  public void drop(Fingerprint view) {
    sequencer.change(
        commit -> {
          StoredView stored = commit.state().views().get(view);
          if (stored != null) {
            filler.wipe(stored, commit);
            commit.state(commit.state().without(view));
          }
          return () -> {};
        });
  }

  /** See {@link dev.penstock.embedded.EmbeddedStore#trimViews}. */
  public void trimViews() {
    LiveGraph trimmed = graph;
    for (LiveView view : trimmed.views()) {
      ViewState state = new ViewState(view.view());
      sequencer.change(
          commit -> {
            StateWriter writer = commit.state(view.fingerprint());
            if (writer != null && commit.seen() != Long.MIN_VALUE) {
              state.trim(trimmed.askedFrom(view, commit.seen()), writer);
            }
            return () -> {};
          });
    }
  }

  public List<StoredView> views() {
    return List.copyOf(clock.state().views().values());
  }

  public long lastSeenTime() {
    return clock.lastSeen();
  }

  public @Nullable PenstockException broken() {
    return sequencer.broken();
  }

  /** Commits what waits, waits for who reads, and closes the files. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    sequencer.close();
    boolean alone = gate.shut(CLOSING_SECONDS);
    if (!alone) {
      throw new PenstockException(
          ErrorCode.INTERNAL,
          "the store is still being read and stays open",
          "close every reading before closing the store");
    }
    clock.letGo();
    rocks.close();
  }
}
