package dev.penstock.embedded.internal;

import dev.penstock.embedded.QuarantineShelf;
import dev.penstock.source.Quarantined;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** The quarantine in its column family. */
final class StoredQuarantine implements QuarantineShelf {
  private final Rocks rocks;
  private final Gate gate;
  private final CommitClock clock;
  private final Sequencer sequencer;

  StoredQuarantine(Rocks rocks, Gate gate, CommitClock clock, Sequencer sequencer) {
    this.rocks = rocks;
    this.gate = gate;
    this.clock = clock;
    this.sequencer = sequencer;
  }

  @Override
  public List<Entry> list(String source, int most) {
    List<Entry> entries = new ArrayList<>();
    each(source, (name, value) -> entries.add(new Entry(name, QuarantineEntries.row(value))));
    entries.sort(
        Comparator.comparingLong((Entry entry) -> entry.row().time())
            .thenComparing(entry -> entry.row().place()));
    return List.copyOf(entries.subList(0, Math.min(most, entries.size())));
  }

  @Override
  public long count(String source) {
    long[] count = {0};
    each(source, (name, value) -> count[0]++);
    return count[0];
  }

  private void each(String source, BiConsumer<String, byte[]> row) {
    SourceRecord record = clock.state().sources().get(source);
    if (record == null) {
      return;
    }
    byte[] prefix = Bytes.number(record.number());
    gate.enter();
    try (RocksIterator iterator = rocks.db.newIterator(rocks.quarantine)) {
      for (iterator.seek(prefix);
          iterator.isValid() && Bytes.startsWith(iterator.key(), prefix);
          iterator.next()) {
        String name = Bytes.text(iterator.key()).substring(prefix.length);
        row.accept(name, iterator.value());
      }
    } finally {
      gate.leave();
    }
  }

  @Override
  public void add(List<Quarantined> rows) {
    sequencer.change(
        commit -> {
          commit.quarantine(rows);
          return () -> {};
        });
  }

  @Override
  public void drop(String source, Collection<String> names) {
    sequencer.change(
        commit -> {
          try {
            int number = commit.state().source(source).number();
            for (String name : names) {
              commit.batch().delete(rocks.quarantine, QuarantineEntries.key(number, name));
            }
          } catch (RocksDBException e) {
            throw Rocks.failed("dropping quarantined rows", e);
          }
          return () -> {};
        });
  }
}
