package dev.penstock.embedded.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.source.Log;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** The live log in its column family: an entry per accepted push, keyed by its first position. */
final class StoredLog implements Log {
  private static final int ROWS_PER_BATCH = 8192;

  private final Rocks rocks;
  private final Gate gate;
  private final CommitClock clock;
  private final Sequencer sequencer;
  private final LogEntries entries;

  StoredLog(Rocks rocks, Gate gate, CommitClock clock, Sequencer sequencer, LogEntries entries) {
    this.rocks = rocks;
    this.gate = gate;
    this.clock = clock;
    this.sequencer = sequencer;
    this.entries = entries;
  }

  @Override
  public Set<String> sources() {
    return clock.state().sources().keySet();
  }

  @Override
  public Positions begin(String source) {
    return clock.state().source(source).begin();
  }

  @Override
  public Positions end(String source) {
    return clock.state().source(source).next();
  }

  @Override
  public Iterable<Batch> read(String source, Positions from, Positions to) {
    SourceRecord record = clock.state().source(source);
    Positions end = record.next();
    for (int partition : end.next().keySet()) {
      if (from.next(partition) < record.begin().next(partition)
          && from.next(partition) < to.next(partition)) {
        throw new PenstockException(
            ErrorCode.NOT_FOUND,
            "rows of source '" + source + "' below " + record.begin() + " are no longer in the log",
            "read them from the lake");
      }
    }
    return () -> new Rows(record, from, to);
  }

  /** The rows of a source that a commit not yet published may read as well. */
  Iterable<Batch> readAll(SourceRecord record, Positions from) {
    return () -> new Rows(record, from, record.next());
  }

  @Override
  public void trim(String source, Positions below) {
    sequencer.change(
        commit -> {
          SourceRecord record = commit.state().source(source);
          Positions begin = record.begin();
          try {
            for (int partition : record.next().next().keySet()) {
              long cut = Math.min(below.next(partition), record.next().next(partition));
              if (cut > begin.next(partition)) {
                commit
                    .batch()
                    .deleteRange(
                        rocks.log,
                        Bytes.logKey(record.number(), partition, 0),
                        Bytes.logKey(
                            record.number(), partition, entryAt(record.number(), partition, cut)));
                begin = begin.with(partition, cut);
              }
            }
          } catch (RocksDBException e) {
            throw Rocks.failed("trimming the log", e);
          }
          commit.state(commit.state().with(source, record.trimmedTo(begin)));
          return () -> {};
        });
  }

  /** The first offset of the entry that holds this offset, or the offset itself if none does. */
  private long entryAt(int source, int partition, long offset) {
    byte[] key = Bytes.logKey(source, partition, offset);
    try (RocksIterator iterator = rocks.db.newIterator(rocks.log)) {
      iterator.seekForPrev(key);
      if (iterator.isValid() && Bytes.startsWith(iterator.key(), prefix(source, partition))) {
        long first = Bytes.longAt(iterator.key(), 8);
        if (first + entries.rows(iterator.value()).rows() > offset) {
          return first;
        }
      }
      return offset;
    }
  }

  private static byte[] prefix(int source, int partition) {
    return Bytes.prefixed(Bytes.number(source), Bytes.number(partition));
  }

  /** Reads chunk after chunk, each with an iterator of its own, so that none is ever left open. */
  private final class Rows implements Iterator<Batch> {
    private final SourceRecord record;
    private final Positions from;
    private final Positions to;
    private final Iterator<Integer> partitions;
    private int partition;
    private long next;
    private long end;
    private @Nullable Batch ready;

    Rows(SourceRecord record, Positions from, Positions to) {
      this.record = record;
      this.from = from;
      this.to = to;
      this.partitions = new TreeSet<>(record.next().next().keySet()).iterator();
    }

    @Override
    public boolean hasNext() {
      while (ready == null) {
        if (next < end) {
          ready = chunk();
        } else if (partitions.hasNext()) {
          partition = partitions.next();
          next = Math.max(from.next(partition), record.begin().next(partition));
          end = Math.min(to.next(partition), record.next().next(partition));
        } else {
          return false;
        }
      }
      return true;
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Batch batch = ready;
      ready = null;
      return Objects.requireNonNull(batch);
    }

    private Batch chunk() {
      List<Batch> chunk = new ArrayList<>();
      int rows = 0;
      byte[] prefix = prefix(record.number(), partition);
      gate.enter();
      try (RocksIterator iterator = rocks.db.newIterator(rocks.log)) {
        iterator.seekForPrev(Bytes.logKey(record.number(), partition, next));
        while (next < end && rows < ROWS_PER_BATCH) {
          if (!iterator.isValid() || !Bytes.startsWith(iterator.key(), prefix)) {
            throw missing();
          }
          long first = Bytes.longAt(iterator.key(), 8);
          Batch entry = entries.rows(iterator.value());
          if (first > next || first + entry.rows() <= next) {
            throw missing();
          }
          if (!chunk.isEmpty() && !chunk.get(0).schema().equals(entry.schema())) {
            break;
          }
          int until = (int) Math.min(entry.rows(), end - first);
          Batch part =
              first == next && until == entry.rows()
                  ? entry
                  : entry.slice((int) (next - first), until);
          chunk.add(part);
          rows += part.rows();
          next = first + until;
          iterator.next();
        }
      } finally {
        gate.leave();
      }
      return Batch.concat(chunk.get(0).schema(), chunk);
    }

    private PenstockException missing() {
      return new PenstockException(
          ErrorCode.STATE_CORRUPT,
          "the log has no row at position " + partition + ":" + next,
          "restore the folder from a backup");
    }
  }
}
