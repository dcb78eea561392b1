package dev.penstock.format.internal.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import org.apache.parquet.format.Encoding;

/** Encodes the values of one column, page by page. Remembers the dictionary of its row group. */
interface ValueEncoder {
  int MOST_PAGE_ROWS = 1 << 14;
  int MOST_PAGE_BYTES = 1 << 20;

  static ValueEncoder of(Field field) {
    if (field.type() == Scalar.STRING) {
      return new StringEncoder();
    } else if (field.type() == Scalar.BOOLEAN) {
      return new BooleanEncoder();
    } else if (field.type() instanceof Type.Vector) {
      return new VectorEncoder(field.nullable());
    }
    return switch (ParquetSchemas.physical(field.type())) {
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> new BinaryEncoder(field.type());
      default -> new NumberEncoder(field.type());
    };
  }

  /** Where the page that begins at row {@code from} ends: after it, at {@code to} at the latest. */
  default int pageEnd(Column column, int from, int to) {
    return Math.min(to, from + MOST_PAGE_ROWS);
  }

  /** Appends the levels of the rows; returns how many entries they describe. */
  default int levels(Column column, boolean nullable, int from, int to, Bytes out) {
    if (nullable) {
      Levels.write(column, from, to, out);
    }
    return to - from;
  }

  /** Appends the values of the rows that are not null. */
  Encoding values(Column column, int from, int to, Bytes out, ColumnStatistics statistics);

  /** Appends the dictionary in plain encoding; returns how many entries it has, 0 for none. */
  default int dictionary(Bytes out) {
    return 0;
  }

  /** Begins a new row group, with an empty dictionary. */
  default void restart() {}

  /** Whether the statistics of single pages are their own, so that an index can be made of them. */
  default boolean pagesHaveBounds() {
    return false;
  }
}
