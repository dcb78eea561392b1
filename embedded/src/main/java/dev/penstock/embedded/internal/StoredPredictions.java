package dev.penstock.embedded.internal;

import dev.penstock.embedded.LoggedEntry;
import dev.penstock.embedded.PredictionLog;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** The prediction log in its column family: a byte for the kind, then the entry's bytes. */
final class StoredPredictions implements PredictionLog {
  private static final int ENTRIES_PER_READ = 1024;

  private final Rocks rocks;
  private final Gate gate;
  private final CommitClock clock;
  private final Sequencer sequencer;

  StoredPredictions(Rocks rocks, Gate gate, CommitClock clock, Sequencer sequencer) {
    this.rocks = rocks;
    this.gate = gate;
    this.clock = clock;
    this.sequencer = sequencer;
  }

  @Override
  public long begin() {
    return clock.state().predictionsBegin();
  }

  @Override
  public long end() {
    return clock.state().predictionsNext();
  }

  @Override
  public CompletableFuture<Long> append(int kind, List<byte[]> entries) {
    if (kind < 0 || kind > 255) {
      throw new IllegalArgumentException("kind " + kind);
    }
    byte[] first = {(byte) kind};
    List<byte[]> stored = entries.stream().map(entry -> Bytes.prefixed(first, entry)).toList();
    long bytes = stored.stream().mapToLong(entry -> entry.length).sum();
    CompletableFuture<Long> done = new CompletableFuture<>();
    sequencer.submit(new Task.Predict(stored, bytes, done));
    return done;
  }

  @Override
  public Iterable<LoggedEntry> read(long from, long to) {
    return () -> new Entries(Math.max(from, begin()), Math.min(to, end()));
  }

  @Override
  public void trim(long below) {
    sequencer.change(
        commit -> {
          StoreState state = commit.state();
          long cut = Math.min(below, state.predictionsNext());
          if (cut > state.predictionsBegin()) {
            try {
              commit.batch().deleteRange(rocks.predictions, Bytes.number(0L), Bytes.number(cut));
            } catch (RocksDBException e) {
              throw Rocks.failed("trimming the prediction log", e);
            }
            commit.state(state.predictions(cut, state.predictionsNext()));
          }
          return () -> {};
        });
  }

  private final class Entries implements Iterator<LoggedEntry> {
    private final ArrayDeque<LoggedEntry> ready = new ArrayDeque<>();
    private long next;
    private final long to;

    Entries(long from, long to) {
      this.next = from;
      this.to = to;
    }

    @Override
    public boolean hasNext() {
      if (ready.isEmpty() && next < to) {
        fetch();
      }
      return !ready.isEmpty();
    }

    @Override
    public LoggedEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }

    private void fetch() {
      gate.enter();
      try (RocksIterator iterator = rocks.db.newIterator(rocks.predictions)) {
        iterator.seek(Bytes.number(next));
        while (iterator.isValid() && next < to && ready.size() < ENTRIES_PER_READ) {
          byte[] value = iterator.value();
          long sequence = Bytes.longAt(iterator.key(), 0);
          if (sequence >= to) {
            next = to;
            break;
          }
          ready.add(
              new LoggedEntry(
                  sequence, value[0] & 0xFF, Arrays.copyOfRange(value, 1, value.length)));
          next = sequence + 1;
          iterator.next();
        }
        if (ready.isEmpty()) {
          next = to;
        }
      } finally {
        gate.leave();
      }
    }
  }
}
