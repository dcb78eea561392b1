package dev.penstock.format.internal;

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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Turns one column of one row group into our columns, batch by batch. */
final class ColumnDecoder {
  private static final long MICROS_OF_MILLI = 1_000;
  private static final long NANOS_OF_MICRO = 1_000;

  private final Type type;
  private final Decoding decoding;
  private final LeafReader leaf;
  private final VectorReader vectors;

  ColumnDecoder(Field field, Decoding decoding, ColumnDescriptor column, ChunkPages pages) {
    this.type = field.type();
    this.decoding = decoding;
    this.leaf = new LeafReader(column, pages);
    this.vectors = new VectorReader(column, field.nullable() ? 1 : 0, pages);
  }

  Column read(int rows) throws IOException {
    return switch (decoding) {
      case BOOLEAN -> {
        boolean[] values = leaf.booleans(rows);
        yield new BooleanColumn(type, values, leaf.nulls());
      }
      case INT -> {
        int[] values = leaf.ints(rows, false);
        yield new IntColumn(type, values, leaf.nulls());
      }
      case UNSIGNED_INT -> {
        int[] values = leaf.ints(rows, false);
        long[] longs = new long[rows];
        Arrays.setAll(longs, i -> Integer.toUnsignedLong(values[i]));
        yield new LongColumn(type, longs, leaf.nulls());
      }
      case LONG -> longs(leaf.longs(rows, false));
      case MILLIS -> {
        long[] values = leaf.longs(rows, false);
        for (int i = 0; i < rows; i++) {
          values[i] = Math.multiplyExact(values[i], MICROS_OF_MILLI);
        }
        yield longs(values);
      }
      case NANOS -> {
        long[] values = leaf.longs(rows, false);
        for (int i = 0; i < rows; i++) {
          values[i] = Math.floorDiv(values[i], NANOS_OF_MICRO);
        }
        yield longs(values);
      }
      case FLOAT -> {
        int[] bits = leaf.ints(rows, true);
        float[] values = new float[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = Float.intBitsToFloat(bits[i]);
        }
        yield new FloatColumn(type, values, leaf.nulls());
      }
      case DOUBLE -> {
        long[] bits = leaf.longs(rows, true);
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = Double.longBitsToDouble(bits[i]);
        }
        yield new DoubleColumn(type, values, leaf.nulls());
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
        int[] values = leaf.ints(rows, false);
        yield decimals(
            Arrays.stream(values).asLongStream().toArray(), v -> BigDecimal.valueOf(v, scale));
      }
      case DECIMAL_OF_LONG -> {
        int scale = ((Type.Decimal) type).scale();
        yield decimals(leaf.longs(rows, false), v -> BigDecimal.valueOf(v, scale));
      }
      case UNSIGNED_LONG ->
          decimals(leaf.longs(rows, false), v -> new BigDecimal(Long.toUnsignedString(v)));
      case VECTOR -> new ObjectColumn(type, vectors.vectors(rows));
    };
  }

  /** A value of statistics as {@link Column#value} would give it; null where it says nothing. */
  static @Nullable Object value(Object physical, Decoding decoding, Type type) {
    return switch (decoding) {
      case INT, LONG, BOOLEAN, FLOAT, DOUBLE -> physical;
      case UNSIGNED_INT -> Integer.toUnsignedLong((Integer) physical);
      case MILLIS -> Math.multiplyExact((Long) physical, MICROS_OF_MILLI);
      case NANOS -> Math.floorDiv((Long) physical, NANOS_OF_MICRO);
      case STRING -> ((Binary) physical).toStringUsingUTF8();
      case DECIMAL_OF_INT, DECIMAL_OF_LONG ->
          BigDecimal.valueOf(((Number) physical).longValue(), ((Type.Decimal) type).scale());
      case UNSIGNED_LONG, UUID, BINARY, DECIMAL_OF_BYTES, VECTOR -> null;
    };
  }

  private Column longs(long[] values) {
    return new LongColumn(type, values, leaf.nulls());
  }

  private Column objects(int rows, PageValues.OfBytes make) throws IOException {
    return new ObjectColumn(type, leaf.objects(rows, make));
  }

  private Column decimals(long[] values, LongFunction<Object> make) {
    boolean[] nulls = leaf.nulls();
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
