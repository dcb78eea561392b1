package dev.penstock.lake;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import java.util.ArrayList;
import java.util.List;

/** Tables of numbers, for tests. */
final class Numbers {
  static final Schema SCHEMA = Schema.of(Field.required("n", Scalar.INT64));

  private Numbers() {}

  static BatchReader rows(List<Long> numbers) {
    return BatchReader.of(SCHEMA, List.of(batch(numbers)));
  }

  static Batch batch(List<Long> numbers) {
    ColumnBuilder n = ColumnBuilder.of(Scalar.INT64, numbers.size());
    numbers.forEach(n::appendLong);
    return new Batch(SCHEMA, List.of(n.build()));
  }

  static BatchReader rows(long from, long to) {
    List<Long> numbers = new ArrayList<>();
    for (long n = from; n < to; n++) {
      numbers.add(n);
    }
    return rows(numbers);
  }

  /** The rows in the order in which they are read. */
  static List<Long> read(TableScan scan) {
    try (BatchReader reader = scan.open()) {
      return rest(reader);
    }
  }

  static List<Long> rest(BatchReader reader) {
    List<Long> numbers = new ArrayList<>();
    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
      Column column = batch.column("n");
      for (int row = 0; row < batch.rows(); row++) {
        numbers.add((Long) column.value(row));
      }
    }
    return numbers;
  }
}
