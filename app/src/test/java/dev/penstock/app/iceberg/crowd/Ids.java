package dev.penstock.app.iceberg.crowd;

import dev.penstock.data.Batch;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Rows of one number. Every writer has a range of its own, and every operation five numbers. */
final class Ids {
  static final Schema SCHEMA = Schema.of(Field.required("id", Scalar.INT64));

  private static final long RANGE = 1_000_000_000;
  private static final int FIVE = 5;

  private Ids() {}

  static long from(int writer) {
    return writer * RANGE;
  }

  static List<Long> of(int writer, long operation) {
    long first = from(writer) + operation * FIVE;
    return LongStream.range(first, first + FIVE).boxed().toList();
  }

  static Batch batch(List<Long> ids) {
    ColumnBuilder column = ColumnBuilder.of(Scalar.INT64, ids.size());
    ids.forEach(column::appendLong);
    return new Batch(SCHEMA, List.of(column.build()));
  }

  static BatchReader rows(List<Long> ids) {
    return BatchReader.of(SCHEMA, List.of(batch(ids)));
  }

  /** All numbers of a table, sorted. */
  static List<Long> read(LakeTable table, Ref at) {
    List<Long> ids = new ArrayList<>();
    try (BatchReader rows = table.scan().at(at).open()) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        for (long id : ((LongColumn) batch.column("id")).values()) {
          ids.add(id);
        }
      }
    }
    return ids.stream().sorted().toList();
  }

  /** Those of one writer. */
  static List<Long> of(int writer, List<Long> all) {
    return all.stream().filter(id -> id >= from(writer) && id < from(writer + 1)).toList();
  }
}
