package dev.penstock.offline;

import static dev.penstock.offline.Springs.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Span;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import dev.penstock.feature.Window.Calendar;
import dev.penstock.feature.Window.Period;
import dev.penstock.feature.Window.Turn;
import dev.penstock.offline.Explanation.Cause;
import dev.penstock.offline.Explanation.NamedRow;
import dev.penstock.offline.Springs.Row;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of window, wrong in each way that it can be; what was served is made by hand. */
class MismatchWindowsTest {
  private static final long HOUR = 60 * MINUTE;

  /** Half past twelve on the second day. */
  private static final long MOMENT = 36 * HOUR + 30 * MINUTE;

  private static final ZoneId ROME = ZoneId.of("Europe/Rome");

  /** The rows that the search may not blame: too late for the answer. */
  private static final int UNSEEN = 2;

  @TempDir Path folder;

  /** A window and where it lies at the moment, microseconds. */
  private record Framed(Window window, long start, long end) {
    @Override
    public String toString() {
      return window.text();
    }

    /** Before its start, at it, inside, inside, at its end, and twice inside but unseen. */
    List<Row> rows() {
      return Springs.rows(
          start - 7 * MINUTE, start, start + MINUTE, end - MINUTE, end, start, end - MINUTE);
    }
  }

  static List<Framed> framed() {
    return List.of(
        new Framed(Window.trailing(Span.ofHours(6)), MOMENT - 6 * HOUR, MOMENT),
        new Framed(
            new Window.Offset(Span.ofHours(6), Span.ofHours(3)),
            MOMENT - 9 * HOUR,
            MOMENT - 3 * HOUR),
        new Framed(
            new Window.Stepped(Span.ofHours(6), Span.ofHours(1)),
            MOMENT - 6 * HOUR - 30 * MINUTE,
            MOMENT),
        new Framed(new Calendar(Turn.THIS, Period.DAY, ROME), 23 * HOUR, MOMENT),
        new Framed(new Calendar(Turn.LAST, Period.DAY, ROME), -HOUR, 23 * HOUR),
        new Framed(new Calendar(Turn.LAST, Period.HOUR, ROME), 35 * HOUR, 36 * HOUR));
  }

  private Explanation explain(FeatureView view, List<Row> log, List<FeatureValue> served) {
    return Springs.explain(folder, view, log, MOMENT, log.size(), served);
  }

  /** Of a framed window's rows, the last of which the answer has not seen. */
  private Explanation explain(FeatureView view, Framed framed, List<FeatureValue> served) {
    List<Row> log = framed.rows();
    return Springs.explain(folder, view, log, MOMENT, log.size() - UNSEEN, served);
  }

  private static List<Row> seen(Framed framed) {
    List<Row> rows = framed.rows();
    return rows.subList(0, rows.size() - UNSEEN);
  }

  private static List<Row> without(List<Row> rows, Predicate<Row> left) {
    return rows.stream().filter(left.negate()).toList();
  }

  private static List<Row> moved(List<Row> rows, int offset, long event) {
    List<Row> moved = new ArrayList<>(rows);
    moved.set(offset, rows.get(offset).at(event));
    return moved;
  }

  private static List<Row> plus(List<Row> rows, Row more) {
    List<Row> all = new ArrayList<>(rows);
    all.add(more);
    return all;
  }

  /** One window served over some rows, the lifetime beside it over others. */
  private static List<FeatureValue> mixed(Framed framed, List<Row> ofWindow, List<Row> ofRest) {
    FeatureView view = Springs.view(framed.window(), Window.LIFETIME);
    List<FeatureValue> mixed = new ArrayList<>();
    mixed.addAll(Springs.answers(view, MOMENT, ofWindow).subList(0, 3));
    mixed.addAll(Springs.answers(view, MOMENT, ofRest).subList(3, 6));
    return mixed;
  }

  private static void says(Explanation explanation, Cause cause, String sentence, String... rows) {
    assertThat(explanation.sentence()).contains(sentence);
    assertThat(explanation.cause()).isEqualTo(cause);
    assertThat(explanation.rows()).extracting(NamedRow::id).containsExactlyInAnyOrder(rows);
  }

  @ParameterizedTest
  @MethodSource("framed")
  void a_window_open_at_its_start_leaves_out_the_row_there(Framed framed) {
    FeatureView view = Springs.view(framed.window(), Window.LIFETIME);
    List<Row> seen = seen(framed);
    says(
        explain(view, framed, mixed(framed, without(seen, row -> row.offset() == 1), seen)),
        Cause.WINDOW_EDGE,
        "the window " + framed.window().text() + " left out the rows at its start",
        "r1");
  }

  @ParameterizedTest
  @MethodSource("framed")
  void a_window_closed_at_its_end_takes_in_the_row_there(Framed framed) {
    FeatureView view = Springs.view(framed.window(), Window.LIFETIME);
    List<Row> seen = seen(framed);
    says(
        explain(view, framed, mixed(framed, moved(seen, 4, framed.end() - 1), seen)),
        Cause.WINDOW_EDGE,
        "the window " + framed.window().text() + " took in the rows at its end",
        "r4");
  }

