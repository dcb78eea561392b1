package dev.penstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import org.junit.jupiter.api.Test;

class SplitsTest {
  private final Splits splits =
      Splits.of(
          Split.of("train", 100, 200),
          Split.of("validation", 200, 300),
          Split.of("test", 350, 400));

  @Test
  void a_row_at_the_start_is_in_and_at_the_end_is_out() {
    assertThat(splits.indexOf(100)).isEqualTo(0);
    assertThat(splits.indexOf(199)).isEqualTo(0);
    assertThat(splits.indexOf(200)).isEqualTo(1);
    assertThat(splits.indexOf(299)).isEqualTo(1);
  }

  @Test
  void a_row_in_a_gap_or_outside_is_in_no_split() {
    assertThat(splits.indexOf(99)).isEqualTo(Splits.NONE);
    assertThat(splits.indexOf(300)).isEqualTo(Splits.NONE);
    assertThat(splits.indexOf(400)).isEqualTo(Splits.NONE);
  }

  @Test
  void splits_that_share_one_microsecond_are_refused_in_any_order() {
    assertThatThrownBy(() -> Splits.of(Split.of("b", 199, 300), Split.of("a", 100, 200)))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("'a' and 'b' overlap");
  }

  @Test
  void a_split_inside_another_is_refused() {
    assertThatThrownBy(() -> Splits.of(Split.of("all", 0, 1000), Split.of("part", 10, 20)))
        .hasMessageContaining("overlap");
  }

  @Test
  void an_empty_split_is_refused() {
    assertThatThrownBy(() -> Split.of("none", 5, 5)).hasMessageContaining("ends where it starts");
  }

  @Test
  void two_splits_of_one_name_are_refused() {
    assertThatThrownBy(() -> Splits.of(Split.of("a", 0, 1), Split.of("a", 1, 2)))
        .hasMessageContaining("DEFINITION_DUPLICATE");
  }

  @Test
  void an_unknown_split_names_those_there_are() {
    assertThatThrownBy(() -> splits.named("tset"))
        .satisfies(e -> assertThat(((PenstockException) e).code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessageContaining("Did you mean 'test'?");
  }

  @Test
  void the_cut_is_the_end_unless_it_is_said() {
    assertThat(splits.named("train").cut()).isEqualTo(200);
  }
}
