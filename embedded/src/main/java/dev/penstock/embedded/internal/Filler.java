package dev.penstock.embedded.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.embedded.StoreOptions;
import dev.penstock.embedded.StoredView;
import dev.penstock.feature.StateWriter;
import dev.penstock.feature.ViewState;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveUpdater;
import dev.penstock.online.LiveView;
import dev.penstock.online.StoreWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Builds the state of views from their source's history, beside the commits, which do not touch a
 * view before it is ready. What it writes is not synced row by row: the view is marked ready, in
 * one commit with the last rows of the log, after all of it was flushed to disk; until then half a
 * state is wiped and filled again.
 */
final class Filler {
  /** Memory for the changes of one view before they are written out. */
  private static final long SPILL_BYTES = 48L << 20;

  /** How far behind the log a view may be when the commits are held up to finish it. */
  private static final long ROWS_TO_FINISH = 20_000;

  private final Rocks rocks;
  private final Gate gate;
  private final CommitClock clock;
  private final Sequencer sequencer;
  private final StoredLog log;
  private final StoreOptions options;

  Filler(
      Rocks rocks,
      Gate gate,
      CommitClock clock,
      Sequencer sequencer,
      StoredLog log,
      StoreOptions options) {
    this.rocks = rocks;
    this.gate = gate;
    this.clock = clock;
    this.sequencer = sequencer;
    this.log = log;
    this.options = options;
  }

  void fill(List<LiveView> views, Iterable<Batch> history, Positions at) {
    String source = views.get(0).source();
    sequencer.change(
        commit -> {
          checkLogReaches(source, commit.state().source(source), at);
          views.forEach(view -> begin(view, commit));
          return () -> {};
        });
    LiveGraph graph = new LiveGraph(views);
    LiveUpdater updater = options.updater().apply(graph);
    gate.enter();
    try (Filling filling = new Filling(graph)) {
      filling.forgetWhatNobodyCanAsk();
      for (Batch rows : history) {
        updater.apply(source, rows, filling);
        filling.spillWhereLarge();
      }
      Positions reached = at;
      Positions end = clock.state().source(source).next();
      while (distance(reached, end) > ROWS_TO_FINISH) {
        for (Batch rows : log.read(source, reached, end)) {
          updater.apply(source, rows, filling);
          filling.spillWhereLarge();
        }
        reached = end;
        end = clock.state().source(source).next();
      }
      filling.flush();
      Positions from = reached;
      sequencer.change(commit -> finish(views, updater, from, commit));
    } finally {
      gate.leave();
    }
  }

  /** Brings a parked view up to date from the log; false if it must be filled. */
  boolean resume(LiveView view) {
    StoreState state = clock.state();
    StoredView stored = state.views().get(view.fingerprint());
    if (stored == null || stored.formatVersion() != new ViewState(view.view()).formatVersion()) {
      return false;
    } else if (stored.phase() == StoredView.Phase.READY) {
      return true;
    } else if (view.upstream() != null) {
      // The log has no rows of it: they are made while the upstream takes in its own.
      return false;
    }
    SourceRecord source = state.source(view.source());
    if (stored.phase() != StoredView.Phase.PARKED
        || !reaches(source, stored.positions())
        || distance(stored.positions(), source.next()) > ROWS_TO_FINISH) {
      return false;
    }
    LiveUpdater updater = options.updater().apply(new LiveGraph(List.of(view)));
    sequencer.change(commit -> finish(List.of(view), updater, stored.positions(), commit));
    return true;
  }

  private void begin(LiveView view, Commit commit) {
    StoreState state = commit.state();
    StoredView before = state.views().get(view.fingerprint());
    if (before != null) {
      wipe(before, commit);
    }
    commit.state(
        state.with(
            new StoredView(
                view.fingerprint(),
                state.nextNumber(),
                new ViewState(view.view()).formatVersion(),
                view.source(),
                StoredView.Phase.FILLING,
                Positions.NONE)));
  }

  void wipe(StoredView view, Commit commit) {
    try {
      commit
          .batch()
          .deleteRange(rocks.state, Bytes.number(view.number()), Bytes.number(view.number() + 1));
    } catch (RocksDBException e) {
      throw Rocks.failed("wiping state", e);
    }
  }

