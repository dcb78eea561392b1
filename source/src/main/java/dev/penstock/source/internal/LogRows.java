package dev.penstock.source.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.EntityKey;
import dev.penstock.data.Field;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.source.ChangeFeed;
import dev.penstock.source.LiveRows;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.SourceSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that go into the log for the raw rows of a batch: each itself, and of a source whose
 * rows change the retraction of the row it takes away, alone or before itself.
 */
public final class LogRows {
  static final long REFUSED = -1;
  private static final int GONE = -1;

  /** A row that may be taken back: its place in the pool of rows, its time and position. */
  private record Held(int place, long eventTime, int partition, long offset) {}

  private final Batch rows;
  private final LongColumn eventTime;
  private final int partition;
  private final long firstOffset;
  private final boolean[] deletes;
  private final List<Column> keyColumns;
  private final LiveRows live;

  /** The raw rows, then each live row that is taken back. */
  private final List<Batch> pool = new ArrayList<>();

  /** By row of the log, the raw row behind it and, of a retraction, the row that it takes back. */
  private final int[] raws;

  private final @Nullable Held[] retracted;
  private int size;

  /** By key that the batch touches, the entry of the row that it has now, or none. */
  private final Map<EntityKey, Integer> touched = new HashMap<>();

  /**
   * @param firstOffset the offset of the log's first row for this batch
   */
  public LogRows(
      SourceSpec source,
      Batch rows,
      LongColumn eventTime,
      boolean[] deletes,
      int partition,
      long firstOffset,
      LiveRows live) {
    this.rows = rows;
    this.eventTime = eventTime;
    this.deletes = deletes;
    this.partition = partition;
    this.firstOffset = firstOffset;
    ChangeFeed feed = source.changes();
    this.keyColumns =
        feed == null ? List.of() : feed.primaryKey().stream().map(rows::column).toList();
    this.live = live;
    this.raws = new int[feed == null ? rows.rows() : 2 * rows.rows()];
    this.retracted = new Held[feed == null ? 0 : raws.length];
    pool.add(rows);
  }

  /** Adds what a raw row does; the offset of its last row, {@link #REFUSED} if it does nothing. */
  long add(int raw, Verdicts verdicts) {
    if (keyColumns.isEmpty()) {
      return append(raw);
    }
    EntityKey key = key(raw);
    Held held = held(key);
    if (held != null) {
      retracted[size] = held;
      append(raw);
    }
    if (!deletes[raw]) {
      touched.put(key, size);
      append(raw);
    } else if (held != null) {
      touched.put(key, GONE);
    } else {
      verdicts.refuseAny(
          raw,
          QuarantineReason.NO_ROW_TO_RETRACT,
          "primary_key",
          () -> "the primary key has no row that could be deleted");
      return REFUSED;
    }
    return firstOffset + size - 1;
  }

  private long append(int raw) {
    raws[size] = raw;
    return firstOffset + size++;
  }

  private EntityKey key(int raw) {
    EntityKey key = EntityKey.of(keyColumns, raw);
    if (key == null) {
      throw new IllegalStateException("a row without primary key was not refused");
    }
    return key;
  }

  private @Nullable Held held(EntityKey key) {
    Integer entry = touched.get(key);
    if (entry != null) {
      return entry == GONE ? null : ofBatch(entry);
    }
    LiveRows.Live found = live.find(key);
    if (found == null) {
      return null;
    }
    Batch batch = found.batch();
    int row = found.row();
    pool.add(fitting(batch.slice(row, row + 1), rows.schema()));
    return new Held(
        rows.rows() + pool.size() - 2,
        ((LongColumn) batch.column(SystemColumns.EVENT_TIME)).values()[row],
        ((IntColumn) batch.column(SystemColumns.PARTITION)).values()[row],
        ((LongColumn) batch.column(SystemColumns.OFFSET)).values()[row]);
  }

  private Held ofBatch(int entry) {
    int raw = raws[entry];
    return new Held(raw, eventTime.values()[raw], partition, firstOffset + entry);
  }

  /** A row under today's columns; what it does not have in that type is null. */
  private static Batch fitting(Batch row, Schema schema) {
    List<Column> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      int index = row.schema().indexOf(field.name());
      boolean fits = index >= 0 && row.column(index).type().equals(field.type());
      if (fits) {
        columns.add(row.column(index));
      } else {
        ColumnBuilder nothing = ColumnBuilder.of(field.type(), 1);
        nothing.appendNull();
        columns.add(nothing.build());
      }
    }
    return new Batch(schema, columns);
  }

  /** The raw row behind each. */
  public int[] raws() {
    return Arrays.copyOf(raws, size);
  }

  /** The declared and computed columns of all. */
  public Batch values() {
    if (retracted.length == 0 && size == rows.rows()) {
      return rows;
    }
    int[] places = raws();
    for (int i = 0; i < size && retracted.length > 0; i++) {
      Held held = retracted[i];
      places[i] = held == null ? raws[i] : held.place();
    }
    return Batch.concat(rows.schema(), pool).gather(places);
  }

  public long[] eventTimes() {
    long[] times = new long[size];
    for (int i = 0; i < size; i++) {
      Held held = retracted.length == 0 ? null : retracted[i];
      times[i] = held == null ? eventTime.values()[raws[i]] : held.eventTime();
    }
    return times;
  }

  /** What each takes back: {@link SystemColumns#RETRACTION_FIELDS}. */
  public List<Column> retracted() {
    int[] partitions = new int[size];
    long[] offsets = new long[size];
    boolean[] none = new boolean[size];
    Arrays.fill(none, true);
    for (int i = 0; i < size; i++) {
      Held held = retracted[i];
      if (held != null) {
        none[i] = false;
        partitions[i] = held.partition();
        offsets[i] = held.offset();
      }
    }
    return List.of(
        new IntColumn(Scalar.INT32, partitions, none),
        new LongColumn(Scalar.INT64, offsets, none.clone()));
  }

  /** Tells the index which rows are live after these. */
  public void carryOver(Batch accepted) {
    touched.forEach(
        (key, entry) -> {
          if (entry == GONE) {
            live.remove(key);
          } else {
            live.put(key, new LiveRows.Live(accepted, entry));
          }
        });
  }

  /** Tells an index of rows accepted before, in the order of the log. */
  public static void remember(List<String> primaryKey, Batch accepted, LiveRows index) {
    List<Column> keyColumns = primaryKey.stream().map(accepted::column).toList();
    Column retracts = accepted.column(SystemColumns.RETRACTS_OFFSET);
    for (int row = 0; row < accepted.rows(); row++) {
      EntityKey key = EntityKey.of(keyColumns, row);
      if (key != null && retracts.isNull(row)) {
        index.put(key, new LiveRows.Live(accepted, row));
      } else if (key != null) {
        index.remove(key);
      }
    }
  }
}
