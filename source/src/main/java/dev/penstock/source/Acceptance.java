package dev.penstock.source;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.source.internal.Conforming;
import dev.penstock.source.internal.LogRows;
import dev.penstock.source.internal.Operations;
import dev.penstock.source.internal.RowIds;
import dev.penstock.source.internal.RowJson;
import dev.penstock.source.internal.RowTimes;
import dev.penstock.source.internal.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides row by row, once, what is accepted of a source: the same code for pushed rows and rows of
 * a file. Works on columns: each expression is evaluated once per batch. Thread-safe.
 */
public final class Acceptance {
  private final SourceSpec source;

  public Acceptance(SourceSpec source) {
    this.source = source;
  }

  public SourceSpec source() {
    return source;
  }

  /**
   * Judges rows in this order: operation and primary key of a source whose rows change, type, null,
   * row rules, event time, future, seen time, id, and last that what is deleted is there. The first
   * reason counts. A rule that gives null is not passed. Of a deletion only its key and when it
   * became known matter. What passes gets a position in {@code partition}, dense from {@code next}
   * on; a row that takes the place of another gets one for the retraction and one for itself.
   *
   * @param next where the source stands: the first offset not yet given
   * @param ids asked, and told what was accepted
   * @param live of a source whose rows change asked for the row of a key, and told of each change
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE} if the batch's columns do not fit the
   *     source at all, {@code CLOCK_CONFLICT} if its seen times go back; then nothing was accepted
   */
  public Decision decide(
      RawRows raw, Arrival arrival, int partition, Positions next, IdIndex ids, LiveRows live) {
    ChangeFeed feed = source.changes();
    Operations operations = feed == null ? null : new Operations(feed, raw);
    boolean[] deletes = operations == null ? new boolean[raw.rows().rows()] : operations.deletes();
    Verdicts verdicts = new Verdicts(deletes);
    RowTimes times = new RowTimes(source, raw, arrival);
    Batch declared = Conforming.conform(source, raw, verdicts);
    Batch rows = compute(declared);
    if (operations != null) {
      operations.judge(declared, verdicts);
    }
    for (NamedExpression rule : source.rules()) {
      judge(rule, rows, verdicts);
    }
    LongColumn eventTime = (LongColumn) source.eventTime().evaluate(rows);
    times.judge(new NamedExpression("event_time", source.eventTime()), eventTime, verdicts);
    for (NamedExpression time : source.retimings()) {
      times.judge(time, (LongColumn) time.expression().evaluate(rows), verdicts);
    }
    long[] seenTime = times.seen(rows, eventTime, verdicts);
    if (operations != null && arrival instanceof Arrival.AsHistory) {
      operations.judgeTimes(source, rows, eventTime, verdicts);
    }
    long firstOffset = next.next(partition);
    LogRows log = new LogRows(source, rows, eventTime, deletes, partition, firstOffset, live);
    RowIds rowIds = new RowIds(source, raw, rows, partition);
    rowIds.judge(declared, deletes, seenTime, verdicts, ids, log);
    int[] raws = log.raws();
    List<Column> columns = new ArrayList<>(log.values().columns());
    columns.addAll(systemColumns(log, seenTime, partition, firstOffset, rowIds));
    if (feed != null) {
      columns.addAll(log.retracted());
    }
    Batch accepted = new Batch(source.acceptedSchema(), columns);
    log.carryOver(accepted);
    return new Decision(
        accepted,
        rowIds.duplicates(),
        quarantined(raw, times, verdicts, rowIds),
        next.with(partition, firstOffset + raws.length));
  }

  /**
   * The same for a source whose rows stay.
   *
   * @throws IllegalArgumentException if its rows change
   */
  public Decision decide(RawRows raw, Arrival arrival, int partition, Positions next, IdIndex ids) {
    if (source.changes() != null) {
      throw new IllegalArgumentException("rows of '" + source.name() + "' change");
    }
    return decide(raw, arrival, partition, next, ids, new MemoryLiveRows());
  }

  /** Tells an index the ids of rows that were accepted before. */
  public void remember(Batch accepted, IdIndex ids) {
    RowIds.remember(source, accepted, ids);
  }

  /** Tells an index, in the order of the log, of rows that were accepted before. */
  public void remember(Batch accepted, LiveRows live) {
    ChangeFeed feed = source.changes();
    if (feed != null) {
      LogRows.remember(feed.primaryKey(), accepted, live);
    }
  }

  private Batch compute(Batch declared) {
    Batch rows = declared;
    for (NamedExpression computed : source.computed()) {
      Column column = Conforming.canonical(computed.expression().evaluate(rows));
      rows = rows.with(List.of(Field.of(computed.name(), column.type())), List.of(column));
    }
    return rows;
  }

  private static void judge(NamedExpression rule, Batch rows, Verdicts verdicts) {
    BooleanColumn passed = (BooleanColumn) rule.expression().evaluate(rows);
    boolean[] nulls = passed.nulls();
    for (int row = 0; row < passed.size(); row++) {
      boolean unknown = nulls != null && nulls[row];
      if (unknown || !passed.values()[row]) {
        verdicts.refuse(
            row,
            QuarantineReason.RULE_FAILED,
            rule.name(),
            () ->
                "rule "
                    + rule.name()
                    + (unknown ? " is null, which is not passed: " : " is false: ")
                    + rule.expression().text());
      }
    }
  }

  private static List<Column> systemColumns(
      LogRows log, long[] seenTime, int partition, long firstOffset, RowIds rowIds) {
    int[] raws = log.raws();
    int count = raws.length;
    long[] seen = new long[count];
    long[] offsets = new long[count];
    Object[] ids = new Object[count];
    int[] partitions = new int[count];
    Arrays.fill(partitions, partition);
    for (int i = 0; i < count; i++) {
      seen[i] = seenTime[raws[i]];
      offsets[i] = firstOffset + i;
      ids[i] = rowIds.id(raws[i]);
    }
    return List.of(
        new LongColumn(Scalar.TIMESTAMP, log.eventTimes(), null),
        new LongColumn(Scalar.TIMESTAMP, seen, null),
        new IntColumn(Scalar.INT32, partitions, null),
        new LongColumn(Scalar.INT64, offsets, null),
        new ObjectColumn(Scalar.STRING, ids));
  }

  private List<Quarantined> quarantined(
      RawRows raw, RowTimes times, Verdicts verdicts, RowIds rowIds) {
    if (verdicts.refused() == 0) {
      return List.of();
    }
    Map<Integer, Map<String, String>> written = new HashMap<>();
    for (RawRows.UnreadableCell cell : raw.unreadable()) {
      written
          .computeIfAbsent(cell.row(), row -> new HashMap<>())
          .put(cell.column(), cell.written());
    }
    Map<Integer, String> broken = new HashMap<>();
    raw.broken().forEach(row -> broken.put(row.row(), row.written()));
    List<Quarantined> quarantined = new ArrayList<>(verdicts.refused());
    for (int row = 0; row < raw.rows().rows(); row++) {
      Verdicts.Refusal refusal = verdicts.of(row);
      if (refusal != null) {
        quarantined.add(
            new Quarantined(
                source.name(),
                refusal.reason(),
                refusal.rule(),
                refusal.message(),
                raw.origin().place(row),
                rowIds.id(row),
                broken.containsKey(row)
                    ? broken.get(row)
                    : RowJson.of(raw.rows(), row, written.getOrDefault(row, Map.of())),
                times.clock(row)));
      }
    }
    return quarantined;
  }
}
