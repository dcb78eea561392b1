package dev.penstock.lake.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows as they are read, and which of them a later row with the same key supersedes. */
public final class SupersededRows implements BatchReader {
  private final BatchReader rows;
  private final List<String> key;
  private final Map<List<@Nullable Object>, Long> last = new HashMap<>();
  private final List<Long> superseded = new ArrayList<>();
  private long read;

  public SupersededRows(BatchReader rows, List<String> key) {
    this.rows = rows;
    this.key = List.copyOf(key);
    key.forEach(rows.schema()::require);
  }

  /** The keys of the rows that were read. */
  public Set<List<@Nullable Object>> keys() {
    return last.keySet();
  }

  /** The rows that others superseded, counted from 0 in the order in which they were read. */
  public List<Long> numbers() {
    return superseded;
  }

  @Override
  public Schema schema() {
    return rows.schema();
  }

  @Override
  public @Nullable Batch next() {
    Batch batch = rows.next();
    if (batch != null) {
      List<Column> columns = key.stream().map(batch::column).toList();
      for (int row = 0; row < batch.rows(); row++) {
        Long before = last.put(KeyValues.of(columns, row), read + row);
        if (before != null) {
          superseded.add(before);
        }
      }
      read += batch.rows();
    }
    return batch;
  }

  @Override
  public void close() {
    rows.close();
  }
}
