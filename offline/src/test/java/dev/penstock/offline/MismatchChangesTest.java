package dev.penstock.offline;

import static dev.penstock.offline.Springs.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.EntityKey;
import dev.penstock.data.Span;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.ViewState;
import dev.penstock.feature.Window;
import dev.penstock.offline.Explanation.Cause;
import dev.penstock.offline.Explanation.NamedRow;
import dev.penstock.offline.Springs.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are taken back, and rows that are too old: what can go wrong with either. */
class MismatchChangesTest {
  private static final long HOUR = 60 * MINUTE;
  private static final long MOMENT = 12 * HOUR;
  private static final FeatureView CHANGING =
      Springs.view(Window.trailing(Span.ofHours(6))).over(ChangelogMode.RETRACT);

  /**
   * Rows r0 to r3, the last two in one tile; u takes r1 back and puts another in its place; d takes
   * r2 back; then r7.
   */
  private static final List<Row> CHANGES = changes();

  @TempDir Path folder;

  private static List<Row> changes() {
    List<Row> rows =
        new ArrayList<>(
            Springs.rows(
                MOMENT - 4 * HOUR,
                MOMENT - 3 * HOUR,
                MOMENT - 2 * HOUR,
                MOMENT - 2 * HOUR + MINUTE));
    rows.add(rows.get(1).back("u", 4));
    rows.add(new Row("u", 5, MOMENT - 3 * HOUR, 32, null));
    rows.add(rows.get(2).back("d", 6));
    rows.add(new Row("r7", 7, MOMENT - 30 * MINUTE, 128, null));
    return rows;
  }

  private static void says(Explanation explanation, Cause cause, String sentence, String... rows) {
    assertThat(explanation.sentence()).contains(sentence);
    assertThat(explanation.cause()).isEqualTo(cause);
    assertThat(explanation.rows()).extracting(NamedRow::id).containsExactlyInAnyOrder(rows);
  }

  private Explanation explain(List<FeatureValue> served) {
    return Springs.explain(folder, CHANGING, CHANGES, MOMENT, CHANGES.size(), served);
  }

  private static List<FeatureValue> without(long... offsets) {
    List<Row> left = new ArrayList<>(CHANGES);
    for (long offset : offsets) {
      left.removeIf(row -> row.offset() == offset);
    }
    return Springs.answers(CHANGING, MOMENT, left);
  }

  private static List<FeatureValue> live(FeatureView view, long moment, MemoryState state) {
    return new ViewState(view).at(Springs.ZERO + moment, state).read(EntityKey.of("s"));
  }

  @Test
  void a_row_that_was_never_taken_back_names_the_retraction() {
    Explanation lost = explain(without(6));
    says(lost, Cause.ROW_LOST, "without these retractions", "d");
    assertThat(lost.rows().get(0).offset()).isEqualTo(6);
  }

  @Test
  void an_update_that_is_missing_names_both_its_rows() {
    Explanation lost = explain(without(4, 5));
    says(lost, Cause.ROW_LOST, "without these rows", "u", "u");
    assertThat(lost.rows()).extracting(NamedRow::offset).containsExactlyInAnyOrder(4L, 5L);
  }

  @Test
  void half_an_update_names_the_half_that_is_missing() {
    Explanation retraction = explain(without(4));
    says(retraction, Cause.ROW_LOST, "without these retractions", "u");
    assertThat(retraction.rows().get(0).offset()).isEqualTo(4);
    Explanation row = explain(without(5));
    says(row, Cause.ROW_LOST, "without these rows", "u");
    assertThat(row.rows().get(0).offset()).isEqualTo(5);
  }

  @Test
  void a_row_that_changed_or_not_may_be_lost_or_count_twice() {
    says(explain(without(3)), Cause.ROW_LOST, "without these rows", "r3");
    List<Row> twice = new ArrayList<>(CHANGES);
    twice.add(CHANGES.get(5));
    says(explain(Springs.answers(CHANGING, MOMENT, twice)), Cause.ROW_TWICE, "counted twice", "u");
  }

  @Test
  void a_change_not_yet_applied_is_named() {
    says(
        explain(Springs.answers(CHANGING, MOMENT, CHANGES.subList(0, 6))),
        Cause.READ_TOO_EARLY,
        "",
        "d",
        "r7");
  }

