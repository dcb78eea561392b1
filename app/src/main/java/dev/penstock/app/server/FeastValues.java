package dev.penstock.app.server;

import com.google.protobuf.ByteString;
import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.wire.feast.FloatList;
import dev.penstock.wire.feast.Null;
import dev.penstock.wire.feast.RepeatedValue;
import dev.penstock.wire.feast.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as Feast's protocol has them. An instant is a number of seconds, as there; dates, local
 * timestamps and decimals, which it lacks, are text.
 */
final class FeastValues {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private FeastValues() {}

  /**
   * The rows of a question.
   *
   * @throws PenstockException if a column is missing or not known, has another number of values
   *     than another, or one that does not fit
   */
  static Batch asked(Schema inputs, Map<String, RepeatedValue> columns) {
    for (String name : columns.keySet()) {
      if (!inputs.contains(name)) {
        throw new PenstockException(
            ErrorCode.COLUMN_NOT_FOUND,
            "there is no column '" + name + "'",
            Suggestion.among(name, inputs.names()));
      }
    }
    int rows = columns.values().stream().mapToInt(RepeatedValue::getValCount).max().orElse(0);
    if (rows > JsonRows.MOST_ROWS) {
      throw JsonRows.tooMany();
    }
    List<Column> built = new ArrayList<>();
    for (Field field : inputs.fields()) {
      RepeatedValue given = columns.getOrDefault(field.name(), RepeatedValue.getDefaultInstance());
      if (columns.containsKey(field.name()) && given.getValCount() != rows) {
        throw new PenstockException(
            ErrorCode.USAGE,
            "column '"
                + field.name()
                + "' has "
                + given.getValCount()
                + " values, another has "
                + rows,
            "each column has a value for each row");
      }
      ColumnBuilder column = ColumnBuilder.of(field.type(), rows);
      for (int row = 0; row < rows; row++) {
        column.append(row < given.getValCount() ? value(field, given.getVal(row), row) : null);
        if (!field.nullable() && (row >= given.getValCount() || isNull(given.getVal(row)))) {
          throw new PenstockException(
              ErrorCode.COLUMN_NOT_FOUND,
              "row " + row + " has no '" + field.name() + "'",
              "each row needs " + inputs);
        }
      }
      built.add(column.build());
    }
    return new Batch(inputs, built);
  }

  private static boolean isNull(Value value) {
    return switch (value.getValCase()) {
      case VAL_NOT_SET, NULL_VAL -> true;
      default -> false;
    };
  }

  private static @Nullable Object value(Field field, Value value, int row) {
    Object read =
        switch (value.getValCase()) {
          case VAL_NOT_SET, NULL_VAL -> null;
          case STRING_VAL -> text(field, value.getStringVal());
          case BYTES_VAL ->
              field.type() == Scalar.BINARY ? value.getBytesVal().toByteArray() : value;
          case INT32_VAL -> number(field, value.getInt32Val(), value);
          case INT64_VAL -> number(field, value.getInt64Val(), value);
          case DOUBLE_VAL -> real(field, value.getDoubleVal(), value);
          case FLOAT_VAL -> real(field, value.getFloatVal(), value);
          case BOOL_VAL -> field.type() == Scalar.BOOLEAN ? value.getBoolVal() : value;
          case UNIX_TIMESTAMP_VAL ->
              field.type() == Scalar.TIMESTAMP
                  ? (Object) Math.multiplyExact(value.getUnixTimestampVal(), MICROS_PER_SECOND)
                  : value;
          case FLOAT_LIST_VAL -> value;
        };
    if (read instanceof Value) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          "row " + row + ": a value of '" + field.name() + "' is " + value.getValCase(),
          "it has to be " + field.type());
    }
    return read;
  }

  private static Object text(Field field, String text) {
    if (field.type() == Scalar.STRING) {
      return text;
    }
    if (field.type() == Scalar.DATE) {
      try {
        return Math.toIntExact(LocalDate.parse(text).toEpochDay());
      } catch (DateTimeException | ArithmeticException e) {
        // No date, as is said below.
      }
    }
    return Value.newBuilder().setStringVal(text).build();
  }

  private static Object number(Field field, long number, Value value) {
    if (field.type() == Scalar.INT64) {
      return number;
    } else if (field.type() == Scalar.INT32 && (int) number == number) {
      return (int) number;
    } else if (field.type() == Scalar.FLOAT64) {
      return (double) number;
    }
    return value;
  }

  private static Object real(Field field, double number, Value value) {
    if (field.type() == Scalar.FLOAT64) {
      return number;
    }
    return field.type() == Scalar.FLOAT32 ? (Object) (float) number : value;
  }

  /** The value of a row; null is a value that says so. */
  static Value of(Column column, int row) {
    Value.Builder value = Value.newBuilder();
    if (column.isNull(row)) {
      return value.setNullVal(Null.NULL).build();
    }
    Object cell = column.value(row);
    if (column.type() == Scalar.TIMESTAMP) {
      value.setUnixTimestampVal(
          Math.floorDiv(((LongColumn) column).values()[row], MICROS_PER_SECOND));
    } else if (column.type() == Scalar.DATE && cell instanceof Integer day) {
      value.setStringVal(LocalDate.ofEpochDay(day).toString());
    } else if (column instanceof FloatColumn floats) {
      value.setFloatVal(floats.values()[row]);
    } else if (cell instanceof Long number) {
      value.setInt64Val(number);
    } else if (cell instanceof Integer number) {
      value.setInt32Val(number);
    } else if (cell instanceof Double number) {
      value.setDoubleVal(number);
    } else if (cell instanceof Boolean flag) {
      value.setBoolVal(flag);
    } else if (cell instanceof byte[] bytes) {
      value.setBytesVal(ByteString.copyFrom(bytes));
    } else if (cell instanceof float[] vector) {
      FloatList.Builder list = FloatList.newBuilder();
      for (float element : vector) {
        list.addVal(element);
      }
      value.setFloatListVal(list);
    } else {
      value.setStringVal(String.valueOf(cell));
    }
    return value.build();
  }
}
