package dev.penstock.platform.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Place;
import dev.penstock.platform.definition.FeatureLine;
import dev.penstock.platform.definition.Written;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How windows are written, what they are called in a feature's name, and their canonical text. */
class WindowLinesTest {
  private static FeatureLine line(String windows) {
    return Lines.feature(
        new Written("count() as n over " + windows, new Place("features/views.yaml", 1, 1)));
  }

  private static List<String> texts(String windows) {
    return line(windows).windows().stream().map(window -> window.window().text()).toList();
  }

  private static void refused(String windows, String message) {
    assertThatThrownBy(() -> line(windows)).hasMessageContaining(message);
  }

  @Test
  void a_window_is_called_as_it_is_written() {
    assertThat(
            line("90s, 7d before 24h, 7d resolution 60m, this month, last hour, session 30m,"
                    + " last 10 rows, lifetime")
                .featureNames())
        .containsExactly(
            "n_90s",
            "n_7d_before_24h",
            "n_7d_resolution_60m",
            "n_this_month",
            "n_last_hour",
            "n_session_30m",
            "n_last_10_rows",
            "n_lifetime");
  }

  @Test
  void texts_are_canonical_however_lengths_are_written() {
    assertThat(texts("24h, 7d before 24h, 168h resolution 60m, session 60m, last 010 rows"))
        .containsExactly("1d", "1w before 1d", "1w resolution 1h", "session 1h", "last 10 rows");
  }

  @Test
  void a_zone_is_part_of_the_text_and_not_of_the_name() {
    FeatureLine line = line("this week in America/Port-au-Prince, last day in Etc/GMT+5");
    assertThat(line.featureNames()).containsExactly("n_this_week", "n_last_day");
    assertThat(texts("this week in America/Port-au-Prince, last day in Etc/GMT+5"))
        .containsExactly("this week in America/Port-au-Prince", "last day in Etc/GMT+5");
  }

  @Test
  void a_calendar_without_a_zone_is_that_of_utc() {
    assertThat(texts("last month")).containsExactly("last month in UTC");
  }

  @Test
  void what_is_no_window_is_refused_with_what_to_write() {
    refused("this year", "'this year' is no window; write this hour, day, week or month");
    refused("last 10", "here should be 'rows'; write last 10 rows");
    refused("this day in Berlin", "there is no time zone 'Berlin'");
    refused("this day in +02:00", "there is no time zone '+02'");
    refused("session", "here should be the gap that ends a session");
    refused("7d before", "here should be how long before");
    refused("1h resolution 2h", "a resolution of 2h is longer than the window of 1h");
    refused("last 0 rows", "a window of the last 0 rows, not 1 to 10000");
    refused("0s", "a window needs a length");
    refused("session 0s", "a window needs a length");
  }
}
