package dev.penstock.format;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Seeded rows of every type a file may hold: nulls, ends of ranges, few values and many. */
final class AllTypes {
  static final Schema SCHEMA =
      Schema.of(
          Field.required("id", Scalar.INT64),
          Field.of("flag", Scalar.BOOLEAN),
          Field.of("small", Scalar.INT32),
          Field.of("large", Scalar.INT64),
          Field.of("single", Scalar.FLOAT32),
          Field.of("real", Scalar.FLOAT64),
          Field.of("name", Scalar.STRING),
          Field.of("bytes", Scalar.BINARY),
          Field.of("day", Scalar.DATE),
          Field.of("at", Scalar.TIMESTAMP),
          Field.of("local", Scalar.LOCAL_TIMESTAMP),
          Field.of("price", new Type.Decimal(9, 2)),
          Field.of("amount", new Type.Decimal(18, 4)),
          Field.of("total", new Type.Decimal(38, 10)),
          Field.of("embedding", new Type.Vector(3)));

  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MAX_VALUE
  };
  private static final long[] LONGS = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE};

  private AllTypes() {}

  /** Rows whose values repeat or do not, as the seed has it. */
  static Batch batch(SplittableRandom random, long firstId, int rows) {
    List<Column> columns = new ArrayList<>();
    for (Field field : SCHEMA.fields()) {
      ColumnBuilder builder = ColumnBuilder.of(field.type(), rows);
      int nullsIn = field.nullable() ? new int[] {0, 10, 2, 1}[random.nextInt(4)] : 0;
      int different = random.nextBoolean() ? 20 : Integer.MAX_VALUE;
      for (int row = 0; row < rows; row++) {
        if (nullsIn > 0 && random.nextInt(nullsIn) == 0) {
          builder.appendNull();
        } else if (field.name().equals("id")) {
          builder.append(firstId + row);
        } else {
          builder.append(value(field.type(), new SplittableRandom(random.nextInt(different))));
        }
      }
      columns.add(builder.build());
    }
    return new Batch(SCHEMA, columns);
  }

  private static Object value(Type type, SplittableRandom random) {
    if (type instanceof Type.Decimal decimal) {
      BigInteger most = BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
      BigInteger any = new BigInteger(1, bytes(random, 20)).mod(most.add(BigInteger.ONE));
      BigInteger unscaled = random.nextInt(10) == 0 ? most : any;
      return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
    }
    if (type instanceof Type.Vector) {
      return new float[] {(float) random.nextDouble(), Float.NaN, -0f};
    }
    boolean extreme = random.nextInt(10) == 0;
    long number = extreme ? LONGS[random.nextInt(LONGS.length)] : random.nextLong();
    double real = extreme ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextDouble();
    return switch ((Scalar) type) {
      case BOOLEAN -> random.nextBoolean();
      case INT32, DATE -> (int) number;
      case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> number;
      case FLOAT32 -> (float) real;
      case FLOAT64 -> real;
      case STRING -> extreme ? "" : "ä\uD83D\uDE80\uFFFD\u0000".repeat(random.nextInt(20)) + number;
      case BINARY -> bytes(random, random.nextInt(extreme ? 1 : 30));
    };
  }

  private static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static WrittenFile write(Path path, List<Batch> batches) {
    try (ParquetWriter writer = ParquetWriter.create(path, SCHEMA)) {
      batches.forEach(writer::write);
      return writer.finish();
    }
  }

  /** All rows, value by value, such that equal means equal to the bit. */
  static List<List<@Nullable Object>> rows(Iterable<Batch> batches) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Batch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Column column : batch.columns()) {
          values.add(bits(column, row));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static @Nullable Object bits(Column column, int row) {
    Object value =
        column instanceof ObjectColumn objects ? objects.values()[row] : column.value(row);
    if (value instanceof Double number) {
      return Double.doubleToRawLongBits(number);
    } else if (value instanceof Float number) {
      return Float.floatToRawIntBits(number);
    } else if (value instanceof float[] vector) {
      return Arrays.toString(vector);
    }
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
  }

  static List<List<@Nullable Object>> read(Path path) {
    List<Batch> batches = new ArrayList<>();
    try (BatchReader reader = ParquetScan.of(path).as(SCHEMA).open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        batches.add(batch);
      }
    }
    return rows(batches);
  }
}