  @ParameterizedTest
  @MethodSource("framed")
  void a_window_may_have_both_its_brackets_wrong(Framed framed) {
    FeatureView view = Springs.view(framed.window(), Window.LIFETIME);
    List<Row> seen = seen(framed);
    List<Row> wrong =
        without(moved(seen, 4, framed.end() - 1), row -> row.event() == framed.start());
    says(
        explain(view, framed, mixed(framed, wrong, seen)),
        Cause.WINDOW_EDGE,
        "left out the rows at its start and took in those at its end",
        "r1",
        "r4");
  }

  @ParameterizedTest
  @MethodSource("framed")
  void a_window_that_reaches_too_far_takes_in_the_row_before_it(Framed framed) {
    FeatureView view = Springs.view(framed.window(), Window.LIFETIME);
    List<Row> seen = seen(framed);
    says(
        explain(view, framed, mixed(framed, moved(seen, 0, framed.start()), seen)),
        Cause.WINDOW_EDGE,
        "took in rows that are outside it",
        "r0");
  }

  @ParameterizedTest
  @MethodSource("framed")
  void a_row_inside_that_one_window_lacks_is_named(Framed framed) {
    FeatureView view = Springs.view(framed.window(), Window.LIFETIME);
    List<Row> seen = seen(framed);
    says(
        explain(view, framed, mixed(framed, without(seen, row -> row.offset() == 2), seen)),
        Cause.WINDOW_EDGE,
        "left out rows that are inside it",
        "r2");
  }

  @ParameterizedTest
  @MethodSource("framed")
  void a_row_inside_that_is_missing_was_lost(Framed framed) {
    FeatureView view = Springs.view(framed.window(), Window.LIFETIME);
    List<Row> lost = without(seen(framed), row -> row.offset() == 2);
    says(
        explain(view, framed, Springs.answers(view, MOMENT, lost)),
        Cause.ROW_LOST,
        "they were lost",
        "r2");
  }

  @ParameterizedTest
  @MethodSource("framed")
  void a_row_inside_that_counts_double_was_applied_twice(Framed framed) {
    FeatureView view = Springs.view(framed.window(), Window.LIFETIME);
    List<Row> seen = seen(framed);
    says(
        explain(view, framed, Springs.answers(view, MOMENT, plus(seen, seen.get(2)))),
        Cause.ROW_TWICE,
        "counted twice",
        "r2");
  }

  @ParameterizedTest
  @MethodSource("framed")
  void rows_on_the_wrong_side_of_the_position_are_named(Framed framed) {
    FeatureView view = Springs.view(framed.window(), Window.LIFETIME);
    List<Row> log = framed.rows();
    says(
        explain(view, framed, Springs.answers(view, MOMENT, log.subList(0, 3))),
        Cause.READ_TOO_EARLY,
        "",
        log.get(4).event() < MOMENT ? new String[] {"r3", "r4"} : new String[] {"r3"});
    says(
        explain(view, framed, Springs.answers(view, MOMENT, log.subList(0, 6))),
        Cause.POSITION_TOO_LOW,
        "",
        "r5");
  }

  private static Window session() {
    return new Window.Session(new Span(30 * MINUTE));
  }

  @Test
  void a_session_that_takes_the_gap_for_inside_goes_back_too_far() {
    FeatureView view = Springs.view(session(), Window.trailing(Span.ofHours(6)));
    List<Row> log =
        Springs.rows(
            MOMENT - 80 * MINUTE, MOMENT - 75 * MINUTE, MOMENT - 45 * MINUTE, MOMENT - MINUTE * 20);
    List<FeatureValue> wider =
        Springs.answers(Springs.view(new Window.Session(new Span(30 * MINUTE + 1))), MOMENT, log);
    List<FeatureValue> served = new ArrayList<>(Springs.answers(view, MOMENT, log));
    assertThat(served.get(0).value()).isEqualTo(2L);
    assertThat(wider.get(0).value()).isEqualTo(4L);
    served.subList(0, 3).clear();
    served.addAll(0, wider);
    says(
        explain(view, log, served),
        Cause.WINDOW_EDGE,
        "the window session 30m took in rows that are outside it",
        "r0",
        "r1");
  }

  @Test
  void a_session_that_ends_too_soon_left_rows_out() {
    FeatureView view = Springs.view(session());
    List<Row> log =
        Springs.rows(MOMENT - 60 * MINUTE, MOMENT - 50 * MINUTE + 1, MOMENT - 20 * MINUTE);
    says(
        explain(
            view,
            log,
            Springs.answers(
                Springs.view(new Window.Session(new Span(30 * MINUTE - 1))), MOMENT, log)),
        Cause.WINDOW_EDGE,
        "the window session 30m left out rows that are inside it",
        "r0",
        "r1");
  }

