package dev.penstock.embedded.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.embedded.StoredView;
import dev.penstock.feature.StateWriter;
import dev.penstock.online.LiveUpdater;
import dev.penstock.online.StoreWriter;
import dev.penstock.source.Acceptance;
import dev.penstock.source.Arrival;
import dev.penstock.source.BatchCodec;
import dev.penstock.source.ClockMode;
import dev.penstock.source.Decision;
import dev.penstock.source.IdIndex;
import dev.penstock.source.LiveRows;
import dev.penstock.source.Log;
import dev.penstock.source.Quarantined;
import dev.penstock.source.RawRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * One commit while it is put together, by the sequencer's thread alone. Nothing of it is seen, and
 * nothing outside is changed, before it is written.
 */
final class Commit implements StoreWriter, Log.Appender, AutoCloseable {
  /** The partition that rows accepted here are given positions in. */
  static final int PARTITION = 0;

  final Rocks rocks;
  private final SchemaKeys schemaKeys;
  private final ReadOptions reads = new ReadOptions();
  private final WriteBatch batch = new WriteBatch();
  private final Map<Fingerprint, Overlay> states = new HashMap<>();
  private final Map<String, CommitIds> ids = new HashMap<>();
  private final Map<String, CommitRows> liveRows = new HashMap<>();
  private final LogEntries entries;
  private final Map<String, List<Batch>> accepted = new LinkedHashMap<>();
  private final Set<Long> schemas = new HashSet<>();
  private StoreState state;

  /** Under the replay clock: the last moment asked about, before which no row may be seen. */
  private final long notBefore;

  private long seen;

  Commit(
      Rocks rocks,
      LogEntries entries,
      SchemaKeys schemaKeys,
      StoreState before,
      long seen,
      long notBefore) {
    this.rocks = rocks;
    this.entries = entries;
    this.schemaKeys = schemaKeys;
    this.state = before;
    this.seen = seen;
    this.notBefore = notBefore;
  }

  StoreState state() {
    return state;
  }

  void state(StoreState changed) {
    state = changed;
  }

  /** The last seen time of its rows; the moment it began with if none is later. */
  long seen() {
    return seen;
  }

  /** Lets no later row be seen before this time. */
  void sawUntil(long time) {
    seen = Math.max(seen, time);
  }

  WriteBatch batch() {
    return batch;
  }

  /** Judges pushed rows and takes in those that pass. */
  Decision accept(Acceptance acceptance, RawRows raw, ClockMode mode) {
    String source = acceptance.source().name();
    SourceRecord record = state.source(source);
    Arrival arrival = mode == ClockMode.WALL ? live(raw) : replayed(raw);
    Decision decision =
        acceptance.decide(
            raw,
            arrival,
            PARTITION,
            record.next(),
            ids(source, record.number()),
            liveRows(source, record.number()));
    if (arrival instanceof Arrival.Live live) {
      seen = Math.max(seen, live.seenTime());
    } else if (raw.rows().rows() > 0) {
      LongColumn times = (LongColumn) raw.rows().column(RawRows.SEEN_TIME);
      seen = Math.max(seen, times.values()[times.size() - 1]);
    }
    if (decision.accepted().rows() > 0) {
      append(source, decision.accepted());
      accepted.computeIfAbsent(source, name -> new ArrayList<>()).add(decision.accepted());
    }
    quarantine(decision.quarantined());
    return decision;
  }

