package dev.penstock.format.internal.parquet;

import dev.penstock.data.Type;
import dev.penstock.format.Condition;
import dev.penstock.format.internal.Ordering;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/** Says which row groups and pages cannot hold a row that meets a condition, by their bounds. */
final class RowGroupFilter {
  private RowGroupFilter() {}

  /**
   * Whether a row group may hold such a row.
   *
   * @param statistics those of the condition's column
   */
  static boolean mayHold(
      @Nullable Statistics statistics, ParquetColumn.Source source, Condition condition) {
    if (statistics == null || !statistics.isSetMin_value() || !statistics.isSetMax_value()) {
      return true;
    }
    return mayHold(
        ByteBuffer.wrap(statistics.getMin_value()),
        ByteBuffer.wrap(statistics.getMax_value()),
        source,
        condition);
  }

  /** Whether values between these bounds, in plain encoding, may meet the condition. */
  static boolean mayHold(
      ByteBuffer min, ByteBuffer max, ParquetColumn.Source source, Condition condition) {
    Object least = value(min, source);
    Object greatest = value(max, source);
    if (least == null || greatest == null || isNan(least) || isNan(greatest)) {
      return true;
    }
    if (condition instanceof Condition.Range range) {
      return (range.from() == null || Ordering.compare(greatest, range.from()) >= 0)
          && (range.to() == null || Ordering.compare(least, range.to()) < 0);
    }
    return ((Condition.In) condition)
        .values().stream()
            .anyMatch(
                value ->
                    Ordering.compare(greatest, value) >= 0 && Ordering.compare(least, value) <= 0);
  }

  /**
   * A bound as {@link dev.penstock.data.Column#value} would give it; null where it says nothing.
   */
  private static @Nullable Object value(ByteBuffer bytes, ParquetColumn.Source source) {
    ByteBuffer bound = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return switch (source.decoding()) {
      case BOOLEAN -> bound.get() != 0;
      case INT -> bound.getInt();
      case UNSIGNED_INT -> Integer.toUnsignedLong(bound.getInt());
      case LONG -> bound.getLong();
      case MILLIS -> Math.multiplyExact(bound.getLong(), ColumnDecoder.MICROS_OF_MILLI);
      case NANOS -> Math.floorDiv(bound.getLong(), ColumnDecoder.NANOS_OF_MICRO);
      case FLOAT -> bound.getFloat();
      case DOUBLE -> bound.getDouble();
      case STRING -> text(bound);
      case DECIMAL_OF_INT -> BigDecimal.valueOf(bound.getInt(), scale(source));
      case DECIMAL_OF_LONG -> BigDecimal.valueOf(bound.getLong(), scale(source));
      case INT96, UNSIGNED_LONG, UUID, BINARY, DECIMAL_OF_BYTES, VECTOR -> null;
    };
  }

  /** A string; null if it was shortened to what is no UTF-8. */
  private static @Nullable String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int scale(ParquetColumn.Source source) {
    return ((Type.Decimal) source.field().type()).scale();
  }

  private static boolean isNan(Object value) {
    return value instanceof Number number && Double.isNaN(number.doubleValue());
  }
}
