package dev.penstock.lake.delta;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A file's value of a partition column, which the log has as text. */
final class PartitionValue {
  private PartitionValue() {}

  static Column column(String file, Field field, @Nullable String text, int rows) {
    ColumnBuilder builder = ColumnBuilder.of(field.type(), rows);
    try {
      for (int row = 0; row < rows; row++) {
        append(builder, field.type(), text);
      }
    } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
      throw new PenstockException(
          ErrorCode.SCHEMA_INCOMPATIBLE,
          null,
          file + ": the partition's " + field.name() + " '" + text + "' is no " + field.type(),
          "declare the column as the table has it",
          e);
    }
    return builder.build();
  }

  private static void append(ColumnBuilder builder, Type type, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      builder.appendNull();
    } else if (type instanceof Type.Decimal decimal) {
      builder.appendObject(new BigDecimal(text).setScale(decimal.scale()));
    } else if (type instanceof Scalar scalar) {
      switch (scalar) {
        case BOOLEAN -> builder.appendBoolean(Boolean.parseBoolean(text));
        case INT32 -> builder.appendInt(Integer.parseInt(text));
        case INT64 -> builder.appendLong(Long.parseLong(text));
        case FLOAT32 -> builder.appendFloat(Float.parseFloat(text));
        case FLOAT64 -> builder.appendDouble(Double.parseDouble(text));
        case STRING -> builder.appendObject(text);
        case DATE -> builder.appendInt(Math.toIntExact(LocalDate.parse(text).toEpochDay()));
        case TIMESTAMP, LOCAL_TIMESTAMP ->
            builder.appendLong(ChronoUnit.MICROS.between(Instant.EPOCH, moment(text)));
        case BINARY -> throw new NumberFormatException("binary");
      }
    } else {
      throw new NumberFormatException(type.toString());
    }
  }

  /** {@code 2026-01-01 12:00:00}, in UTC, or as an instant. */
  private static Instant moment(String text) {
    return text.endsWith("Z")
        ? Instant.parse(text)
        : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
  }
}