  @Test
  void a_change_already_applied_is_named() {
    says(
        Springs.explain(
            folder, CHANGING, CHANGES, MOMENT, 6, Springs.answers(CHANGING, MOMENT, CHANGES)),
        Cause.POSITION_TOO_LOW,
        "",
        "d",
        "r7");
  }

  @Test
  void a_retraction_that_state_applied_twice_is_named() {
    MemoryState state =
        MemoryState.of(
            CHANGING, List.of(Springs.batch(CHANGES), Springs.batch(List.of(CHANGES.get(6)))));
    List<FeatureValue> served = live(CHANGING, MOMENT, state);
    assertThat(served).isNotEqualTo(Springs.answers(CHANGING, MOMENT, CHANGES));
    says(explain(served), Cause.ROW_TWICE, "applied twice", "d");
  }

  @Test
  void rows_of_a_tie_that_were_not_taken_back_may_be_in_another_order() {
    List<Row> log = new ArrayList<>(Springs.rows(HOUR, HOUR, HOUR));
    log.add(log.get(2).back("d", 3));
    FeatureView view = Springs.view(Window.LIFETIME).over(ChangelogMode.RETRACT);
    List<Row> swapped =
        List.of(log.get(0).as(log.get(1)), log.get(1).as(log.get(0)), log.get(2), log.get(3));
    says(
        Springs.explain(folder, view, log, MOMENT, 4, Springs.answers(view, MOMENT, swapped)),
        Cause.TIE,
        "in another order",
        "r0",
        "r1");
  }

  /** Of a day and more: the view keeps twelve hours. */
  private static final List<Row> OLD =
      Springs.rows(
          MOMENT - 20 * HOUR,
          MOMENT - 14 * HOUR,
          MOMENT - 10 * HOUR,
          MOMENT - 8 * HOUR,
          MOMENT - 6 * HOUR,
          MOMENT - HOUR);

  private static final FeatureView KEPT =
      Springs.keeping(Springs.view(new Window.LastRows(100)), Span.ofHours(12));

  private Explanation explainOld(List<FeatureValue> served) {
    return Springs.explain(folder, KEPT, OLD, MOMENT, OLD.size(), served);
  }

  @Test
  void rows_from_before_the_retention_that_count_are_named() {
    says(
        explainOld(Springs.answers(Springs.keeping(KEPT, Span.ofHours(16)), MOMENT, OLD)),
        Cause.RETENTION,
        "from before the view's retention of 12h",
        "r1");
    says(
        explainOld(Springs.answers(Springs.keeping(KEPT, Span.ofHours(24)), MOMENT, OLD)),
        Cause.RETENTION,
        "from before the view's retention of 12h",
        "r0",
        "r1");
  }

  @Test
  void rows_that_a_state_forgot_before_the_retention_passed_are_named() {
    says(
        explainOld(Springs.answers(Springs.keeping(KEPT, Span.ofHours(7)), MOMENT, OLD)),
        Cause.RETENTION,
        "the state forgot them too soon",
        "r2",
        "r3");
  }

  @Test
  void a_state_that_was_trimmed_for_a_later_moment_says_so_and_its_oldest_rows_are_named() {
    MemoryState state = MemoryState.of(KEPT, List.of(Springs.batch(OLD)));
    new ViewState(KEPT).trim(Springs.ZERO + MOMENT + 3 * HOUR, state);
    List<FeatureValue> served = live(KEPT, MOMENT, state);
    assertThat(served).extracting(FeatureValue::status).containsOnly(FeatureStatus.UNCOVERED);
    says(
        explainOld(served),
        Cause.RETENTION,
        "the state had let rows go that the answer needs",
        "r2",
        "r3",
        "r4",
        "r5");
  }

  @Test
  void an_answer_that_is_uncovered_in_part_and_wrong_in_the_rest_is_not_explained_by_that() {
    FeatureValue uncovered = new FeatureValue(null, FeatureStatus.UNCOVERED);
    FeatureValue odd = new FeatureValue(77L, FeatureStatus.PRESENT);
    assertThat(explainOld(List.of(uncovered, odd, odd)).cause()).isEqualTo(Cause.UNEXPLAINED);
  }
}
