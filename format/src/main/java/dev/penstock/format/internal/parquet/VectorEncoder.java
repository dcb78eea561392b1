package dev.penstock.format.internal.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.ObjectColumn;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/** Lists of floats: an entry for each element, and one for a list that is null or empty. */
final class VectorEncoder implements ValueEncoder {
  private final int emptyLevel;

  VectorEncoder(boolean nullable) {
    this.emptyLevel = nullable ? 1 : 0;
  }

  @Override
  public int pageEnd(Column column, int from, int to) {
    int end = Math.min(to, from + MOST_PAGE_ROWS);
    long bytes = 0;
    for (int i = from; i < end; i++) {
      bytes += (long) Float.BYTES * length((ObjectColumn) column, i);
      if (bytes > MOST_PAGE_BYTES) {
        return i + 1;
      }
    }
    return end;
  }

  @Override
  public int levels(Column column, boolean nullable, int from, int to, Bytes out) {
    ObjectColumn vectors = (ObjectColumn) column;
    int entries = 0;
    for (int i = from; i < to; i++) {
      entries += Math.max(1, length(vectors, i));
    }
    int[] repetitions = new int[entries];
    int[] definitions = new int[entries];
    int at = 0;
    for (int i = from; i < to; i++) {
      int length = length(vectors, i);
      if (length == 0) {
        definitions[at++] = vectors.isNull(i) ? 0 : emptyLevel;
      } else {
        Arrays.fill(definitions, at, at + length, emptyLevel + 1);
        Arrays.fill(repetitions, at + 1, at + length, 1);
        at += length;
      }
    }
    Levels.write(repetitions, entries, 1, out);
    Levels.write(definitions, entries, ChunkPages.bitWidth(emptyLevel + 1), out);
    return entries;
  }

  @Override
  public Encoding values(Column column, int from, int to, Bytes out, ColumnStatistics statistics) {
    statistics.add(column, from, to);
    for (int i = from; i < to; i++) {
      if (column.value(i) instanceof float[] vector) {
        out.writeFloats(vector);
      }
    }
    return Encoding.PLAIN;
  }

  private static int length(ObjectColumn column, int row) {
    return column.values()[row] instanceof float[] vector ? vector.length : 0;
  }
}
