package dev.penstock.format.internal.parquet;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Field;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Turns one column of one row group into our columns, batch by batch. */
final class ColumnDecoder {
  static final long MICROS_OF_MILLI = 1_000;
  static final long NANOS_OF_MICRO = 1_000;
  private static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final long JULIAN_DAY_OF_1970 = 2_440_588;

  private final Type type;
  private final Decoding decoding;
  private final LeafReader flat;
  private final VectorReader vectors;
  private final ChunkPages pages;

  /**
   * A decoder of one column.
   *
   * @param wanted what it is to become; of a vector its length
   */
  ColumnDecoder(ParquetColumn.Source source, Field wanted, ChunkPages pages) {
    this.type = source.field().type();
    this.decoding = source.decoding();
    this.pages = pages;
    this.flat = new LeafReader(source.leaf(), pages);
    this.vectors = new VectorReader(source.leaf(), wanted, pages);
  }

  /** What made the rows read last no rows, by their places among them. */
  Map<Integer, String> badRows() {
    return vectors.badRows();
  }

  /** Passes over rows. Pages that have only such rows are not decoded, but for those of vectors. */
  void skip(int rows) throws IOException {
    int left = rows;
    if (decoding != Decoding.VECTOR) {
      int begun = Math.min(left, flat.begun());
      read(begun);
      left -= begun;
      left -= pages.skip(left);
    }
    read(left);
  }

  Column read(int rows) throws IOException {
    return switch (decoding) {
      case BOOLEAN -> {
        boolean[] values = flat.booleans(rows);
        yield new BooleanColumn(type, values, flat.nulls());
      }
      case INT -> {
        int[] values = flat.ints(rows, false);
        yield new IntColumn(type, values, flat.nulls());
      }
      case UNSIGNED_INT -> {
        int[] values = flat.ints(rows, false);
        long[] longs = new long[rows];
        Arrays.setAll(longs, i -> Integer.toUnsignedLong(values[i]));
        yield new LongColumn(type, longs, flat.nulls());
      }
      case LONG -> longs(flat.longs(rows, false));
      case MILLIS -> {
        long[] values = flat.longs(rows, false);
        for (int i = 0; i < rows; i++) {
          values[i] = Math.multiplyExact(values[i], MICROS_OF_MILLI);
        }
        yield longs(values);
      }
      case NANOS -> {
        long[] values = flat.longs(rows, false);
        for (int i = 0; i < rows; i++) {
          values[i] = Math.floorDiv(values[i], NANOS_OF_MICRO);
        }
        yield longs(values);
      }
      case INT96 -> moments(flat.objects(rows, ColumnDecoder::moment));
      case FLOAT -> {
        int[] bits = flat.ints(rows, true);
        float[] values = new float[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = Float.intBitsToFloat(bits[i]);
        }
        yield new FloatColumn(type, values, flat.nulls());
      }
      case DOUBLE -> {
        long[] bits = flat.longs(rows, true);
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = Double.longBitsToDouble(bits[i]);
        }
        yield new DoubleColumn(type, values, flat.nulls());
      }
      case STRING -> objects(rows, ColumnDecoder::string);
      case UUID -> objects(rows, ColumnDecoder::uuid);
      case BINARY ->
          objects(rows, (bytes, from, length) -> Arrays.copyOfRange(bytes, from, from + length));
      case DECIMAL_OF_BYTES -> {
        int scale = ((Type.Decimal) type).scale();
        yield objects(
            rows,
            (bytes, from, length) -> new BigDecimal(new BigInteger(bytes, from, length), scale));
      }
      case DECIMAL_OF_INT -> {
        int scale = ((Type.Decimal) type).scale();
        int[] values = flat.ints(rows, false);
        yield decimals(
            Arrays.stream(values).asLongStream().toArray(), v -> BigDecimal.valueOf(v, scale));
      }
      case DECIMAL_OF_LONG -> {
        int scale = ((Type.Decimal) type).scale();
        yield decimals(flat.longs(rows, false), v -> BigDecimal.valueOf(v, scale));
      }
      case UNSIGNED_LONG ->
          decimals(flat.longs(rows, false), v -> new BigDecimal(Long.toUnsignedString(v)));
      case VECTOR -> new ObjectColumn(type, vectors.vectors(rows));
    };
  }

  private Column longs(long[] values) {
    return new LongColumn(type, values, flat.nulls());
  }

  private Column moments(@Nullable Object[] read) {
    long[] values = new long[read.length];
    boolean[] nulls = null;
    for (int i = 0; i < read.length; i++) {
      if (read[i] instanceof Long moment) {
        values[i] = moment;
      } else {
        nulls = nulls == null ? new boolean[read.length] : nulls;
        nulls[i] = true;
      }
    }
    return new LongColumn(type, values, nulls);
  }

  private static Object moment(byte[] bytes, int from, int length) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length).order(ByteOrder.LITTLE_ENDIAN);
    long micros = Math.floorDiv(buffer.getLong(), NANOS_OF_MICRO);
    long day = buffer.getInt() - JULIAN_DAY_OF_1970;
    return Math.addExact(Math.multiplyExact(day, MICROS_OF_DAY), micros);
  }

  private Column objects(int rows, PageValues.OfBytes make) throws IOException {
    return new ObjectColumn(type, flat.objects(rows, make));
  }

  private Column decimals(long[] values, LongFunction<Object> make) {
    boolean[] nulls = flat.nulls();
    @Nullable Object[] decimals = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      decimals[i] = nulls != null && nulls[i] ? null : make.apply(values[i]);
    }
    return new ObjectColumn(type, decimals);
  }

  private static Object string(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  private static Object uuid(byte[] bytes, int from, int length) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }
}
