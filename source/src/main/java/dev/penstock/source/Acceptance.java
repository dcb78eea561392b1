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
   * Judges rows in this order: type, null, row rules, event time, future, seen time, id. The first
   * reason counts. A rule that gives null is not passed. What passes gets a position in {@code
   * partition}, dense from {@code next} on.
   *
   * @param next where the source stands: the first offset not yet given
   * @param ids asked, and told what was accepted
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE} if the batch's columns do not fit the
   *     source at all, {@code CLOCK_CONFLICT} if its seen times go back; then nothing was accepted
   */
  public Decision decide(RawRows raw, Arrival arrival, int partition, Positions next, IdIndex ids) {
    Verdicts verdicts = new Verdicts(raw.rows().rows());
    RowTimes times = new RowTimes(source, raw, arrival);
    Batch declared = Conforming.conform(source, raw, verdicts);
    Batch rows = compute(declared);
    for (NamedExpression rule : source.rules()) {
      judge(rule, rows, verdicts);
    }
    LongColumn eventTime = (LongColumn) source.eventTime().evaluate(rows);
    times.judge(new NamedExpression("event_time", source.eventTime()), eventTime, verdicts);
    for (NamedExpression time : source.retimings()) {
      times.judge(time, (LongColumn) time.expression().evaluate(rows), verdicts);
    }
    long[] seenTime = times.seen(rows, eventTime, verdicts);
    long firstOffset = next.next(partition);
    RowIds rowIds = new RowIds(source, raw, rows, partition, firstOffset);
    rowIds.judge(declared, seenTime, verdicts, ids);
    int[] accepted = rowIds.accepted();
    List<Column> columns = new ArrayList<>(source.acceptedSchema().size());
    for (Column column : rows.columns()) {
      columns.add(accepted.length == rows.rows() ? column : column.gather(accepted));
    }
    columns.addAll(systemColumns(accepted, eventTime, seenTime, partition, firstOffset, rowIds));
    return new Decision(
        new Batch(source.acceptedSchema(), columns),
        rowIds.duplicates(),
        quarantined(raw, times, verdicts, rowIds),
        next.with(partition, firstOffset + accepted.length));
  }

  /** Tells an index the ids of rows that were accepted before. */
  public void remember(Batch accepted, IdIndex ids) {
    RowIds.remember(accepted.select(source.columns().names()), accepted, ids);
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
      int[] accepted,
      LongColumn eventTime,
      long[] seenTime,
      int partition,
      long firstOffset,
      RowIds rowIds) {
    int count = accepted.length;
    long[] event = new long[count];
    long[] seen = new long[count];
    long[] offsets = new long[count];
    Object[] ids = new Object[count];
    int[] partitions = new int[count];
    Arrays.fill(partitions, partition);
    for (int i = 0; i < count; i++) {
      event[i] = eventTime.values()[accepted[i]];
      seen[i] = seenTime[accepted[i]];
      offsets[i] = firstOffset + i;
      ids[i] = rowIds.id(accepted[i]);
    }
    return List.of(
        new LongColumn(Scalar.TIMESTAMP, event, null),
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
                RowJson.of(raw.rows(), row, written.getOrDefault(row, Map.of())),
                times.clock(row)));
      }
    }
    return quarantined;
  }
}
