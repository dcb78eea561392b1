package dev.penstock.lake.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file's columns, as a Delta log has it. Readers leave files out by it, so a
 * bound that could mislead one is not given: of a column with a NaN, which some order above all
 * numbers, and of years that are not written with four digits.
 */
public final class DeltaStatistics {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS");
  private static final long MICROS_OF_MILLI = 1_000;
  private static final int LAST_YEAR = 9999;

  private DeltaStatistics() {}

  /**
   * In JSON.
   *
   * @param schema whose columns the file has by these names
   */
  public static String of(Schema schema, DataFile file) {
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("numRecords", file.recordCount());
    ObjectNode least = all.putObject("minValues");
    ObjectNode greatest = all.putObject("maxValues");
    ObjectNode nulls = all.putObject("nullCount");
    for (Types.NestedField field : schema.columns()) {
      Long count = of(file.nullValueCounts(), field);
      if (count != null) {
        nulls.put(field.name(), count);
      }
      if (!field.type().isPrimitiveType() || mayHaveNan(file, field)) {
        continue;
      }
      put(least, field, of(file.lowerBounds(), field), Rounding.DOWN);
      put(greatest, field, of(file.upperBounds(), field), Rounding.UP);
    }
    return all.toString();
  }

  private enum Rounding {
    DOWN,
    UP
  }

  private static <T> @Nullable T of(@Nullable Map<Integer, T> values, Types.NestedField field) {
    return values == null ? null : values.get(field.fieldId());
  }

  private static boolean mayHaveNan(DataFile file, Types.NestedField field) {
    return switch (field.type().typeId()) {
      case FLOAT, DOUBLE -> {
        Long nans = of(file.nanValueCounts(), field);
        yield nans == null || nans > 0;
      }
      default -> false;
    };
  }

  private static void put(
      ObjectNode to, Types.NestedField field, @Nullable ByteBuffer bound, Rounding rounding) {
    if (bound == null) {
      return;
    }
    Object value = Conversions.fromByteBuffer(field.type(), bound);
    String name = field.name();
    switch (field.type().typeId()) {
      case INTEGER -> to.put(name, (Integer) value);
      case LONG -> to.put(name, (Long) value);
      case DECIMAL -> to.put(name, (BigDecimal) value);
      case STRING -> to.put(name, value.toString());
      case FLOAT -> {
        if (Float.isFinite((Float) value)) {
          to.put(name, (Float) value);
        }
      }
      case DOUBLE -> {
        if (Double.isFinite((Double) value)) {
          to.put(name, (Double) value);
        }
      }
      case DATE -> {
        LocalDate day = LocalDate.ofEpochDay((Integer) value);
        if (isPlain(day.getYear())) {
          to.put(name, day.toString());
        }
      }
      case TIMESTAMP -> {
        LocalDateTime moment = moment((Long) value, rounding);
        if (isPlain(moment.getYear())) {
          boolean utc = ((Types.TimestampType) field.type()).shouldAdjustToUTC();
          to.put(name, MILLIS.format(moment) + (utc ? "Z" : ""));
        }
      }
      default -> {
        // Of booleans and bytes the protocol keeps no bounds.
      }
    }
  }

  private static boolean isPlain(int year) {
    return year > 0 && year <= LAST_YEAR;
  }

  /** Bounds have milliseconds: rounded away from the values. */
  private static LocalDateTime moment(long micros, Rounding rounding) {
    long down = Math.floorDiv(micros, MICROS_OF_MILLI);
    boolean exact = down * MICROS_OF_MILLI == micros;
    long millis = rounding == Rounding.DOWN || exact ? down : down + 1;
    return LocalDateTime.ofInstant(Instant.EPOCH.plus(millis, ChronoUnit.MILLIS), ZoneOffset.UTC);
  }
}
