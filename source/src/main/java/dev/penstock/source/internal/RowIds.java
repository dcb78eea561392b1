package dev.penstock.source.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.SystemColumns;
import dev.penstock.source.ChangeFeed;
import dev.penstock.source.Duplicate;
import dev.penstock.source.IdIndex;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.RawRows;
import dev.penstock.source.RowId;
import dev.penstock.source.RowOrigin;
import dev.penstock.source.SourceSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids of raw rows, and who was here before. Rows that pass it get their place in the order of
 * acceptance.
 */
public final class RowIds {
  private final SourceSpec source;
  private final @Nullable String[] ids;
  private final int partition;
  private final List<Duplicate> duplicates = new ArrayList<>();

  public RowIds(SourceSpec source, RawRows raw, Batch rows, int partition) {
    this.source = source;
    this.partition = partition;
    this.ids = ids(source, raw, rows);
  }

  /** Accepts what was not refused, is not known yet and has a place in the log. */
  public void judge(
      Batch declared,
      boolean[] deletes,
      long[] seenTime,
      Verdicts verdicts,
      IdIndex index,
      LogRows log) {
    long[] contents = contents(source, declared, deletes);
    for (int row = 0; row < ids.length; row++) {
      if (!verdicts.passed(row)) {
        continue;
      }
      String id = ids[row];
      if (id == null) {
        if (source.id() instanceof RowId.FromColumn from) {
          verdicts.refuseAny(
              row,
              QuarantineReason.NULL_ID,
              from.column(),
              () -> from.column() + " is null, but is the row's id");
          continue;
        }
        long offset = log.add(row, verdicts);
        if (offset == LogRows.REFUSED) {
          continue;
        }
        // Nothing names the row but its place; no other row can ever have that id.
        ids[row] = partition + ":" + offset;
      } else {
        long high = RowHashes.high(id);
        long low = RowHashes.low(id);
        long rememberedFrom = seenTime[row] - source.rememberIds().micros();
        IdIndex.Entry first = index.find(high, low, rememberedFrom);
        if (first != null) {
          judgeRepeat(row, id, first, contents[row], verdicts);
          continue;
        }
        long offset = log.add(row, verdicts);
        if (offset == LogRows.REFUSED) {
          continue;
        }
        index.remember(
            high, low, new IdIndex.Entry(partition, offset, contents[row], seenTime[row]));
      }
    }
  }

  /** What a row says: of one that only takes another away, the key. */
  private static long[] contents(SourceSpec source, Batch declared, boolean[] deletes) {
    long[] contents = RowHashes.contents(declared);
    ChangeFeed feed = source.changes();
    if (feed != null) {
      long[] keys = RowHashes.contents(declared.select(feed.primaryKey()));
      for (int row = 0; row < contents.length; row++) {
        contents[row] = deletes[row] ? keys[row] : contents[row];
      }
    }
    return contents;
  }

  /** Tells an index the ids of rows accepted before; the last of an id counts. */
  public static void remember(SourceSpec source, Batch accepted, IdIndex index) {
    Batch declared = accepted.select(source.columns().names());
    boolean[] retractions = new boolean[accepted.rows()];
    if (source.changes() != null) {
      Column retracts = accepted.column(SystemColumns.RETRACTS_OFFSET);
      for (int row = 0; row < retractions.length; row++) {
        retractions[row] = !retracts.isNull(row);
      }
    }
    long[] contents = contents(source, declared, retractions);
    IntColumn partitions = (IntColumn) accepted.column(SystemColumns.PARTITION);
    LongColumn offsets = (LongColumn) accepted.column(SystemColumns.OFFSET);
    LongColumn seen = (LongColumn) accepted.column(SystemColumns.SEEN_TIME);
    ObjectColumn ids = (ObjectColumn) accepted.column(SystemColumns.ID);
    for (int row = 0; row < contents.length; row++) {
      String id = String.valueOf(ids.values()[row]);
      index.remember(
          RowHashes.high(id),
          RowHashes.low(id),
          new IdIndex.Entry(
              partitions.values()[row], offsets.values()[row], contents[row], seen.values()[row]));
    }
  }

  private void judgeRepeat(
      int row, String id, IdIndex.Entry first, long content, Verdicts verdicts) {
    if (first.contentHash() == content) {
      duplicates.add(new Duplicate(row, id, first.partition(), first.offset()));
      return;
    }
    verdicts.refuseAny(
        row,
        QuarantineReason.ID_REUSED,
        "id",
        () ->
            "id '"
                + id
                + "' belongs to another row with other values, accepted at position "
                + first.partition()
                + ":"
                + first.offset());
  }

  public @Nullable String id(int row) {
    return ids[row];
  }

  public List<Duplicate> duplicates() {
    return duplicates;
  }

  private static @Nullable String[] ids(SourceSpec source, RawRows raw, Batch rows) {
    String[] ids = new String[rows.rows()];
    if (source.id() instanceof RowId.FromColumn from) {
      Column column = rows.column(from.column());
      for (int row = 0; row < ids.length; row++) {
        Object value = column.value(row);
        ids[row] = value == null ? null : value.toString();
      }
      return ids;
    }
    if (raw.rows().schema().contains(RawRows.ID)) {
      Column column = raw.rows().column(RawRows.ID);
      for (int row = 0; row < ids.length; row++) {
        Object value = column.value(row);
        ids[row] = value == null ? null : value.toString();
      }
    }
    if (raw.origin() instanceof RowOrigin.OfFile file) {
      for (int row = 0; row < ids.length; row++) {
        if (ids[row] == null) {
          ids[row] = file.place(row);
        }
      }
    }
    return ids;
  }
}
