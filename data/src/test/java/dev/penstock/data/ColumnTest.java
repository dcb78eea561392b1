package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("flag", Scalar.BOOLEAN),
          Field.of("small", Scalar.INT32),
          Field.of("large", Scalar.INT64),
          Field.of("single", Scalar.FLOAT32),
          Field.of("real", Scalar.FLOAT64),
          Field.of("name", Scalar.STRING));

  private static Batch batch(Object[]... rows) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < SCHEMA.size(); c++) {
      ColumnBuilder builder = ColumnBuilder.of(SCHEMA.field(c).type(), 0);
      for (Object[] row : rows) {
        builder.append(row[c]);
      }
      columns.add(builder.build());
    }
    return new Batch(SCHEMA, columns);
  }

  private static List<Object> row(Batch batch, int row) {
    List<Object> values = new ArrayList<>();
    batch.columns().forEach(column -> values.add(column.value(row)));
    return values;
  }

  private static final Object[] FULL = {true, 1, 2L, 3f, 4d, "five"};
  private static final Object[] NULLS = new Object[6];

  @Test
  void values_and_nulls_come_back_as_they_went_in() {
    Batch batch = batch(FULL, NULLS);
    assertThat(row(batch, 0)).containsExactly(FULL);
    assertThat(row(batch, 1)).containsExactly(NULLS);
  }

  @Test
  void gathering_may_repeat_and_reorder_rows() {
    Batch gathered = batch(FULL, NULLS).gather(new int[] {1, 0, 0});
    assertThat(row(gathered, 0)).containsExactly(NULLS);
    assertThat(row(gathered, 1)).containsExactly(FULL);
    assertThat(row(gathered, 2)).containsExactly(FULL);
  }

  @Test
  void a_slice_holds_its_start_and_not_its_end() {
    Batch slice = batch(FULL, NULLS, FULL).slice(1, 2);
    assertThat(slice.rows()).isEqualTo(1);
    assertThat(row(slice, 0)).containsExactly(NULLS);
  }

  @Test
  void concatenating_keeps_nulls_wherever_they_first_occur() {
    Batch all = Batch.concat(SCHEMA, List.of(batch(FULL), batch(NULLS), batch(), batch(FULL)));
    assertThat(all.rows()).isEqualTo(3);
    assertThat(row(all, 0)).containsExactly(FULL);
    assertThat(row(all, 1)).containsExactly(NULLS);
    assertThat(row(all, 2)).containsExactly(FULL);
  }

  @Test
  void a_builder_grows_past_its_first_size_and_keeps_its_nulls() {
    ColumnBuilder builder = ColumnBuilder.of(Scalar.INT64, 0);
    for (long i = 0; i < 1_000; i++) {
      if (i % 7 == 0) {
        builder.appendNull();
      } else {
        builder.appendLong(i);
      }
    }
    Column column = builder.build();
    assertThat(column.size()).isEqualTo(1_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(column.value(i)).isEqualTo(i % 7 == 0 ? null : (Object) (long) i);
    }
  }

  @Test
  void a_batch_refuses_a_column_of_another_length_or_type() {
    assertThatThrownBy(
            () ->
                new Batch(
                    Schema.of(Field.of("a", Scalar.INT64), Field.of("b", Scalar.INT64)),
                    List.of(
                        new LongColumn(Scalar.INT64, new long[1], null),
                        new LongColumn(Scalar.INT64, new long[2], null))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new Batch(
                    Schema.of(Field.of("a", Scalar.TIMESTAMP)),
                    List.of(new LongColumn(Scalar.INT64, new long[1], null))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_unknown_column_is_named_with_the_nearest_one() {
    assertThatThrownBy(() -> SCHEMA.require("nmae"))
        .hasMessageContaining("COLUMN_NOT_FOUND")
        .hasMessageContaining("Did you mean 'name'?");
  }
}
