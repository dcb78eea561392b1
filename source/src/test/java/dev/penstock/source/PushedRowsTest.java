package dev.penstock.source;

import static dev.penstock.source.Flights.NOON;
import static dev.penstock.source.Flights.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.data.Positions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushedRowsTest {
  private static Decision decide(RawRows raw) {
    return new Acceptance(SOURCE)
        .decide(raw, new Arrival.Live(NOON), 0, Positions.NONE, new MemoryIdIndex());
  }

  @Test
  void value_of_another_type_quarantines_its_row_alone_and_is_kept_as_written() {
    Decision decision =
        decide(
            PushedRows.ofColumns(
                SOURCE,
                Map.of(
                    "at", List.of("1970-01-01T00:00:00Z", "yesterday", 12),
                    "origin", Arrays.asList("BOS", "JFK", "LAX"),
                    "delay", List.of(1, 2.5, "3"))));
    assertThat(decision.accepted().rows()).isEqualTo(1);
    assertThat(decision.accepted().column("delay").value(0)).isEqualTo(1.0);
    assertThat(decision.quarantined())
        .extracting(Quarantined::reason, Quarantined::place)
        .containsExactly(
            tuple(QuarantineReason.WRONG_TYPE, "push#1"),
            tuple(QuarantineReason.WRONG_TYPE, "push#2"));
    assertThat(decision.quarantined().get(0).values())
        .isEqualTo("{\"at\":\"yesterday\",\"origin\":\"JFK\",\"delay\":2.5}");
  }

  @Test
  void row_that_lacks_a_required_value_is_quarantined() {
    Decision decision =
        decide(PushedRows.ofRows(SOURCE, List.of(Map.of("at", "1970-01-01T00:00:00Z"))));
    assertThat(decision.quarantined())
        .extracting(Quarantined::reason)
        .containsExactly(QuarantineReason.NULL_VALUE);
  }

  @Test
  void columns_of_different_length_are_refused() {
    assertThatThrownBy(
            () -> PushedRows.ofColumns(SOURCE, Map.of("at", List.of(), "origin", List.of("A"))))
        .hasMessageContaining("USAGE");
  }

  @Test
  void unknown_column_is_refused_with_the_ones_there_are() {
    assertThatThrownBy(() -> PushedRows.ofRows(SOURCE, List.of(Map.of("orgin", "BOS"))))
        .hasMessageContaining("Did you mean 'origin'?");
  }
}
