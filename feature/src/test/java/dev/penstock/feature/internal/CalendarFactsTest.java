package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.count;
import static dev.penstock.feature.internal.Facts.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Span;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class CalendarFactsTest {
  private static Window.Calendar calendar(String text, String zone) {
    String[] words = text.split(" ");
    return new Window.Calendar(
        words[0].equals("this") ? Window.Turn.THIS : Window.Turn.LAST,
        Window.Period.valueOf(words[1].toUpperCase(java.util.Locale.ROOT)),
        ZoneId.of(zone));
  }

  private static FeatureView counting(String text, String zone) {
    return view(count(), calendar(text, zone));
  }

  /** {@code 2001-04-01T00:00-05:00} in microseconds. */
  private static long at(String written) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, ZonedDateTime.parse(written));
  }

  private static void holds(FeatureView view, String row, String q, long rows) {
    assertThat(new Facts().row(at(row)).value(view, at(q))).as(row + " at " + q).isEqualTo(rows);
  }

  @Test
  void this_period_holds_the_rows_from_its_start_to_the_moment() {
    FeatureView view = counting("this month", "UTC");
    holds(view, "2001-04-01T00:00Z", "2001-04-30T23:59:59.999999Z", 1);
    holds(view, "2001-04-01T00:00Z", "2001-05-01T00:00Z", 0);
    holds(view, "2001-03-31T23:59:59.999999Z", "2001-04-01T00:00:01Z", 0);
  }

  @Test
  void at_the_start_of_a_period_this_period_is_empty_and_the_last_is_whole() {
    holds(counting("this day", "UTC"), "2001-04-01T12:00Z", "2001-04-02T00:00Z", 0);
    holds(counting("last day", "UTC"), "2001-04-01T00:00Z", "2001-04-02T00:00Z", 1);
    holds(counting("last day", "UTC"), "2001-04-01T23:59:59.999999Z", "2001-04-02T00:00Z", 1);
    holds(counting("last day", "UTC"), "2001-04-01T00:00Z", "2001-04-03T00:00Z", 0);
    holds(counting("last day", "UTC"), "2001-04-02T00:00Z", "2001-04-02T00:00:01Z", 0);
  }

  @Test
  void last_month_is_the_whole_month_before_whatever_its_length() {
    FeatureView view = counting("last month", "UTC");
    holds(view, "2001-02-01T00:00Z", "2001-03-31T23:00Z", 1);
    holds(view, "2001-01-31T23:59Z", "2001-03-01T00:00Z", 0);
  }

  @Test
  void a_week_starts_on_monday() {
    FeatureView view = counting("this week", "Europe/Berlin");
    holds(view, "2001-04-02T00:00+02:00", "2001-04-08T23:59+02:00", 1);
    holds(view, "2001-04-01T23:59:59+02:00", "2001-04-02T00:00:01+02:00", 0);
  }

  @Test
  void a_day_is_the_zones_and_as_long_as_its_clocks_make_it() {
    FeatureView today = counting("this day", "America/New_York");
    // 23 hours long: the clocks go forward at two.
    holds(today, "2001-04-01T00:00-05:00", "2001-04-01T23:59-04:00", 1);
    holds(today, "2001-04-01T00:00-05:00", "2001-04-02T00:00-04:00", 0);
    FeatureView yesterday = counting("last day", "America/New_York");
    // 25 hours long: they go back at two.
    holds(yesterday, "2001-10-28T00:00-04:00", "2001-10-29T00:00-05:00", 1);
    holds(yesterday, "2001-10-27T23:59-04:00", "2001-10-29T00:00-05:00", 0);
    assertThat(at("2001-10-29T00:00-05:00") - at("2001-10-28T00:00-04:00"))
        .isEqualTo(25 * Facts.HOUR);
  }

  @Test
  void an_hour_in_a_gap_shifts_forward_and_is_one_with_the_next() {
    FeatureView last = counting("last hour", "America/New_York");
    // Two o'clock is in the gap and names the moment of three.
    holds(last, "2001-04-01T01:00-05:00", "2001-04-01T03:30-04:00", 1);
    holds(last, "2001-04-01T03:00-04:00", "2001-04-01T03:30-04:00", 0);
  }

  @Test
  void an_ambiguous_start_is_the_earlier_one() {
    FeatureView view = counting("this hour", "America/New_York");
    // One o'clock comes twice; the hour that starts at the first lasts two.
    holds(view, "2001-10-28T01:00-04:00", "2001-10-28T01:59-05:00", 1);
    holds(view, "2001-10-28T00:59-04:00", "2001-10-28T01:30-05:00", 0);
    holds(view, "2001-10-28T01:59-05:00", "2001-10-28T02:00-05:00", 0);
  }

  @Test
  void a_start_in_a_gap_shifts_by_the_length_of_the_gap() {
    // At 23:30 the clocks of Toronto went to 00:30: midnight shifted is one o'clock.
    FeatureView view = counting("this day", "America/Toronto");
    holds(view, "1919-03-31T00:30-04:00", "1919-03-31T12:00-04:00", 0);
    holds(view, "1919-03-31T01:00-04:00", "1919-03-31T12:00-04:00", 1);
  }

  @Test
  void a_day_that_began_does_not_begin_again_when_clocks_go_back_over_midnight() {
    // At 00:01 the clocks of St. John's went back to 23:01.
    FeatureView view = counting("this day", "America/St_Johns");
    holds(view, "2001-10-27T12:00-02:30", "2001-10-27T23:30-03:30", 0);
    holds(view, "2001-10-28T00:00:30-02:30", "2001-10-27T23:30-03:30", 1);
    holds(view, "2001-10-28T00:00:30-02:30", "2001-10-28T23:30-03:30", 1);
  }

  @Test
  void zones_may_be_parts_of_an_hour_apart_and_so_may_their_shifts() {
    holds(
        counting("this hour", "Asia/Kathmandu"),
        "2001-04-01T06:00+05:45",
        "2001-04-01T06:59+05:45",
        1);
    holds(
        counting("this hour", "Asia/Kathmandu"),
        "2001-04-01T05:59+05:45",
        "2001-04-01T06:00:01+05:45",
        0);
    // The clocks of Lord Howe go back half an hour at two: its hour of one lasts an hour and a
    // half.
    FeatureView view = counting("this hour", "Australia/Lord_Howe");
    holds(view, "2001-03-25T01:00+11:00", "2001-03-25T01:59+10:30", 1);
    holds(view, "2001-03-25T01:00+11:00", "2001-03-25T02:00+10:30", 0);
  }

  @Test
  void reach_is_the_longest_period_with_the_zones_greatest_shift() {
    assertThat(calendar("this day", "UTC").reach()).isEqualTo(Span.parse("24h"));
    assertThat(calendar("this day", "Europe/Berlin").reach().micros())
        .isGreaterThanOrEqualTo(25 * Facts.HOUR);
    assertThat(calendar("last month", "UTC").reach()).isEqualTo(Span.parse("62d"));
  }

  @Test
  void a_zones_rules_are_part_of_what_a_window_means() {
    assertThat(Window.semantics(calendar("this day", "Europe/Berlin")))
        .singleElement()
        .asString()
        .startsWith("zone rules of Europe/Berlin ");
    assertThat(Periods.rulesHash(ZoneId.of("Europe/Berlin")))
        .isNotEqualTo(Periods.rulesHash(ZoneId.of("America/New_York")));
  }
}
