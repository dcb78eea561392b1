package dev.penstock.platform.live;

import dev.penstock.data.Batch;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.Positions;
import dev.penstock.data.Schema;
import dev.penstock.embedded.EmbeddedStore;
import dev.penstock.embedded.LoggedEntry;
import dev.penstock.embedded.QuarantineShelf;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.TableWrite;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.source.Log;
import dev.penstock.source.Quarantined;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Moves what is in the live store into the lake: log rows with their positions in the same commit,
 * predictions, quarantined rows. What a crash cuts short is not moved twice, whatever came
 * meanwhile.
 */
public final class LakeFlush {
  private static final int QUARANTINE_ROWS = 10_000;

  /** The property with which a table says how far entries were moved to it. */
  private static final String MOVED = "moved";

  private final Lake lake;
  private final EmbeddedStore store;

  public LakeFlush(Lake lake, EmbeddedStore store) {
    this.lake = lake;
    this.store = store;
  }

  /** What was moved. */
  public record Flushed(long rows, long predictions, long quarantined) {}

  /**
   * Moves everything there is by now. One flush at a time. A prediction comes after the rows it was
   * made from: whoever finds it in the lake finds them there.
   */
  public synchronized Flushed run() {
    long predictions = store.predictions().end();
    long rows = 0;
    Log log = store.log();
    for (String source : log.sources()) {
      rows += flush(log, source);
    }
    return new Flushed(rows, flushPredictions(predictions), flushQuarantine(log));
  }

  /** Moves everything, and works while nothing more is moved. */
  public synchronized <T> T still(Supplier<T> work) {
    run();
    return work.get();
  }

  private long flush(Log log, String source) {
    LakeTable table = SourceTables.log(lake, source);
    Positions inLake = SourceTables.positions(table);
    Positions history = store.history(source);
    Positions from = inLake.next(0) < history.next(0) ? history : inLake;
    Positions to = log.end(source);
    if (to.next(0) <= from.next(0)) {
      return 0;
    }
    long rows =
        table
            .write()
            .batchId("log-" + source + "-" + to)
            .positions(to)
            .property(TableWrite.HISTORY, Positions.of(0, history.next(0)).toString())
            .append(BatchReader.of(table.schema(), log.read(source, from, to)))
            .rows();
    log.trim(source, to);
    return rows;
  }

  private long flushPredictions(long to) {
    long from = store.predictions().begin();
    if (from >= to) {
      return 0;
    }
    String start = "";
    Map<String, List<Logged>> byTable = new LinkedHashMap<>();
    for (LoggedEntry entry : store.predictions().read(from, to)) {
      if (start.isEmpty()) {
        start = Fingerprint.of(List.of(HexFormat.of().formatHex(entry.bytes()))).hex();
      }
      if (entry.kind() == TableEntry.KIND) {
        TableEntry decoded = TableEntry.decode(entry.bytes());
        byTable
            .computeIfAbsent(decoded.table(), t -> new ArrayList<>())
            .add(new Logged(entry.sequence(), decoded.rows()));
      }
    }
    long rows = 0;
    for (Map.Entry<String, List<Logged>> table : byTable.entrySet()) {
      rows += flushPredictions(table.getKey(), table.getValue(), start);
    }
    store.predictions().trim(to);
    return rows;
  }

  private record Logged(long sequence, Batch rows) {}

  /** Predictions of before and after a change of the service have schemas of their own. */
  private long flushPredictions(String name, List<Logged> entries, String start) {
    long rows = 0;
    int first = 0;
    while (first < entries.size()) {
      int end = first;
      Schema schema = entries.get(first).rows().schema();
      while (end < entries.size() && entries.get(end).rows().schema().equals(schema)) {
        end++;
      }
      rows += move(SourceTables.fitting(lake, name, schema), entries.subList(first, end), start);
      first = end;
    }
    return rows;
  }

  /**
   * Moves entries of one schema to a table. In the same commit goes how far that is, by where the
   * move started: at an entry that stays the first of the log until everything is moved.
   */
  private long move(String name, List<Logged> entries, String start) {
    Schema schema = entries.get(0).rows().schema();
    SourceTables.ensure(lake, name, schema);
    LakeTable table = lake.table(name);
    long moved =
        table
            .property(MOVED)
            .filter(written -> written.startsWith(start + " "))
            .map(written -> Long.parseLong(written.substring(start.length() + 1)))
            .orElse(Long.MIN_VALUE);
    List<Batch> left =
        entries.stream().filter(entry -> entry.sequence() >= moved).map(Logged::rows).toList();
    if (left.isEmpty()) {
      return 0;
    }
    return table
        .write()
        .property(MOVED, start + " " + (entries.get(entries.size() - 1).sequence() + 1))
        .append(BatchReader.of(schema, List.of(Batch.concat(schema, left))))
        .rows();
  }

  private long flushQuarantine(Log log) {
    long rows = 0;
    for (String source : log.sources()) {
      List<QuarantineShelf.Entry> entries = store.quarantine().list(source, QUARANTINE_ROWS);
      while (!entries.isEmpty()) {
        rows += flushQuarantine(source, entries.stream().map(QuarantineShelf.Entry::row).toList());
        store.quarantine().drop(source, entries.stream().map(QuarantineShelf.Entry::name).toList());
        entries = store.quarantine().list(source, QUARANTINE_ROWS);
      }
    }
    return rows;
  }

  /**
   * Appends the rows that the table does not hold. They have no sequence by which a move could be
   * told, but are known by what they are; and the table is read from the first one's time only,
   * which is later than what was moved before, unless a crash came between.
   */
  private long flushQuarantine(String source, List<Quarantined> rows) {
    LakeTable table = SourceTables.quarantine(lake, source);
    Set<Quarantined> there = SourceTables.quarantined(table, source, rows.get(0).time());
    List<Quarantined> left = rows.stream().filter(row -> !there.contains(row)).toList();
    if (left.isEmpty()) {
      return 0;
    }
    Batch batch = SourceTables.batch(left);
    return table.write().append(BatchReader.of(batch.schema(), List.of(batch))).rows();
  }
}
