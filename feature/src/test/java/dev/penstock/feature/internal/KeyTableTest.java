package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.EntityKey;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  private static final List<Field> FIELDS =
      List.of(
          Field.of("name", Scalar.STRING),
          Field.of("number", Scalar.INT64),
          Field.of("flag", Scalar.BOOLEAN),
          Field.of("day", Scalar.DATE));

  private static List<Column> columns(int rows) {
    return List.of(
        new ObjectColumn(
            Scalar.STRING, IntStream.range(0, rows).mapToObj(i -> "k" + i % 7).toArray()),
        new LongColumn(Scalar.INT64, LongStream.range(0, rows).map(i -> i / 14).toArray(), null),
        new BooleanColumn(Scalar.BOOLEAN, booleans(rows), null),
        new IntColumn(Scalar.DATE, new int[rows], null));
  }

  private static boolean[] booleans(int rows) {
    boolean[] flags = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      flags[i] = i % 14 < 7;
    }
    return flags;
  }

  @Test
  void distinct_keys_get_distinct_numbers_and_are_found_again() {
    KeyTable table = new KeyTable(FIELDS);
    int rows = 14_000;
    int[] ids = table.intern(columns(rows), rows);
    assertThat(ids).isEqualTo(IntStream.range(0, rows).toArray());
    assertThat(table.intern(columns(rows), rows)).isEqualTo(ids);
    assertThat(table.find(columns(rows), rows)).isEqualTo(ids);
    assertThat(table.size()).isEqualTo(rows);
    assertThat(table.key(15)).isEqualTo(EntityKey.of(columns(rows), 15));
  }

  @Test
  void numbers_alone_are_told_apart_where_their_places_collide() {
    KeyTable table = new KeyTable(List.of(Field.of("number", Scalar.INT64)));
    int rows = 10_000;
    long[] numbers = LongStream.range(0, rows).map(i -> i / 2 << i % 2 * 32).toArray();
    List<Column> columns = List.of(new LongColumn(Scalar.INT64, numbers, null));
    int[] ids = table.intern(columns, rows);
    assertThat(table.size()).isEqualTo((int) LongStream.of(numbers).distinct().count());
    for (int row = 0; row < rows; row++) {
      assertThat(table.key(ids[row])).isEqualTo(EntityKey.of(numbers[row]));
    }
    assertThat(table.find(columns, rows)).isEqualTo(ids);
  }

  @Test
  void null_and_unknown_keys_have_no_number() {
    KeyTable table = new KeyTable(List.of(Field.of("name", Scalar.STRING)));
    table.intern(List.of(new ObjectColumn(Scalar.STRING, new Object[] {"a", null})), 2);
    assertThat(
            table.find(List.of(new ObjectColumn(Scalar.STRING, new Object[] {null, "b", "a"})), 3))
        .containsExactly(KeyTable.NONE, KeyTable.NONE, 0);
  }

  @Test
  void int32_and_int64_of_one_number_are_one_key() {
    KeyTable table = new KeyTable(List.of(Field.of("number", Scalar.INT32)));
    table.intern(List.of(new LongColumn(Scalar.INT64, new long[] {-5}, null)), 1);
    assertThat(table.find(List.of(new IntColumn(Scalar.INT32, new int[] {-5}, null)), 1))
        .containsExactly(0);
  }

  @Test
  void a_column_of_another_type_is_refused() {
    KeyTable table = new KeyTable(List.of(Field.of("number", Scalar.INT32)));
    assertThatThrownBy(
            () -> table.find(List.of(new ObjectColumn(Scalar.STRING, new Object[] {"5"})), 1))
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_MISMATCH));
  }
}
