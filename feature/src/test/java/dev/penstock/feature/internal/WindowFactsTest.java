package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static dev.penstock.feature.internal.Facts.count;
import static dev.penstock.feature.internal.Facts.of;
import static dev.penstock.feature.internal.Facts.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Positions;
import dev.penstock.data.Span;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Visibility;
import dev.penstock.feature.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowFactsTest {
  private static final long MIDNIGHT = RandomLog.DAY_OF_TIME_CHANGE;
  private static final FeatureView COUNT_1H = view(count(), HOUR);

  private static FeatureView kept(List<Feature> features, Span retention, Span maxAge) {
    return new FeatureView(
        "facts", Facts.THING, List.of("name"), null, features, retention, maxAge);
  }

  @Test
  void event_at_window_start_is_included() {
    Facts facts = new Facts().row(MIDNIGHT);
    assertThat(facts.value(COUNT_1H, MIDNIGHT + HOUR)).isEqualTo(1L);
    assertThat(facts.value(COUNT_1H, MIDNIGHT + HOUR + 1)).isEqualTo(0L);
  }

  @Test
  void event_at_the_moment_asked_about_is_excluded() {
    Facts facts = new Facts().late(MIDNIGHT, MIDNIGHT - 5);
    assertThat(facts.value(COUNT_1H, MIDNIGHT)).isEqualTo(0L);
    assertThat(facts.value(COUNT_1H, MIDNIGHT + 1)).isEqualTo(1L);
  }

  @Test
  void row_seen_at_the_moment_asked_about_is_not_seen() {
    Facts facts = new Facts().late(MIDNIGHT, MIDNIGHT + 10);
    assertThat(facts.value(COUNT_1H, MIDNIGHT + 10)).isEqualTo(0L);
    assertThat(facts.value(COUNT_1H, MIDNIGHT + 11)).isEqualTo(1L);
  }

  @Test
  void late_row_counts_from_its_seen_time_until_its_event_time_leaves() {
    Facts facts = new Facts().row(MIDNIGHT + 1).late(MIDNIGHT, MIDNIGHT + HOUR / 2);
    assertThat(facts.value(COUNT_1H, MIDNIGHT + HOUR / 2)).isEqualTo(1L);
    assertThat(facts.value(COUNT_1H, MIDNIGHT + HOUR / 2 + 1)).isEqualTo(2L);
    assertThat(facts.value(COUNT_1H, MIDNIGHT + HOUR + 1)).isEqualTo(1L);
  }

  @Test
  void row_seen_after_it_left_the_window_is_never_in_it() {
    Facts facts = new Facts().row(MIDNIGHT + HOUR).late(MIDNIGHT, MIDNIGHT + 2 * HOUR);
    assertThat(facts.value(COUNT_1H, MIDNIGHT + 2 * HOUR + 1)).isEqualTo(0L);
    assertThat(facts.value(COUNT_1H, MIDNIGHT + 2 * HOUR)).isEqualTo(1L);
  }

  @Test
  void as_happened_sees_rows_before_they_were_known() {
    Facts facts = new Facts().late(MIDNIGHT, MIDNIGHT + 10 * HOUR);
    assertThat(facts.replay(COUNT_1H, MIDNIGHT + 1, Visibility.AS_HAPPENED).value()).isEqualTo(1L);
    assertThat(facts.replay(COUNT_1H, MIDNIGHT + 1, Visibility.AS_SEEN).value()).isEqualTo(0L);
  }

  @Test
  void by_position_sees_exactly_the_rows_below_the_positions() {
    Facts facts =
        new Facts()
            .at(0, 4, MIDNIGHT, MIDNIGHT + 50)
            .at(0, 5, MIDNIGHT, MIDNIGHT)
            .at(3, 0, MIDNIGHT, MIDNIGHT);
    Positions positions = Positions.of(0, 5);
    assertThat(
            facts
                .replay(COUNT_1H, MIDNIGHT + 1, new Visibility.ByPosition(List.of(positions)))
                .value())
        .isEqualTo(1L);
    assertThat(
            facts
                .replay(
                    COUNT_1H,
                    MIDNIGHT + 1,
                    new Visibility.ByPosition(List.of(positions.with(3, 1))))
                .value())
        .isEqualTo(2L);
  }

  @Test
  void lifetime_has_no_start() {
    FeatureView view = view(of(AggregateFunction.LAST, "text"), Window.LIFETIME);
    Facts facts =
        new Facts()
            .late(Long.MIN_VALUE, 0, "text", "from the beginning")
            .row(MIDNIGHT, "text", "b");
    assertThat(facts.value(view, MIDNIGHT)).isEqualTo("from the beginning");
    assertThat(facts.value(view, MIDNIGHT + 1)).isEqualTo("b");
    assertThat(facts.value(view, MIDNIGHT + 100_000_000 * HOUR)).isEqualTo("b");
  }

  @Test
  void unknown_key_is_not_found_and_its_count_is_zero() {
    FeatureValue count = new Facts().ask(COUNT_1H, MIDNIGHT);
    assertThat(count).isEqualTo(new FeatureValue(0L, FeatureStatus.NOT_FOUND));
    FeatureValue mean = new Facts().ask(view(of(AggregateFunction.MEAN, "whole"), HOUR), MIDNIGHT);
    assertThat(mean).isEqualTo(new FeatureValue(null, FeatureStatus.NOT_FOUND));
  }

  @Test
  void empty_window_of_a_known_key_is_null_or_a_present_zero() {
    Span retention = new Span(10 * HOUR);
    Window hour = Window.trailing(new Span(HOUR));
    Facts facts = new Facts().row(MIDNIGHT, "whole", 1L);
    assertThat(
            facts.ask(
                kept(List.of(new Feature("f", count(), hour)), retention, null),
                MIDNIGHT + 5 * HOUR))
        .isEqualTo(new FeatureValue(0L, FeatureStatus.PRESENT));
    assertThat(
            facts.ask(
                kept(
                    List.of(new Feature("f", of(AggregateFunction.SUM, "whole"), hour)),
                    retention,
                    null),
                MIDNIGHT + 5 * HOUR))
        .isEqualTo(new FeatureValue(null, FeatureStatus.NULL_VALUE));
  }

  @Test
  void key_is_found_as_long_as_retention_reaches_its_newest_row() {
    FeatureView view =
        kept(
            List.of(new Feature("f", count(), Window.trailing(new Span(HOUR)))),
            new Span(10 * HOUR),
            null);
    Facts facts = new Facts().row(MIDNIGHT);
    assertThat(facts.ask(view, MIDNIGHT + 10 * HOUR).status()).isEqualTo(FeatureStatus.PRESENT);
    assertThat(facts.ask(view, MIDNIGHT + 10 * HOUR + 1).status())
        .isEqualTo(FeatureStatus.NOT_FOUND);
  }

  @Test
  void max_age_is_half_open_like_a_window_and_withholds_every_value() {
    FeatureView view =
        kept(
            List.of(new Feature("f", count(), Window.trailing(new Span(10 * HOUR)))),
            new Span(10 * HOUR),
            new Span(2 * HOUR));
    Facts facts = new Facts().row(MIDNIGHT);
    assertThat(facts.ask(view, MIDNIGHT + 2 * HOUR))
        .isEqualTo(new FeatureValue(1L, FeatureStatus.PRESENT));
    assertThat(facts.ask(view, MIDNIGHT + 2 * HOUR + 1))
        .isEqualTo(new FeatureValue(null, FeatureStatus.OUTSIDE_MAX_AGE));
    assertThat(facts.ask(view, MIDNIGHT + 10 * HOUR + 1).status())
        .isEqualTo(FeatureStatus.NOT_FOUND);
  }

  @Test
  void rows_that_a_view_excludes_do_not_make_a_key_known() {
    FeatureView view =
        new FeatureView(
            "facts",
            Facts.THING,
            List.of("name"),
            new AtLeast("small", 1),
            List.of(new Feature("f", count(), Window.trailing(new Span(HOUR)))),
            new Span(HOUR),
            null);
    Facts facts = new Facts().row(MIDNIGHT, "small", 0).row(MIDNIGHT);
    assertThat(facts.ask(view, MIDNIGHT + 1).status()).isEqualTo(FeatureStatus.NOT_FOUND);
    facts.row(MIDNIGHT, "small", 1);
    assertThat(facts.value(view, MIDNIGHT + 1)).isEqualTo(1L);
  }
}
