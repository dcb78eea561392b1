package dev.penstock.format.internal.wire;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Type;
import dev.penstock.format.SentRows.BadCell;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** One column of Avro records: the way to its field, and what was found there so far. */
final class AvroColumn {
  private static final int FIXED_BYTES = 8;

  private final String path;
  private final Schema schema;
  private final Type type;
  private final int[] way;
  private final ColumnBuilder builder;

  /**
   * @param way the position of the field in its record, after those of the records around it
   */
  AvroColumn(String path, Schema schema, int[] way) {
    this.path = path;
    this.schema = schema;
    this.way = way;
    this.type = AvroTypes.type(path, schema);
    this.builder = ColumnBuilder.of(type, 1024);
  }

  String path() {
    return path;
  }

  Type type() {
    return type;
  }

  Column build() {
    return builder.build();
  }

  /** Appends the record's value; about how many bytes it takes. */
  int append(IndexedRecord record, int row, List<BadCell> bad) {
    Object written = field(record);
    Object value = written == null ? null : AvroTypes.value(written, schema, type);
    if (written != null && value == null) {
      bad.add(new BadCell(row, path, "a value that cannot be kept: " + schema.getType()));
    }
    builder.append(value);
    return FIXED_BYTES
        + (value instanceof String text
            ? text.length()
            : value instanceof byte[] bytes
                ? bytes.length
                : value instanceof float[] vector ? Float.BYTES * vector.length : 0);
  }

  private @Nullable Object field(IndexedRecord record) {
    Object found = record;
    for (int position : way) {
      if (!(found instanceof IndexedRecord inside)) {
        return null;
      }
      found = inside.get(position);
    }
    return found;
  }
}
