package dev.penstock.format.internal;

import dev.penstock.format.Condition;
import java.util.List;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/** Says which row groups cannot hold a row that meets a condition, by their statistics. */
final class RowGroupFilter {
  private RowGroupFilter() {}

  static boolean mayHold(BlockMetaData group, ParquetColumn column, Condition condition) {
    ColumnChunkMetaData chunk = chunk(group, column);
    if (chunk == null || column.field() == null || column.decoding() == null) {
      return true;
    }
    Statistics<?> statistics = chunk.getStatistics();
    if (statistics == null || !statistics.hasNonNullValue()) {
      return true;
    }
    Object least =
        ColumnDecoder.value(statistics.genericGetMin(), column.decoding(), column.field().type());
    Object greatest =
        ColumnDecoder.value(statistics.genericGetMax(), column.decoding(), column.field().type());
    if (least == null || greatest == null || isNan(least) || isNan(greatest)) {
      return true;
    }
    if (condition instanceof Condition.Range range) {
      return (range.from() == null || Ordering.compare(greatest, range.from()) >= 0)
          && (range.to() == null || Ordering.compare(least, range.to()) < 0);
    } else if (condition instanceof Condition.In in) {
      return in.values().stream()
          .anyMatch(
              value ->
                  Ordering.compare(greatest, value) >= 0 && Ordering.compare(least, value) <= 0);
    }
    return true;
  }

  static @Nullable ColumnChunkMetaData chunk(BlockMetaData group, ParquetColumn column) {
    if (column.leaf() == null) {
      return null;
    }
    List<String> path = List.of(column.leaf().getPath());
    for (ColumnChunkMetaData chunk : group.getColumns()) {
      if (List.of(chunk.getPath().toArray()).equals(path)) {
        return chunk;
      }
    }
    return null;
  }

  private static boolean isNan(Object value) {
    return value instanceof Number number && Double.isNaN(number.doubleValue());
  }
}