  private Arrival live(RawRows raw) {
    if (raw.seenTime().isPresent() || raw.rows().schema().contains(RawRows.SEEN_TIME)) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "the push brings a seen time, but the wall clock gives it",
          "leave " + RawRows.SEEN_TIME + " out, or serve with the replay clock");
    }
    return new Arrival.Live(seen);
  }

  private Arrival replayed(RawRows raw) {
    if (raw.seenTime().isPresent()) {
      long given = raw.seenTime().getAsLong();
      if (given < notBefore) {
        throw new PenstockException(
            ErrorCode.CLOCK_CONFLICT,
            "seen time "
                + CommitClock.shown(given)
                + " is before "
                + CommitClock.shown(notBefore)
                + ", which was asked about",
            "the replay clock does not go back");
      }
      return new Arrival.Live(given);
    }
    if (!raw.rows().schema().contains(RawRows.SEEN_TIME)) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "the push brings no seen time, which the replay clock needs",
          "add a seen time to the push, or a column " + RawRows.SEEN_TIME);
    }
    return new Arrival.Replayed(notBefore);
  }

  @Override
  public void append(String source, Batch rows) {
    SourceRecord record = state.source(source);
    long offset = record.next().next(PARTITION);
    long schema = schemaKeys.of(rows.schema());
    try {
      if (schemas.add(schema)) {
        Meta.put(batch, rocks, schema, rows.schema());
      }
      batch.put(
          rocks.log,
          Bytes.logKey(record.number(), PARTITION, offset),
          LogEntries.entry(schema, BatchCodec.encode(rows)));
    } catch (RocksDBException e) {
      throw Rocks.failed("writing the log", e);
    }
    Positions next = record.next().with(PARTITION, offset + rows.rows());
    state = state.with(source, record.at(next));
  }

  void quarantine(List<Quarantined> rows) {
    try {
      for (Quarantined row : rows) {
        SourceRecord record = state.source(row.source());
        state = state.with(row.source(), record);
        batch.put(
            rocks.quarantine,
            QuarantineEntries.key(record.number(), row),
            QuarantineEntries.value(row));
      }
    } catch (RocksDBException e) {
      throw Rocks.failed("writing the quarantine", e);
    }
  }

  /** Adds entries to the prediction log; the sequence of the first. */
  long predict(List<byte[]> entries) {
    long first = state.predictionsNext();
    try {
      for (int i = 0; i < entries.size(); i++) {
        batch.put(rocks.predictions, Bytes.number(first + i), entries.get(i));
      }
    } catch (RocksDBException e) {
      throw Rocks.failed("writing the prediction log", e);
    }
    state = state.predictions(state.predictionsBegin(), first + entries.size());
    return first;
  }

  /** Carries the accepted rows into the views, source by source. */
  void update(LiveUpdater updater) {
    accepted.forEach(
        (source, batches) ->
            updater.apply(source, Batch.concat(batches.get(0).schema(), batches), this));
    accepted.clear();
  }

  @Override
  public @Nullable StateWriter state(Fingerprint view) {
    StoredView stored = state.views().get(view);
    return stored == null || stored.phase() != StoredView.Phase.READY ? null : overlay(stored);
  }

  /** Where a view's state is written, ready or not. */
  Overlay overlay(StoredView view) {
    return states.computeIfAbsent(
        view.fingerprint(),
        fingerprint ->
            new Overlay(new StoredState(rocks, StateSource.latest(rocks, reads), view.number())));
  }

  IdIndex ids(String source, int number) {
    return ids.computeIfAbsent(source, name -> new CommitIds(rocks, number, batch));
  }

  private LiveRows liveRows(String source, int number) {
    return liveRows.computeIfAbsent(source, name -> new CommitRows(rocks, entries, number, batch));
  }

  /** All of it as one batch of writes, with what changed since {@code before}. */
  WriteBatch finish(StoreState before, ClockRecord clock) {
    try {
      for (Map.Entry<Fingerprint, Overlay> entry : states.entrySet()) {
        StoredView view = state.views().get(entry.getKey());
        if (view != null) {
          write(entry.getValue(), view.number(), rocks, batch);
        }
      }
      Meta.put(batch, rocks, before, state);
      Meta.put(batch, rocks, clock);
      return batch;
    } catch (RocksDBException e) {
      throw Rocks.failed("writing a commit", e);
    }
  }

  static void write(Overlay overlay, int viewNumber, Rocks rocks, WriteBatch into) {
    byte[] prefix = Bytes.number(viewNumber);
    overlay.drain(
        (address, value) -> {
          byte[] key = Bytes.prefixed(prefix, address);
          try {
            if (value == null) {
              into.delete(rocks.state, key);
            } else {
              into.put(rocks.state, key, value);
            }
          } catch (RocksDBException e) {
            throw Rocks.failed("writing state", e);
          }
        });
  }

  @Override
  public void close() {
    batch.close();
    reads.close();
  }
}
