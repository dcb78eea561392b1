package dev.penstock.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OutcomeJoinTest {
  private final OutcomeJoin join = new OutcomeJoin();

  private static Prediction prediction(String id, String rowId) {
    return new Prediction(id, rowId, "m1", 100, 0.5f);
  }

  @Test
  void an_outcome_finds_its_prediction_by_the_row() {
    join.add(prediction("p1", "row1"));
    join.add(Outcome.ofRow("row1", 200, 1));
    JoinedOutcomes joined = join.asOf(1_000);
    assertThat(joined.matched()).hasSize(1);
    assertThat(joined.labels()).containsExactly(1);
    assertThat(joined.scores()).containsExactly(0.5f);
    assertThat(joined.byPrediction()).isZero();
  }

  @Test
  void the_prediction_s_own_id_comes_before_the_row_s() {
    join.add(prediction("p1", "row1"));
    join.add(prediction("p2", "row1"));
    join.add(Outcome.ofPrediction("p1", 200, 1));
    join.add(Outcome.ofRow("row1", 300, 0));
    JoinedOutcomes joined = join.asOf(1_000);
    assertThat(joined.labels()).containsExactly(1, 0);
    assertThat(joined.byPrediction()).isEqualTo(1);
    assertThat(joined.superseded()).isEqualTo(1);
  }

  @Test
  void the_order_in_which_outcomes_come_does_not_matter() {
    join.add(prediction("p1", "row1"));
    join.add(Outcome.ofRow("row1", 300, 0));
    join.add(Outcome.ofRow("row1", 200, 1));
    join.add(Outcome.ofPrediction("p1", 100, 1));
    assertThat(join.asOf(1_000).labels()).containsExactly(1);
    assertThat(join.asOf(1_000).superseded()).isEqualTo(2);
  }

  @Test
  void an_outcome_of_a_row_goes_to_every_prediction_of_it() {
    join.add(prediction("p1", "row1"));
    join.add(prediction("p2", "row1"));
    join.add(Outcome.ofRow("row1", 200, 1));
    assertThat(join.asOf(1_000).matched()).hasSize(2);
  }

  @Test
  void a_prediction_without_outcome_is_pending_and_no_negative() {
    join.add(prediction("p1", "row1"));
    join.add(prediction("p2", ""));
    join.add(Outcome.ofRow("row2", 200, 1));
    JoinedOutcomes joined = join.asOf(1_000);
    assertThat(joined.pending()).extracting(Prediction::id).containsExactly("p1", "p2");
    assertThat(joined.matched()).isEmpty();
    assertThat(joined.orphans()).isEqualTo(1);
  }

  @Test
  void an_outcome_seen_at_the_moment_is_not_yet_there() {
    join.add(prediction("p1", "row1"));
    join.add(Outcome.ofRow("row1", 200, 1));
    assertThat(join.asOf(200).pending()).hasSize(1);
    assertThat(join.asOf(200).later()).isEqualTo(1);
    assertThat(join.asOf(201).matched()).hasSize(1);
  }

  @Test
  void a_later_revision_counts_and_the_past_can_be_computed_again() {
    join.add(prediction("p1", "row1"));
    join.add(Outcome.ofRow("row1", 200, 1));
    join.add(Outcome.ofRow("row1", 300, 0));
    assertThat(join.asOf(250).labels()).containsExactly(1);
    assertThat(join.asOf(301).labels()).containsExactly(0);
    assertThat(join.asOf(301).superseded()).isEqualTo(1);
  }

  @Test
  void a_prediction_is_added_once() {
    assertThat(join.add(prediction("p1", "row1"))).isTrue();
    assertThat(join.add(prediction("p1", "row1"))).isFalse();
    join.add(Outcome.ofRow("row1", 200, 1));
    assertThat(join.asOf(1_000).matched()).hasSize(1);
  }

  @Test
  void an_outcome_of_nothing_is_refused() {
    assertThatThrownBy(() -> new Outcome("", "", 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
