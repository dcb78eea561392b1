package dev.penstock.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoggedAnswersTest {
  private static LoggedAnswers of(List<String> ids, long... times) {
    return new LoggedAnswers(
        ids,
        Batch.empty(Wells.REQUEST),
        new LongColumn(Scalar.TIMESTAMP, times, null),
        Map.of(),
        List.of());
  }

  @Test
  void every_answer_has_a_name_and_a_moment() {
    assertThat(of(List.of("x", "y"), 1, 2).size()).isEqualTo(2);
    assertThatThrownBy(() -> of(List.of("x"), 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 ids, 2 times");
  }

  @Test
  void names_that_change_later_do_not_change_it() {
    List<String> ids = new ArrayList<>(List.of("x"));
    LoggedAnswers answers = of(ids, 1);
    ids.set(0, "z");
    assertThat(answers.ids()).containsExactly("x");
  }
}
