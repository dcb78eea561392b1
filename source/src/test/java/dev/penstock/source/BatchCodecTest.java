package dev.penstock.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.testkit.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchCodecTest {
  private static final List<Type> TYPES = new ArrayList<>(List.of(Scalar.values()));

  static {
    TYPES.add(new Type.Decimal(38, 3));
    TYPES.add(new Type.Vector(0));
  }

  static LongStream seeds() {
    return Seeds.of(50, 5_000);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void rows_of_every_type_come_back_as_they_were(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < random.nextInt(1, 8); i++) {
      fields.add(Field.of("c" + i, TYPES.get(random.nextInt(TYPES.size()))));
    }
    Schema schema = new Schema(fields);
    int rows = random.nextInt(40);
    Batch batch =
        new Batch(
            schema,
            fields.stream()
                .map(
                    field -> {
                      ColumnBuilder builder = ColumnBuilder.of(field.type(), rows);
                      for (int row = 0; row < rows; row++) {
                        builder.append(random.nextInt(4) == 0 ? null : value(field.type(), random));
                      }
                      return builder.build();
                    })
                .toList());
    Batch read = BatchCodec.decode(BatchCodec.encode(batch), schema);
    assertThat(read.rows()).isEqualTo(rows);
    for (int column = 0; column < fields.size(); column++) {
      for (int row = 0; row < rows; row++) {
        assertThat(read.column(column).value(row)).isEqualTo(batch.column(column).value(row));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damaged_bytes_are_an_error_or_rows_but_never_anything_else(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Schema schema =
        Schema.of(
            Field.of("a", Scalar.INT64),
            Field.of("b", Scalar.STRING),
            Field.of("c", new Type.Vector(0)));
    ColumnBuilder a = ColumnBuilder.of(Scalar.INT64, 3);
    ColumnBuilder b = ColumnBuilder.of(Scalar.STRING, 3);
    ColumnBuilder c = ColumnBuilder.of(new Type.Vector(0), 3);
    for (int i = 0; i < 3; i++) {
      a.append(random.nextLong());
      b.append("text " + random.nextInt());
      c.append(new float[] {1, 2});
    }
    byte[] bytes = BatchCodec.encode(new Batch(schema, List.of(a.build(), b.build(), c.build())));
    byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    for (int i = 0; i < random.nextInt(3) && damaged.length > 0; i++) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    try {
      BatchCodec.decode(damaged, schema);
    } catch (PenstockException e) {
      assertThat(e.code().name()).startsWith("STATE_");
    }
  }

  @Test
  void stored_form_of_version_1_does_not_change() {
    Schema schema =
        Schema.of(
            Field.of("n", Scalar.INT64),
            Field.of("s", Scalar.STRING),
            Field.of("b", Scalar.BOOLEAN));
    ColumnBuilder n = ColumnBuilder.of(Scalar.INT64, 2);
    n.append(1L);
    n.append(-2L);
    ColumnBuilder s = ColumnBuilder.of(Scalar.STRING, 2);
    s.append("é");
    s.append(null);
    ColumnBuilder b = ColumnBuilder.of(Scalar.BOOLEAN, 2);
    b.append(false);
    b.append(true);
    byte[] bytes = BatchCodec.encode(new Batch(schema, List.of(n.build(), s.build(), b.build())));
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("0102" + "000205" + "010202c3a9" + "0002");
  }

  @Test
  void newer_form_is_refused_by_its_version() {
    assertThatThrownBy(() -> BatchCodec.decode(new byte[] {9, 0}, Schema.of()))
        .hasMessageContaining("STATE_VERSION");
  }

  private static Object value(Type type, SplittableRandom random) {
    if (type instanceof Type.Decimal decimal) {
      return new BigDecimal(BigInteger.valueOf(random.nextLong()), decimal.scale());
    } else if (type instanceof Type.Vector) {
      return new float[] {random.nextInt(), Float.NaN};
    }
    return switch ((Scalar) type) {
      case BOOLEAN -> random.nextBoolean();
      case INT32, DATE -> random.nextInt();
      case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> random.nextLong();
      case FLOAT32 -> (float) random.nextDouble();
      case FLOAT64 -> random.nextDouble();
      case STRING -> "s" + random.nextInt(100) + (random.nextBoolean() ? "ü€" : "");
      case BINARY -> new byte[] {(byte) random.nextInt(), 0};
    };
  }
}
