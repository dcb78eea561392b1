package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntityKeyTest {
  @Test
  void equal_values_are_one_key_whatever_width_the_integer_had() {
    assertThat(EntityKey.of(7)).isEqualTo(EntityKey.of(7L));
    assertThat(EntityKey.of("a", 7)).hasSameHashCodeAs(EntityKey.of("a", 7L));
  }

  @Test
  void parts_never_run_together() {
    assertThat(EntityKey.of("ab", "c")).isNotEqualTo(EntityKey.of("a", "bc"));
    assertThat(EntityKey.of("a\0", "b")).isNotEqualTo(EntityKey.of("a", "\0b"));
    assertThat(EntityKey.of("")).isNotEqualTo(EntityKey.of("", ""));
  }

  @Test
  void keys_sort_as_their_values_do() {
    assertThat(EntityKey.of(-1)).isLessThan(EntityKey.of(0));
    assertThat(EntityKey.of("a")).isLessThan(EntityKey.of("ab"));
    assertThat(EntityKey.of("a", 2)).isLessThan(EntityKey.of("a", 10));
    assertThat(EntityKey.of("a")).isLessThan(EntityKey.of("a\0"));
  }

  @Test
  void a_null_column_makes_no_key() {
    Column names = new ObjectColumn(Scalar.STRING, new Object[] {"a", null});
    assertThat(EntityKey.of(List.of(names), 0)).isEqualTo(EntityKey.of("a"));
    assertThat(EntityKey.of(List.of(names), 1)).isNull();
  }
}
