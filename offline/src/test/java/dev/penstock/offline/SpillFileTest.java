package dev.penstock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.testkit.Rows;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpillFileTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("flag", Scalar.BOOLEAN),
          Field.of("small", Scalar.INT32),
          Field.of("whole", Scalar.INT64),
          Field.of("near", Scalar.INT64),
          Field.of("same", Scalar.INT64),
          Field.of("nearAgain", Scalar.INT64),
          Field.of("single", Scalar.FLOAT32),
          Field.of("real", Scalar.FLOAT64),
          Field.of("text", Scalar.STRING),
          Field.of("bytes", Scalar.BINARY),
          Field.of("amount", new Type.Decimal(38, 6)),
          Field.of("vector", new Type.Vector(0)),
          Field.of("at", Scalar.TIMESTAMP));

  private static final Batch ROWS =
      Rows.of(SCHEMA)
          .row(
              true,
              Integer.MIN_VALUE,
              Long.MIN_VALUE,
              5L,
              7L,
              5L,
              -0.0f,
              -0.0,
              "one \uD800 half",
              new byte[] {0, -1},
              new BigDecimal("-12345678901234567890123456789012.345678"),
              new float[] {1, Float.NaN},
              0L)
          .row(null, null, null, 6L, 7L, 6L, null, null, null, null, null, null, null)
          .row(
              false,
              Integer.MAX_VALUE,
              Long.MAX_VALUE,
              4_000_000L,
              7L,
              4_000_000L,
              Float.NaN,
              Double.NEGATIVE_INFINITY,
              "",
              new byte[0],
              new BigDecimal("0.000000"),
              new float[0],
              Long.MAX_VALUE)
          .row(false, 1, 12_345_678_901L, 1L, 7L, 1L, 1f, 1.0, "", null, null, null, 1L)
          .batch();

  @Test
  void every_type_comes_back_as_it_was() {
    try (SpillFile file = SpillFile.create()) {
      SpillFile.Extent first = file.write(ROWS);
      SpillFile.Extent second = file.write(ROWS.slice(1, 3));
      assertThat(text(file.read(second, SCHEMA))).isEqualTo(text(ROWS.slice(1, 3)));
      assertThat(text(file.read(first, SCHEMA))).isEqualTo(text(ROWS));
    }
  }

  @Test
  void odd_bits_of_a_float_are_kept() {
    double odd = Double.longBitsToDouble(0x7ff8000000000123L);
    Schema schema = Schema.of(Field.of("real", Scalar.FLOAT64));
    Batch rows =
        new Batch(schema, List.of(new DoubleColumn(Scalar.FLOAT64, new double[] {odd}, null)));
    try (SpillFile file = SpillFile.create()) {
      DoubleColumn back = (DoubleColumn) file.read(file.write(rows), schema).column(0);
      assertThat(Double.doubleToRawLongBits(back.values()[0])).isEqualTo(0x7ff8000000000123L);
    }
  }

  private static String text(Batch batch) {
    return Arrays.deepToString(Rows.of(batch).stream().map(row -> row.toArray()).toArray());
  }
}