  /** The last rows, and with them the mark that the view is ready: one commit. */
  private Runnable finish(
      List<LiveView> views, LiveUpdater updater, Positions from, Commit commit) {
    SourceRecord source = commit.state().source(views.get(0).source());
    Map<Fingerprint, StoredView> stored = new HashMap<>();
    for (LiveView view : views) {
      stored.put(view.fingerprint(), commit.state().views().get(view.fingerprint()));
    }
    StoreWriter into = view -> commit.overlay(Objects.requireNonNull(stored.get(view)));
    for (Batch rows : log.readAll(source, from)) {
      updater.apply(views.get(0).source(), rows, into);
    }
    for (StoredView view : stored.values()) {
      Positions reached = source.next().equals(Positions.NONE) ? from : source.next();
      commit.state(commit.state().with(view.in(StoredView.Phase.READY, reached)));
    }
    return () -> {};
  }

  private static void checkLogReaches(String source, SourceRecord record, Positions at) {
    if (!reaches(record, at)) {
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY,
          "history of '" + source + "' ends at " + at + ", the log begins at " + record.begin(),
          "read the history again: more of it has moved from the log to the lake");
    }
  }

  private static boolean reaches(SourceRecord record, Positions from) {
    return record.begin().next().keySet().stream()
        .allMatch(partition -> from.next(partition) >= record.begin().next(partition));
  }

  private static long distance(Positions from, Positions to) {
    return to.next().keySet().stream()
        .mapToLong(partition -> Math.max(0, to.next(partition) - from.next(partition)))
        .sum();
  }

  /** The views' states while they are filled. */
  private final class Filling implements StoreWriter, AutoCloseable {
    private final ReadOptions reads = new ReadOptions();
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final Map<Fingerprint, FillingView> views = new HashMap<>();
    private final LiveGraph graph;

    Filling(LiveGraph graph) {
      this.graph = graph;
      StoreState state = clock.state();
      for (LiveView view : graph.views()) {
        StoredView stored = Objects.requireNonNull(state.views().get(view.fingerprint()));
        views.put(
            view.fingerprint(),
            new FillingView(
                stored,
                new ViewState(view.view()),
                new FreshState(
                    new StoredState(rocks, StateSource.latest(rocks, reads), stored.number()))));
      }
    }

    @Override
    public StateWriter state(Fingerprint view) {
      return Objects.requireNonNull(views.get(view)).overlay;
    }

    /**
     * No reading to come is at a moment before the last seen time, so rows that only earlier ones
     * could see need not be kept: each view is trimmed to that moment before it is filled.
     */
    void forgetWhatNobodyCanAsk() {
      long lastSeen = clock.lastSeen();
      if (lastSeen != Long.MIN_VALUE) {
        for (LiveView view : graph.views()) {
          FillingView filled = Objects.requireNonNull(views.get(view.fingerprint()));
          filled.state.trim(graph.askedFrom(view, lastSeen), filled.overlay);
        }
      }
    }

    void spillWhereLarge() {
      views.values().stream()
          .filter(view -> view.overlay.bytes() > SPILL_BYTES)
          .forEach(this::spill);
    }

    private void spill(FillingView view) {
      try (WriteBatch batch = new WriteBatch()) {
        Commit.write(view.overlay, view.stored.number(), rocks, batch);
        rocks.db.write(unlogged, batch);
        view.fresh.written();
      } catch (RocksDBException e) {
        throw Rocks.failed("filling state", e);
      }
    }

    void flush() {
      views.values().forEach(this::spill);
      try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
        rocks.db.flush(waiting, rocks.state);
        for (FillingView view : views.values()) {
          // One sorted run instead of one for each spill: each of them costs every reading.
          int number = view.stored.number();
          rocks.db.compactRange(rocks.state, Bytes.number(number), Bytes.number(number + 1));
        }
      } catch (RocksDBException e) {
        throw Rocks.failed("filling state", e);
      }
    }

    @Override
    public void close() {
      unlogged.close();
      reads.close();
    }
  }

  private static final class FillingView {
    final StoredView stored;
    final ViewState state;
    final FreshState fresh;
    final Overlay overlay;

    FillingView(StoredView stored, ViewState state, FreshState fresh) {
      this.stored = stored;
      this.state = state;
      this.fresh = fresh;
      this.overlay = new Overlay(fresh);
    }
  }
}
