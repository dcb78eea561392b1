package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.data.Type;
import dev.penstock.feature.FeatureView;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of the input of the tests' views, values in the order of {@link #FIELDS}.
 *
 * @param retracts the row that it takes back, null for most
 */
record InputRow(
    long eventTime,
    long seenTime,
    int partition,
    long offset,
    List<Object> values,
    InputRow retracts) {
  static final List<Field> FIELDS =
      List.of(
          Field.of("name", Scalar.STRING),
          Field.of("number", Scalar.INT64),
          Field.of("small", Scalar.INT32),
          Field.of("whole", Scalar.INT64),
          Field.of("single", Scalar.FLOAT32),
          Field.of("real", Scalar.FLOAT64),
          Field.of("flag", Scalar.BOOLEAN),
          Field.of("text", Scalar.STRING),
          Field.of("bytes", Scalar.BINARY),
          Field.of("day", Scalar.DATE),
          Field.of("moment", Scalar.TIMESTAMP),
          Field.of("amount", new Type.Decimal(12, 2)),
          Field.of("vector", new Type.Vector(0)),
          Field.of("wide", new Type.Decimal(38, 6)),
          Field.of("clock", Scalar.LOCAL_TIMESTAMP));

  static final Schema SCHEMA = new Schema(FIELDS).with(SystemColumns.FIELDS);

  InputRow(long eventTime, long seenTime, int partition, long offset, List<Object> values) {
    this(eventTime, seenTime, partition, offset, values, null);
  }

  /** Where a row stands in the order of acceptance: unique. */
  record Position(int partition, long offset) {}

  Position position() {
    return new Position(partition, offset);
  }

  /** Whether it takes a row back that stands at the same position as another. */
  boolean isRetractionOf(InputRow other) {
    return retracts != null
        && retracts.partition == other.partition
        && retracts.offset == other.offset;
  }

  static int index(String column) {
    return SCHEMA.require(column);
  }

  static InputColumn column(String name) {
    return new InputColumn(name, SCHEMA.field(name).type());
  }

  Object value(String column) {
    return values.get(index(column));
  }

  /** Position, times and what a view reads of the values. */
  String text(FeatureView view) {
    StringBuilder text = new StringBuilder(partition + "/" + offset);
    text.append(" at ").append(Case.time(eventTime)).append(" (").append(eventTime).append(")");
    text.append(seenTime == eventTime ? "" : " seen " + Case.time(seenTime));
    if (retracts != null) {
      text.append(" takes back ").append(retracts.partition + "/" + retracts.offset);
    }
    for (int i = 0; i < FIELDS.size(); i++) {
      String column = FIELDS.get(i).name();
      if (view.columns().contains(column) && values.get(i) != null) {
        text.append(' ').append(column).append('=').append(Answers.text(values.get(i)));
      }
    }
    return text.toString();
  }

  static Batch batch(List<InputRow> rows) {
    List<ColumnBuilder> builders = new ArrayList<>();
    for (Field field : SCHEMA.fields()) {
      builders.add(ColumnBuilder.of(field.type(), rows.size()));
    }
    int inputs = FIELDS.size();
    for (InputRow row : rows) {
      for (int i = 0; i < inputs; i++) {
        builders.get(i).append(row.values.get(i));
      }
      builders.get(inputs).appendLong(row.eventTime);
      builders.get(inputs + 1).appendLong(row.seenTime);
      builders.get(inputs + 2).appendInt(row.partition);
      builders.get(inputs + 3).appendLong(row.offset);
      builders.get(inputs + 4).appendObject(row.partition + "/" + row.offset);
    }
    List<Column> columns = builders.stream().map(ColumnBuilder::build).toList();
    Batch batch = new Batch(SCHEMA, columns);
    return rows.stream().allMatch(row -> row.retracts == null)
        ? batch
        : batch.with(SystemColumns.RETRACTION_FIELDS, retracts(rows));
  }

  private static List<Column> retracts(List<InputRow> rows) {
    ColumnBuilder partitions = ColumnBuilder.of(Scalar.INT32, rows.size());
    ColumnBuilder offsets = ColumnBuilder.of(Scalar.INT64, rows.size());
    for (InputRow row : rows) {
      partitions.append(row.retracts == null ? null : row.retracts.partition);
      offsets.append(row.retracts == null ? null : row.retracts.offset);
    }
    return List.of(partitions.build(), offsets.build());
  }
}
