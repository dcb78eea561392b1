package dev.penstock.platform.live;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.embedded.EmbeddedStore;
import dev.penstock.embedded.LoggedEntry;
import dev.penstock.embedded.QuarantineShelf;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.source.Log;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves what is in the live store into the lake: log rows with their positions in the same commit,
 * predictions, quarantined rows. Each move is named by what it moves, so that after a crash the
 * same move does nothing twice.
 */
public final class LakeFlush {
  private static final int QUARANTINE_ROWS = 10_000;

  private final Lake lake;
  private final EmbeddedStore store;

  public LakeFlush(Lake lake, EmbeddedStore store) {
    this.lake = lake;
    this.store = store;
  }

  /** What was moved. */
  public record Flushed(long rows, long predictions, long quarantined) {}

  /** Moves everything there is by now. One flush at a time. */
  public synchronized Flushed run() {
    long rows = 0;
    Log log = store.log();
    for (String source : log.sources()) {
      rows += flush(log, source);
    }
    return new Flushed(rows, flushPredictions(), flushQuarantine(log));
  }

  private long flush(Log log, String source) {
    LakeTable table = SourceTables.log(lake, source);
    Positions from = SourceTables.positions(table);
    Positions to = log.end(source);
    if (to.equals(from) || to.next(0) <= from.next(0)) {
      log.trim(source, from);
      return 0;
    }
    long rows =
        table
            .write()
            .batchId("log-" + source + "-" + to)
            .positions(to)
            .append(BatchReader.of(table.schema(), log.read(source, from, to)))
            .rows();
    log.trim(source, to);
    return rows;
  }

  private long flushPredictions() {
    long from = store.predictions().begin();
    long to = store.predictions().end();
    if (from == to) {
      return 0;
    }
    Map<String, List<Batch>> byTable = new LinkedHashMap<>();
    for (LoggedEntry entry : store.predictions().read(from, to)) {
      if (entry.kind() == TableEntry.KIND) {
        TableEntry decoded = TableEntry.decode(entry.bytes());
        byTable.computeIfAbsent(decoded.table(), t -> new ArrayList<>()).add(decoded.rows());
      }
    }
    long rows = 0;
    for (Map.Entry<String, List<Batch>> table : byTable.entrySet()) {
      rows += flushPredictions(table.getKey(), table.getValue(), to);
    }
    store.predictions().trim(to);
    return rows;
  }

  /** Predictions of before and after a change of the service have schemas of their own. */
  private long flushPredictions(String name, List<Batch> batches, long to) {
    long rows = 0;
    int first = 0;
    while (first < batches.size()) {
      int end = first;
      var schema = batches.get(first).schema();
      while (end < batches.size() && batches.get(end).schema().equals(schema)) {
        end++;
      }
      SourceTables.ensure(lake, name, schema);
      rows +=
          lake.table(name)
              .write()
              .batchId("predictions-" + to + "-" + first)
              .append(
                  BatchReader.of(
                      schema, List.of(Batch.concat(schema, batches.subList(first, end)))))
              .rows();
      first = end;
    }
    return rows;
  }

  private long flushQuarantine(Log log) {
    long rows = 0;
    for (String source : log.sources()) {
      List<QuarantineShelf.Entry> entries = store.quarantine().list(source, QUARANTINE_ROWS);
      while (!entries.isEmpty()) {
        Batch batch = SourceTables.batch(entries.stream().map(QuarantineShelf.Entry::row).toList());
        rows +=
            SourceTables.quarantine(lake, source)
                .write()
                .batchId("quarantine-" + entries.get(0).name() + "-" + entries.size())
                .append(BatchReader.of(batch.schema(), List.of(batch)))
                .rows();
        store.quarantine().drop(source, entries.stream().map(QuarantineShelf.Entry::name).toList());
        entries = store.quarantine().list(source, QUARANTINE_ROWS);
      }
    }
    return rows;
  }
}