  @Test
  void a_session_that_should_be_over_has_its_rows_named() {
    FeatureView view = Springs.view(session());
    List<Row> log = Springs.rows(MOMENT - 40 * MINUTE, MOMENT - 30 * MINUTE);
    assertThat(Springs.answers(view, MOMENT, log).get(0).value()).isEqualTo(0L);
    says(
        explain(view, log, Springs.answers(view, MOMENT, moved(log, 1, MOMENT - 29 * MINUTE))),
        Cause.WINDOW_EDGE,
        "took in rows that are outside it",
        "r0",
        "r1");
  }

  @Test
  void a_session_in_two_parts_lost_the_row_between() {
    FeatureView view = Springs.view(session());
    List<Row> log = Springs.rows(MOMENT - 60 * MINUTE, MOMENT - 40 * MINUTE, MOMENT - 20 * MINUTE);
    says(
        explain(view, log, Springs.answers(view, MOMENT, without(log, row -> row.offset() == 1))),
        Cause.ROW_LOST,
        "they were lost",
        "r1");
  }

  private static final List<Row> STEADY =
      Springs.rows(
          MOMENT - 50 * MINUTE,
          MOMENT - 40 * MINUTE,
          MOMENT - 30 * MINUTE,
          MOMENT - 20 * MINUTE,
          MOMENT - 10 * MINUTE);

  @Test
  void last_rows_that_are_one_too_many_name_it() {
    says(
        explain(
            Springs.view(new Window.LastRows(3)),
            STEADY,
            Springs.answers(Springs.view(new Window.LastRows(4)), MOMENT, STEADY)),
        Cause.WINDOW_EDGE,
        "the window last 3 rows took in rows that are outside it",
        "r1");
  }

  @Test
  void last_rows_that_are_one_too_few_name_it() {
    says(
        explain(
            Springs.view(new Window.LastRows(3)),
            STEADY,
            Springs.answers(Springs.view(new Window.LastRows(2)), MOMENT, STEADY)),
        Cause.WINDOW_EDGE,
        "the window last 3 rows left out rows that are inside it",
        "r2");
  }

  @Test
  void a_row_lost_among_the_last_ones_is_named_though_an_older_took_its_place() {
    FeatureView view = Springs.view(new Window.LastRows(3));
    List<Row> lost = without(STEADY, row -> row.offset() == 3);
    says(
        explain(view, STEADY, Springs.answers(view, MOMENT, lost)),
        Cause.ROW_LOST,
        "they were lost",
        "r3");
  }

  @Test
  void a_row_twice_among_the_last_ones_is_named_though_it_pushed_another_out() {
    FeatureView view = Springs.view(new Window.LastRows(3));
    List<Row> twice = plus(STEADY, STEADY.get(3));
    says(
        explain(view, STEADY, Springs.answers(view, MOMENT, twice)),
        Cause.ROW_TWICE,
        "counted twice",
        "r3");
  }

  /** Two moments of several rows. */
  private static final List<Row> TIES =
      Springs.rows(
          MOMENT - 20 * MINUTE,
          MOMENT - 10 * MINUTE,
          MOMENT - 20 * MINUTE,
          MOMENT - 10 * MINUTE,
          MOMENT - 10 * MINUTE);

  @Test
  void rows_of_one_moment_in_another_order_are_a_tie() {
    FeatureView view = Springs.view(Window.trailing(Span.ofHours(1)));
    List<Row> swapped = new ArrayList<>(TIES);
    swapped.set(1, TIES.get(1).as(TIES.get(4)));
    swapped.set(4, TIES.get(4).as(TIES.get(1)));
    says(
        explain(view, TIES, Springs.answers(view, MOMENT, swapped)),
        Cause.TIE,
        "of one moment in another order",
        "r1",
        "r3",
        "r4");
  }

  @Test
  void the_row_of_a_tie_that_is_last_by_mistake_may_be_any() {
    FeatureView view = Springs.view(Window.trailing(Span.ofHours(1)));
    List<Row> swapped = new ArrayList<>(TIES);
    swapped.set(3, TIES.get(3).as(TIES.get(4)));
    swapped.set(4, TIES.get(4).as(TIES.get(3)));
    says(
        explain(view, TIES, Springs.answers(view, MOMENT, swapped)),
        Cause.TIE,
        "of one moment in another order",
        "r1",
        "r3",
        "r4");
  }

  @Test
  void ties_of_two_moments_may_both_be_wrong() {
    FeatureView view = Springs.view(new Window.LastRows(4), new Window.LastRows(3));
    List<Row> backwards = new ArrayList<>(TIES);
    for (int[] pair : new int[][] {{0, 2}, {1, 4}}) {
      backwards.set(pair[0], TIES.get(pair[0]).as(TIES.get(pair[1])));
      backwards.set(pair[1], TIES.get(pair[1]).as(TIES.get(pair[0])));
    }
    says(
        explain(view, TIES, Springs.answers(view, MOMENT, backwards)),
        Cause.TIE,
        "of one moment in another order",
        "r0",
        "r1",
        "r2",
        "r3",
        "r4");
  }
}
