package dev.penstock.offline;

import static dev.penstock.offline.Wells.micros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Positions;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.offline.Explanation.Cause;
import dev.penstock.offline.Explanation.NamedRow;
import dev.penstock.offline.Wells.Row;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each wrong answer is the plain one over rows that were changed by hand. */
class MismatchSearchTest {
  private static final long MOMENT = 100;

  /** The first position that the answers did not see. */
  private static final long NEXT = 8;

  /** Of well a: a tie at 95, a row on the start of each window, one at the moment, late ones. */
  private static final List<Row> ROWS =
      List.of(
          new Row("a", 1L, 40, 40, 0),
          new Row("b", 2L, 95, 95, 1),
          new Row("a", 4L, 90, 90, 2),
          new Row("a", 8L, 95, 95, 3),
          new Row("a", 16L, 95, 96, 4),
          new Row("a", 32L, 70, 97, 5),
          new Row("b", 64L, 90, 98, 6),
          new Row("a", 128L, 100, 99, 7),
          new Row("a", 256L, 99, 101, 8),
          new Row("a", 512L, 100, 102, 9),
          new Row("a", 1024L, 39, 103, 10));

  @TempDir Path folder;

  private Explanation explain(List<FeatureValue> served) {
    try (Wells wells = new Wells(folder)) {
      wells.append(ROWS);
      return new MismatchSearch(
              Wells.VIEW,
              wells.input(),
              Rows.of(Wells.KEYS).row("a").batch().columns(),
              0,
              micros(MOMENT),
              Positions.of(0, NEXT))
          .explain(served);
    }
  }

  private static List<FeatureValue> over(List<Row> rows) {
    return Wells.naive(rows, "a", MOMENT, row -> row.offset() < NEXT);
  }

  private static List<FeatureValue> without(Predicate<Row> rows) {
    return over(ROWS.stream().filter(rows.negate()).toList());
  }

  private static List<FeatureValue> below(long next) {
    return Wells.naive(ROWS, "a", MOMENT, row -> row.offset() < next);
  }

  /** The features over 10 s of one answer, those over 60 s of another. */
  private static List<FeatureValue> mixed(List<FeatureValue> of10, List<FeatureValue> of60) {
    return List.of(of10.get(0), of60.get(1), of10.get(2), of60.get(3), of60.get(4));
  }

  private static List<Row> moved(int offset, long event) {
    List<Row> rows = new ArrayList<>(ROWS);
    Row row = rows.get(offset);
    rows.set(offset, new Row(row.well(), row.depth(), event, row.seen(), row.offset()));
    return rows;
  }

  private static void says(Explanation explanation, Cause cause, String... rows) {
    assertThat(explanation.cause()).isEqualTo(cause);
    assertThat(explanation.rows()).extracting(NamedRow::id).containsExactlyInAnyOrder(rows);
  }

  @Test
  void an_answer_of_an_earlier_position_names_the_rows_not_yet_applied() {
    says(explain(below(4)), Cause.READ_TOO_EARLY, "r4", "r5");
  }

  @Test
  void an_answer_of_a_later_position_names_the_rows_already_applied() {
    says(explain(below(9)), Cause.POSITION_TOO_LOW, "r8");
  }

  @Test
  void a_row_that_is_missing_was_lost() {
    Explanation lost = explain(without(row -> row.offset() == 3));
    says(lost, Cause.ROW_LOST, "r3");
    assertThat(lost.rows()).containsExactly(new NamedRow("r3", 0, 3, micros(95), micros(95)));
  }

  @Test
  void rows_of_one_moment_are_lost_together() {
    says(
        explain(without(row -> row.event() == 95 && row.offset() < 8)), Cause.ROW_LOST, "r3", "r4");
  }

  @Test
  void a_row_that_counts_double_was_applied_twice() {
    List<Row> rows = new ArrayList<>(ROWS);
    rows.add(ROWS.get(3));
    says(explain(over(rows)), Cause.ROW_TWICE, "r3");
  }

  @Test
  void a_window_that_is_open_at_its_start_leaves_out_the_row_there() {
    Explanation edge = explain(mixed(without(row -> row.event() == 90), over(ROWS)));
    says(edge, Cause.WINDOW_EDGE, "r2");
    assertThat(edge.sentence()).isEqualTo("the window 10s left out the rows at its start");
  }

  @Test
  void windows_that_are_closed_at_their_end_take_in_the_row_there() {
    Explanation edge = explain(over(moved(7, 99)));
    says(edge, Cause.WINDOW_EDGE, "r7", "r7");
    assertThat(edge.sentence()).contains("10s took in the rows at its end").contains("1m took in");
  }

  @Test
  void a_window_may_err_at_both_its_ends() {
    List<Row> closed = moved(7, 99);
    List<FeatureValue> open = over(closed.stream().filter(row -> row.offset() != 2).toList());
    says(explain(mixed(open, over(ROWS))), Cause.WINDOW_EDGE, "r2", "r7");
  }

  @Test
  void one_window_may_have_lost_a_row_that_the_other_has() {
    Explanation edge = explain(mixed(without(row -> row.offset() == 3), over(ROWS)));
    says(edge, Cause.WINDOW_EDGE, "r3");
    assertThat(edge.sentence()).contains("left out rows that are inside it");
  }

  @Test
  void one_window_may_reach_back_too_far() {
    Explanation edge = explain(mixed(over(moved(5, 91)), over(ROWS)));
    says(edge, Cause.WINDOW_EDGE, "r5");
    assertThat(edge.sentence()).contains("took in rows that are outside it");
  }

  @Test
  void a_row_that_came_after_the_answer_is_not_to_blame() {
    // As if the row of offset 10, one second before the window's start, had been taken in.
    Explanation explanation =
        explain(
            Wells.naive(moved(10, 40), "a", MOMENT, row -> row.offset() < 8 || row.offset() == 10));
    says(explanation, Cause.UNEXPLAINED, "r3", "r4", "r2", "r5", "r0");
  }

  @Test
  void what_no_small_change_explains_shows_the_newest_rows() {
    FeatureValue odd = new FeatureValue(77L, FeatureStatus.PRESENT);
    Explanation explanation = explain(List.of(odd, odd, odd, odd, odd));
    assertThat(explanation.cause()).isEqualTo(Cause.UNEXPLAINED);
    assertThat(explanation.rows())
        .extracting(NamedRow::id)
        .startsWith("r4", "r3", "r2")
        .doesNotContain("r1", "r6");
  }

  @Test
  void a_key_without_rows_has_nothing_to_name() {
    try (Wells wells = new Wells(folder)) {
      Explanation explanation =
          new MismatchSearch(
                  Wells.VIEW,
                  wells.input(),
                  Rows.of(Wells.KEYS).row("z").batch().columns(),
                  0,
                  micros(MOMENT),
                  Positions.NONE)
              .explain(below(4));
      says(explanation, Cause.UNEXPLAINED);
    }
  }
}
