package dev.penstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.testkit.Seeds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureMatrixTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("whole", Scalar.INT64),
          Field.of("small", Scalar.INT32),
          Field.of("real", Scalar.FLOAT64),
          Field.of("single", Scalar.FLOAT32),
          Field.of("flag", Scalar.BOOLEAN),
          Field.of("place", Scalar.STRING),
          Field.of("price", new Type.Decimal(9, 2)),
          Field.of("when", Scalar.TIMESTAMP));
  private static final List<String> FEATURES =
      List.of("place", "whole", "small", "real", "single", "flag", "price");

  private static Batch batch(Object[]... rows) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < SCHEMA.size(); c++) {
      ColumnBuilder builder = ColumnBuilder.of(SCHEMA.field(c).type(), rows.length);
      for (Object[] row : rows) {
        builder.append(row[c]);
      }
      columns.add(builder.build());
    }
    return new Batch(SCHEMA, columns);
  }

  private final Batch rows =
      batch(
          new Object[] {1L, 2, 3.5, 4.5f, true, "ORD", new BigDecimal("7.25"), 0L},
          new Object[] {null, null, null, null, null, null, null, 0L},
          new Object[] {-1L, -2, 1e300, Float.NaN, false, "ATL", new BigDecimal("0.00"), 0L});

  @Test
  void every_type_becomes_a_float_and_null_becomes_missing() {
    FeatureMatrix matrix =
        FeatureMatrix.learning(FeatureSchema.of(SCHEMA, FEATURES)).add(rows).build();
    assertThat(matrix.row(0)).containsExactly(1, 1, 2, 3.5f, 4.5f, 1, 7.25f);
    assertThat(matrix.row(1)).containsOnly(Float.NaN);
    assertThat(matrix.row(2)).containsExactly(0, -1, -2, 1e38f, Float.NaN, 0, 0);
    assertThat(matrix.column(1)).containsExactly(1, Float.NaN, -1);
    assertThat(matrix.value(2, 2)).isEqualTo(-2);
  }

  @Test
  void infinities_and_what_float32_cannot_hold_are_bounded() {
    FeatureMatrix matrix =
        FeatureMatrix.learning(FeatureSchema.of(SCHEMA, List.of("real", "single")))
            .add(batch(new Object[] {0L, 0, -1e300, Float.NEGATIVE_INFINITY, true, "", null, 0L}))
            .build();
    assertThat(matrix.row(0)).containsExactly(-1e38f, -1e38f);
    assertThat(matrix.schema().encode(0, Double.POSITIVE_INFINITY)).isEqualTo(1e38f);
  }

  @Test
  void codes_follow_the_sorted_strings_whatever_came_first() {
    FeatureMatrix matrix =
        FeatureMatrix.learning(FeatureSchema.of(SCHEMA, List.of("place"))).add(rows).build();
    assertThat(matrix.schema().column(0).categories()).containsExactly("ATL", "ORD");
    assertThat(matrix.column(0)).containsExactly(1, Float.NaN, 0);
  }

  @Test
  void a_string_that_training_did_not_see_is_missing() {
    FeatureSchema trained =
        new FeatureSchema(List.of(new ModelInput("place", Scalar.STRING, List.of("ORD", "SFO"))));
    FeatureMatrix matrix = FeatureMatrix.encoded(trained).add(rows).build();
    assertThat(matrix.column(0)).containsExactly(0, Float.NaN, Float.NaN);
    assertThat(matrix.schema()).isEqualTo(trained);
  }

  @Test
  void a_row_given_by_name_gets_the_same_bits_as_in_a_batch() {
    FeatureMatrix matrix =
        FeatureMatrix.learning(FeatureSchema.of(SCHEMA, FEATURES)).add(rows).build();
    for (int row = 0; row < rows.rows(); row++) {
      Map<String, Object> byName = new HashMap<>();
      for (Field field : SCHEMA.fields()) {
        byName.put(field.name(), rows.column(field.name()).value(row));
      }
      assertThat(matrix.schema().encode(byName)).containsExactly(matrix.row(row));
    }
  }

  @Test
  void a_row_that_lacks_a_feature_is_refused_and_names_it() {
    FeatureSchema schema = FeatureSchema.of(SCHEMA, List.of("whole", "real"));
    assertThatThrownBy(() -> schema.encode(Map.of("whole", 1L, "rael", 2.0)))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("lacks the model's feature 'real'")
        .hasMessageContaining("Did you mean 'rael'?");
  }

  @Test
  void rows_keep_their_order_over_batches_and_chunks() {
    Seeds.of(3, 20)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              FeatureMatrix.Builder builder =
                  FeatureMatrix.learning(FeatureSchema.of(SCHEMA, List.of("place", "whole")));
              List<float[]> expected = new ArrayList<>();
              for (int b = 0; b < 8; b++) {
                Object[][] written = new Object[random.nextInt(9_000)][];
                for (int i = 0; i < written.length; i++) {
                  int place = random.nextInt(20);
                  long whole = expected.size();
                  written[i] =
                      new Object[] {
                        whole, 0, 0.0, 0f, true, "P" + (char) ('a' + place), BigDecimal.ZERO, 0L
                      };
                  expected.add(new float[] {place, whole});
                }
                builder.add(batch(written));
              }
              FeatureMatrix matrix = builder.build();
              assertThat(matrix.rows()).as("seed " + seed).isEqualTo(expected.size());
              for (int row = 0; row < matrix.rows(); row++) {
                if (!Arrays.equals(matrix.row(row), expected.get(row))) {
                  assertThat(matrix.row(row)).as("row " + row).containsExactly(expected.get(row));
                }
              }
            });
  }

  @Test
  void a_time_is_refused_with_what_to_do() {
    assertThatThrownBy(() -> FeatureSchema.of(SCHEMA, List.of("when")))
        .hasMessageContaining("TYPE_MISMATCH")
        .hasMessageContaining("its hour");
  }

  @Test
  void a_column_of_another_type_is_refused() {
    FeatureSchema trained = new FeatureSchema(List.of(ModelInput.numeric("whole", Scalar.FLOAT64)));
    assertThatThrownBy(() -> FeatureMatrix.encoded(trained).add(rows))
        .hasMessageContaining("the feature 'whole' is int64 here");
  }

  @Test
  void a_string_that_is_an_id_is_refused_by_a_limit() {
    FeatureMatrix.Builder builder =
        FeatureMatrix.learning(FeatureSchema.of(SCHEMA, List.of("place")));
    Object[][] ids = new Object[FeatureEncoder.MOST_CATEGORIES + 1][];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = new Object[] {0L, 0, 0.0, 0f, true, "id" + i, BigDecimal.ZERO, 0L};
    }
    assertThatThrownBy(() -> builder.add(batch(ids))).hasMessageContaining("LIMIT_EXCEEDED");
  }

  @Test
  void a_feature_named_twice_is_refused() {
    assertThatThrownBy(() -> FeatureSchema.of(SCHEMA, List.of("whole", "whole")))
        .hasMessageContaining("takes the feature 'whole' twice");
  }
}
