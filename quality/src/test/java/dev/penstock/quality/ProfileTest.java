package dev.penstock.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.testkit.Seeds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final Schema ALL_TYPES =
      Schema.of(
          Field.of("bool", Scalar.BOOLEAN),
          Field.of("int", Scalar.INT32),
          Field.of("long", Scalar.INT64),
          Field.of("float", Scalar.FLOAT32),
          Field.of("double", Scalar.FLOAT64),
          Field.of("string", Scalar.STRING),
          Field.of("binary", Scalar.BINARY),
          Field.of("date", Scalar.DATE),
          Field.of("time", Scalar.TIMESTAMP),
          Field.of("decimal", new Type.Decimal(12, 3)),
          Field.of("vector", new Type.Vector(2)));

  @Test
  void kinds_of_floats_are_counted_apart() {
    ColumnProfile column =
        profile(
            Scalar.FLOAT64,
            null,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            0.0,
            2.0,
            -1.0);
    assertThat(column.counts()).isEqualTo(new Counts(8, 1, 1, 1, 1, 2, 0, 0));
    assertThat(column.min()).isEqualTo(-1.0);
    assertThat(column.max()).isEqualTo(2.0);
    assertThat(column.moments().count()).isEqualTo(4);
    assertThat(column.moments().sum()).isEqualByComparingTo("1");
    assertThat(column.moments().sumOfSquares()).isEqualByComparingTo("5");
    assertThat(column.frequencies().top(1)).containsExactly(new Frequencies.Entry(0.0, 2));
    assertThat(column.nullShare()).isEqualTo(0.125);
  }

  @Test
  void mean_and_standard_deviation_are_those_of_the_textbook() {
    // Variance of 2, 4, 4, 4, 5, 5, 7, 9 with n - 1 below: 32 / 7.
    ColumnProfile column = profile(Scalar.INT64, 2L, 4L, 4L, 4L, 5L, 5L, 7L, 9L);
    assertThat(column.moments().mean()).isEqualTo(5);
    assertThat(column.moments().standardDeviation()).isEqualTo(Math.sqrt(32.0 / 7));
  }

  @Test
  void a_deviation_far_from_zero_keeps_its_digits() {
    // In doubles the squares would cancel to nothing.
    ColumnProfile column = profile(Scalar.FLOAT64, 1e15 + 1, 1e15 + 2, 1e15 + 3);
    assertThat(column.moments().standardDeviation()).isEqualTo(1);
  }

  @Test
  void nothing_has_no_moments_and_no_quantiles() {
    ColumnProfile column = profile(Scalar.FLOAT64, null, Double.NaN);
    assertThat(column.min()).isNull();
    assertThat(column.moments().mean()).isNull();
    assertThat(column.moments().standardDeviation()).isNull();
    assertThat(column.quantile(0.5)).isNull();
    assertThat(profile(Scalar.FLOAT64).nullShare()).isNull();
  }

  @Test
  void booleans_strings_and_vectors_have_what_fits_them() {
    ColumnProfile bool = profile(Scalar.BOOLEAN, true, true, false, null);
    assertThat(bool.counts().trues()).isEqualTo(2);
    assertThat(bool.min()).isEqualTo(false);
    assertThat(bool.max()).isEqualTo(true);
    assertThat(bool.frequencies().counts()).hasSize(2);
    assertThat(bool.moments()).isNull();

    ColumnProfile string = profile(Scalar.STRING, "", "b", "\uFFFD", "\uD83D\uDE00", null);
    assertThat(string.counts().empties()).isEqualTo(1);
    assertThat(string.min()).isEqualTo("");
    // By code points the smiley is above U+FFFD; by chars it would be below.
    assertThat(string.max()).isEqualTo("\uD83D\uDE00");

    ColumnProfile vector =
        profile(new Type.Vector(0), new float[0], new float[] {1, Float.NaN}, null);
    assertThat(vector.counts()).isEqualTo(new Counts(3, 1, 1, 0, 0, 0, 1, 0));
    assertThat(vector.frequencies()).isNull();
  }

  @Test
  void values_are_counted_up_to_a_thousand_of_them() {
    Object[] thousand = new Object[1_001];
    for (int i = 0; i < 1_001; i++) {
      thousand[i] = (long) Math.min(i, 999);
    }
    assertThat(profile(Scalar.INT64, thousand).frequencies().counts()).hasSize(1_000);
    assertThat(profile(Scalar.INT64, thousand).frequencies().top(1))
        .containsExactly(new Frequencies.Entry(999L, 2));
    thousand[1_000] = 1_000L;
    assertThat(profile(Scalar.INT64, thousand).frequencies().overflowed()).isTrue();
    assertThat(profile(Scalar.INT64, thousand).frequencies().top(5)).isEmpty();
  }

  @Test
  void a_text_too_long_to_be_counted_leaves_the_extremes() {
    String longest = "b".repeat(Frequencies.LONGEST_TEXT);
    assertThat(profile(Scalar.STRING, "a", longest).frequencies().counts()).hasSize(2);
    ColumnProfile column = profile(Scalar.STRING, "a", longest + "b", "a", "c");
    assertThat(column.frequencies().overflowed()).isTrue();
    assertThat(column.min()).isEqualTo("a");
    assertThat(column.max()).isEqualTo("c");
  }

  @Test
  void quantiles_are_within_their_stated_error_of_the_nearest_rank() {
    Seeds.of(5, 100)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              double[] values = new double[2_000];
              for (int i = 0; i < values.length; i++) {
                values[i] = Math.exp(random.nextDouble(-20, 20)) * (random.nextBoolean() ? 1 : -1);
              }
              ColumnProfile column =
                  profile(Scalar.FLOAT64, Arrays.stream(values).boxed().toArray());
              Arrays.sort(values);
              for (double q : new double[] {0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.999, 1}) {
                double exact = values[Math.max(0, (int) Math.ceil(q * values.length) - 1)];
                assertThat(column.quantile(q))
                    .as("seed %d, q %f", seed, q)
                    .isCloseTo(exact, within(Math.abs(exact) * QuantileSketch.RELATIVE_ERROR));
              }
            });
  }

  @Test
  void quantiles_of_small_integers_are_exact() {
    for (long value = -127; value <= 127; value++) {
      assertThat(profile(Scalar.INT64, -1000L, value, 1000L).quantile(0.5)).isEqualTo(value);
    }
  }

  @Test
  void merged_parts_equal_one_pass_whatever_the_parts() {
    Seeds.of(5, 300)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              Batch rows = random(random, 500 + random.nextInt(2_000));
              Profile whole = Profile.builder(ALL_TYPES).add(rows).build();
              List<Profile> parts = new ArrayList<>();
              int from = 0;
              while (from < rows.rows()) {
                int to = Math.min(rows.rows(), from + random.nextInt(400));
                parts.add(Profile.builder(ALL_TYPES).add(rows.slice(from, to)).build());
                from = to;
              }
              Profile merged = Profile.builder(ALL_TYPES).build();
              while (!parts.isEmpty()) {
                merged = parts.remove(random.nextInt(parts.size())).merge(merged);
              }
              assertThat(merged).as("seed %d", seed).isEqualTo(whole);
              assertThat(merged.toJson()).as("seed %d", seed).isEqualTo(whole.toJson());
            });
  }

  @Test
  void the_written_form_reads_back_equal() {
    Profile profile =
        Profile.builder(ALL_TYPES).add(random(new SplittableRandom(7), 1_200)).build();
    assertThat(Profile.fromJson(profile.toJson())).isEqualTo(profile);
    Profile empty = Profile.builder(ALL_TYPES).build();
    assertThat(Profile.fromJson(empty.toJson())).isEqualTo(empty);
  }

  @Test
  void the_written_form_is_stable() {
    Schema schema = Schema.of(Field.of("x", Scalar.FLOAT64));
    Profile profile =
        Profile.builder(schema)
            .add(new Batch(schema, List.of(Tables.column(Scalar.FLOAT64, 0.5, 1.5, null))))
            .build();
    assertThat(profile.toJson())
        .isEqualTo(
            "{\"format\":1,\"rows\":3,\"columns\":[{\"name\":\"x\",\"type\":\"float64\","
                + "\"nullable\":true,\"rows\":3,\"nulls\":1,\"nans\":0,\"positive_infinities\":0,"
                + "\"negative_infinities\":0,\"zeros\":0,\"empties\":0,\"trues\":0,\"min\":0.5,"
                + "\"max\":1.5,\"moments\":{\"count\":2,\"sum\":\"2\",\"sum_of_squares\":\"2.5\","
                + "\"mean\":1.0,\"standard_deviation\":0.7071067811865476},"
                + "\"quantiles\":[[65409,1],[65505,1]],\"overflowed\":false,"
                + "\"frequencies\":[[0.5,1],[1.5,1]]}]}");
  }

  @Test
  void profiles_of_other_columns_do_not_merge() {
    Profile one = Profile.builder(Schema.of(Field.of("x", Scalar.INT64))).build();
    Profile other = Profile.builder(Schema.of(Field.of("y", Scalar.INT64))).build();
    assertThatThrownBy(() -> one.merge(other))
        .isInstanceOfSatisfying(
            PenstockException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE));
  }

  private static ColumnProfile profile(Type type, Object... values) {
    Batch batch = Tables.batch("x", type, values);
    return Profile.builder(batch.schema()).add(batch).build().column("x");
  }

  private static Batch random(SplittableRandom random, int rows) {
    List<Column> columns = new ArrayList<>();
    for (Field field : ALL_TYPES.fields()) {
      // Few values, so that some columns overflow only when merged.
      int values = random.nextInt(3) == 0 ? 5 : 1_500;
      ColumnBuilder builder = ColumnBuilder.of(field.type(), rows);
      for (int i = 0; i < rows; i++) {
        builder.append(random.nextInt(10) == 0 ? null : value(random, field.type(), values));
      }
      columns.add(builder.build());
    }
    return new Batch(ALL_TYPES, columns);
  }

  private static Object value(SplittableRandom random, Type type, int values) {
    int pick = random.nextInt(values);
    if (type instanceof Type.Decimal) {
      return BigDecimal.valueOf(pick - 7L, 3);
    } else if (type instanceof Type.Vector) {
      return new float[] {pick, pick % 7 == 0 ? Float.NaN : 1};
    }
    return switch ((Scalar) type) {
      case BOOLEAN -> pick % 3 == 0;
      case INT32, DATE -> pick - 10;
      case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> (long) pick * pick * 1_000_003 - 99;
      case FLOAT32 -> pick % 11 == 0 ? Float.NaN : pick / 3f;
      case FLOAT64 ->
          pick % 13 == 0 ? Double.NEGATIVE_INFINITY : (pick - 3) * Math.pow(10, pick % 40 - 20);
      case STRING -> pick == 0 ? "" : "s" + pick;
      case BINARY -> new byte[pick % 3];
    };
  }
}
