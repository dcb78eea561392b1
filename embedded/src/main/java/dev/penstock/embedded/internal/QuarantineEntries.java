package dev.penstock.embedded.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.source.BatchCodec;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.Quarantined;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Quarantined rows in the store. A row's key follows from what it is, so that one that comes again,
 * after a crash or by a retry, is there once; rows without an id are told apart by their time.
 */
final class QuarantineEntries {
  private static final Schema SCHEMA =
      Schema.of(
          Field.required("source", Scalar.STRING),
          Field.required("reason", Scalar.STRING),
          Field.required("rule", Scalar.STRING),
          Field.required("message", Scalar.STRING),
          Field.required("place", Scalar.STRING),
          Field.of("id", Scalar.STRING),
          Field.required("values", Scalar.STRING),
          Field.required("time", Scalar.TIMESTAMP));

  private static final int NAME_DIGITS = 32;

  private QuarantineEntries() {}

  /** Names the row within its source. */
  static String name(Quarantined row) {
    String id = row.id();
    Fingerprint fingerprint =
        Fingerprint.of(
            List.of(
                row.reason().name(),
                row.rule(),
                id == null ? row.place() + "@" + row.time() : id,
                row.values()));
    return fingerprint.hex().substring(0, NAME_DIGITS);
  }

  static byte[] key(int source, Quarantined row) {
    return key(source, name(row));
  }

  static byte[] key(int source, String name) {
    return Bytes.prefixed(Bytes.number(source), Bytes.text(name));
  }

  static byte[] value(Quarantined row) {
    Object[] values = {
      row.source(),
      row.reason().name(),
      row.rule(),
      row.message(),
      row.place(),
      row.id(),
      row.values(),
      row.time()
    };
    List<ColumnBuilder> columns =
        SCHEMA.fields().stream().map(field -> ColumnBuilder.of(field.type(), 1)).toList();
    for (int i = 0; i < values.length; i++) {
      columns.get(i).append(values[i]);
    }
    return BatchCodec.encode(
        new Batch(SCHEMA, columns.stream().map(ColumnBuilder::build).toList()));
  }

  static Quarantined row(byte[] value) {
    Batch row = BatchCodec.decode(value, SCHEMA);
    return new Quarantined(
        text(row, 0),
        QuarantineReason.valueOf(text(row, 1)),
        text(row, 2),
        text(row, 3),
        text(row, 4),
        (@Nullable String) row.column(5).value(0),
        text(row, 6),
        ((LongColumn) row.column(7)).values()[0]);
  }

  private static String text(Batch row, int column) {
    return String.valueOf(row.column(column).value(0));
  }
}
