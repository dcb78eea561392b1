package dev.penstock.platform.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.feature.FeatureView;
import dev.penstock.platform.definition.DefinitionErrors;
import dev.penstock.platform.definition.TestProject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the types and the columns say, each with its place and once. */
class CompileErrorsTest {
  private static final String VIEWS = "features/views.yaml";
  private static final String SOURCES = "sources.yaml";
  private static final String LEARNING = "learning.yaml";

  @TempDir Path folder;

  @Test
  void an_unknown_column_of_a_feature_is_named_with_the_nearest() {
    assertError(
        VIEWS,
        "mean(fare) as fare",
        "mean(fair) as fare",
        "COLUMN_NOT_FOUND features/views.yaml:12:10 ",
        "Did you mean 'fare'?");
  }

  @Test
  void an_unknown_column_in_sql_over_lines_is_found_on_its_line() {
    assertError(
        SOURCES,
        "sql: SELECT place, fare, minutes, fare > 50 AS dear FROM trips",
        "sql: |\n  SELECT\n    place,\n    fare, minutes,\n    far > 50 AS dear\n  FROM trips",
        "COLUMN_NOT_FOUND sources.yaml:30:5 ",
        "Did you mean 'fare'?");
  }

  @Test
  void an_unknown_column_in_folded_sql_is_found_on_its_line() {
    assertError(
        SOURCES,
        "plausible_fare: fare BETWEEN 0 AND 1000",
        "plausible_fare: >\n    fare BETWEEN 0 AND 1000\n    AND minuts > 1",
        "COLUMN_NOT_FOUND sources.yaml:21:9 ",
        "Did you mean 'minutes'?");
  }

  @Test
  void an_unknown_aggregate_is_named_with_the_nearest() {
    assertError(
        VIEWS,
        "mean(fare) as fare",
        "maen(fare) as fare",
        "AGGREGATE_NOT_FOUND features/views.yaml:12:5 there is no aggregate 'maen'",
        "Did you mean 'mean'?");
  }

  @Test
  void a_view_of_a_dimension_has_no_derived_log() {
    assertError(
        VIEWS,
        "source: ended_trips",
        "source: place_facts",
        "UNSUPPORTED features/views.yaml:8:9 view 'place_facts' is over rows that have no event"
            + " time");
  }

  @Test
  void a_mean_of_text_is_refused() {
    assertError(
        VIEWS,
        "mean(fare) as fare",
        "mean(place) as fare",
        "TYPE_MISMATCH features/views.yaml:12:10 mean(place) over string");
  }

  @Test
  void a_share_needs_a_condition() {
    assertError(
        VIEWS,
        "share(dear) as dear",
        "share(fare) as dear",
        "TYPE_MISMATCH features/views.yaml:13:11 share(fare) over float64");
  }

  @Test
  void a_percentile_needs_a_share() {
    assertError(
        VIEWS,
        "percentile(fare, 0.9)",
        "percentile(fare)",
        "DEFINITION_VALUE features/views.yaml:14:5 percentile takes an expression and a share");
  }

  @Test
  void a_percentile_beyond_one_is_refused() {
    assertError(
        VIEWS,
        "percentile(fare, 0.9)",
        "percentile(fare, 90)",
        "DEFINITION_VALUE features/views.yaml:14:16 percentile cannot have the parameter 90.0");
  }

  @Test
  void a_half_life_that_is_no_length_of_time_is_refused() {
    assertError(
        VIEWS,
        "percentile(fare, 0.9)",
        "decay_sum(fare, 7, 1h)",
        "DEFINITION_VALUE features/views.yaml:14:21 the half-life of decay_sum is a length of time");
  }

  @Test
  void an_aggregate_of_two_needs_both() {
    assertError(
        VIEWS,
        "percentile(fare, 0.9)",
        "corr(fare)",
        "DEFINITION_VALUE features/views.yaml:14:10 corr takes two arguments, not 1");
  }

  @Test
  void a_default_of_another_type_is_refused_where_it_stands() {
    assertError(
        VIEWS,
        "percentile(fare, 0.9) as fare_p90 over",
        "percentile(fare, 0.9) as fare_p90 default 'none' over",
        "DEFINITION_VALUE features/views.yaml:14:47 percentile is float64 and cannot have the default");
  }

  @Test
  void a_where_that_is_no_condition_is_refused() {
    assertError(
        VIEWS,
        "where: minutes > 0",
        "where: minutes",
        "TYPE_MISMATCH features/views.yaml:9:8 'where' must be boolean, and this is int64;"
            + " write a condition, such as delay > 0");
  }

  @Test
  void a_feature_of_rows_with_time_needs_a_window() {
    assertError(
        VIEWS,
        "mean(fare) as fare over 24h",
        "mean(fare) as fare",
        "DEFINITION_MISSING_FIELD features/views.yaml:12:19 feature 'fare' has no window; write"
            + " 'fare over 1h, 24h', or 'over lifetime' for all there ever was");
  }

  @Test
  void a_lifetime_can_be_asked_for() {
    TestProject project =
        TestProject.complete(folder)
            .change(VIEWS, "mean(fare) as fare over 24h", "mean(fare) as fare over 24h, lifetime");
    assertThat(CompiledTest.compile(project).view("place_fares").view().feature("fare_lifetime"))
        .isNotNull();
  }

  @Test
  void a_dimension_has_no_windows() {
    assertError(
        VIEWS,
        "features: [last(height) as height]",
        "features: [last(height) as height over 24h]",
        "DEFINITION_VALUE features/views.yaml:21:40 the rows of 'places' have no event time to be"
            + " in a window of");
  }

  @Test
  void a_retention_shorter_than_a_window_is_refused() {
    assertError(
        VIEWS,
        "where: minutes > 0",
        "retention: 2d",
        "DEFINITION_VALUE features/views.yaml:5:15 view 'place_fares' keeps 2d but dear_7d sees"
            + " 1w");
  }

  @Test
  void a_session_needs_a_view_that_says_how_long_it_keeps_rows() {
    assertError(
        VIEWS,
        "mean(fare) as fare over 24h",
        "mean(fare) as fare over 24h, session 30m",
        "DEFINITION_MISSING_FIELD features/views.yaml:12:34 the window 'session 30m' sees as far"
            + " back as the view keeps rows; say how far: retention: 30d");
  }

  @Test
  void windows_that_see_as_far_as_retention_are_allowed_where_it_is_declared_or_endless() {
    TestProject declared =
        TestProject.complete(folder)
            .change(
                VIEWS,
                "where: minutes > 0\nfeatures:\n",
                "where: minutes > 0\nretention: 30d\nfeatures:\n"
                    + "  - last(fare) as recent over last 3 rows, session 1h\n");
    assertThat(
            CompiledTest.compile(declared).view("place_fares").view().feature("recent_session_1h"))
        .isNotNull();
    TestProject endless =
        declared
            .change(VIEWS, "retention: 30d\n", "")
            .change(VIEWS, "last 3 rows,", "last 3 rows, lifetime,");
    assertThat(CompiledTest.compile(endless).view("place_fares").view().retention())
        .isEqualTo(FeatureView.UNBOUNDED);
  }

  @Test
  void a_key_column_that_is_not_there_says_how_to_name_it() {
    assertError(
        VIEWS,
        "key: {place: code}\n",
        "",
        "COLUMN_NOT_FOUND features/views.yaml:18:9 column 'place' is not in 'places'",
        "key: {place: COLUMN} says which one holds the key");
  }

  @Test
  void a_key_column_of_another_type_is_refused() {
    assertError(
        VIEWS,
        "key: {place: code}",
        "key: {place: height}",
        "TYPE_MISMATCH features/views.yaml:19:14 key 'place' is string, and column 'height' is"
            + " float64");
  }

  @Test
  void a_key_that_the_entity_has_not_is_refused() {
    assertError(
        VIEWS,
        "key: {place: code}",
        "key: {place: code, town: zone}",
        "DEFINITION_UNKNOWN_FIELD features/views.yaml:19:20 entity 'place' has no key 'town'");
  }

  @Test
  void an_event_time_without_zone_says_how_to_make_one() {
    assertError(
        SOURCES,
        "event_time: plus_minutes(started, minutes)",
        "event_time: at",
        "TYPE_MISMATCH sources.yaml:17:13 the event time must be timestamp, and this is"
            + " local_timestamp; to_utc(column, 'Europe/Berlin') makes an instant of a local time");
  }

  @Test
  void an_unknown_lookup_table_is_named() {
    assertError(
        SOURCES,
        "lookup(places, place, zone)",
        "lookup(plaices, place, zone)",
        "NOT_FOUND sources.yaml:16:30 ",
        "plaices");
  }

  @Test
  void what_differs_from_run_to_run_is_refused() {
    assertError(
        SOURCES,
        "plausible_fare: fare BETWEEN 0 AND 1000",
        "plausible_fare: started < now()",
        "EXPRESSION_NOT_DETERMINISTIC sources.yaml:19:29 ");
  }

  @Test
  void an_unknown_measure_of_a_check_is_named_with_the_nearest() {
    assertError(
        SOURCES,
        "- row_count >= 1",
        "- rowcount >= 1",
        "AGGREGATE_NOT_FOUND sources.yaml:21:5 there is no measure 'rowcount'",
        "Did you mean 'row_count'?");
  }

  @Test
  void an_on_demand_feature_sees_what_its_service_has() {
    assertError(
        VIEWS,
        "* place_fares__fare_24h as hour_fare",
        "* place_fares__fare_25h as hour_fare",
        "COLUMN_NOT_FOUND features/views.yaml:28:29 ",
        "Did you mean 'place_fares__fare_24h'?");
  }

  @Test
  void a_service_that_lacks_what_its_on_demand_view_needs_is_refused() {
    assertError(
        VIEWS,
        "features:\n  - place_fares\n",
        "features:\n",
        "COLUMN_NOT_FOUND features/views.yaml:28:29 ");
  }

  @Test
  void a_spine_without_the_key_is_refused() {
    assertError(
        VIEWS,
        "place_facts as facts with place = place",
        "place_facts as facts with place = town",
        "COLUMN_NOT_FOUND learning.yaml:5:11 service 'fares' asks for 'town', which the spine"
            + " 'trips' has not");
  }

  @Test
  void a_label_of_text_is_refused() {
    assertError(
        LEARNING,
        "value: dear",
        "value: place",
        "TYPE_MISMATCH learning.yaml:4:47 a label is a boolean or a number, and this is string");
  }

  @Test
  void a_dimension_is_no_spine() {
    assertError(
        LEARNING,
        "spine: trips",
        "spine: places",
        "UNSUPPORTED learning.yaml:3:8 the rows of 'places' have no event time");
  }

  @Test
  void a_model_feature_that_is_not_there_is_named_with_the_nearest() {
    assertError(
        LEARNING,
        "features: all",
        "features: [request__hours]",
        "COLUMN_NOT_FOUND learning.yaml:14:12 service 'fares' has no column 'request__hours'",
        "Did you mean 'request__hour'?");
  }

  @Test
  void an_unknown_trainer_is_named() {
    assertError(
        LEARNING,
        "trainer: xgboost",
        "trainer: xgbost",
        "DEFINITION_VALUE learning.yaml:13:10 there is no trainer 'xgbost'",
        "Did you mean 'xgboost'?");
  }

  @Test
  void an_unknown_parameter_is_named_with_the_nearest() {
    assertError(
        LEARNING,
        "max_depth: 3",
        "max_deth: 3",
        "DEFINITION_UNKNOWN_FIELD learning.yaml:15:24 xgboost has no parameter 'max_deth' here",
        "Did you mean 'max_depth'?");
  }

  @Test
  void a_promotion_by_an_unknown_metric_is_refused() {
    assertError(
        LEARNING,
        "metric: auc",
        "metric: luck",
        "DEFINITION_VALUE learning.yaml:17:21 promotion cannot compare by 'luck'");
  }

  @Test
  void a_broken_row_of_a_dimension_is_found_in_its_file() {
    TestProject project =
        TestProject.complete(folder)
            .file("data/places.csv", "code,zone,height\nA,Europe/Berlin,34.0\nB,Asia/Tokyo,high\n");
    assertThat(errors(project)).startsWith("FILE_CORRUPT data/places.csv:3:1 ");
    assertThat(errors(project).lines()).hasSize(1);
  }

  @Test
  void a_dimension_that_has_a_key_twice_is_refused() {
    TestProject project =
        TestProject.complete(folder)
            .file("data/places.csv", "code,zone,height\nA,Europe/Berlin,34.0\nA,Asia/Tokyo,1\n");
    assertThat(errors(project)).contains("DEFINITION_VALUE sources.yaml:3:7 lookup table 'places'");
  }

  @Test
  void what_builds_on_a_mistake_is_not_told_again() {
    TestProject project =
        TestProject.complete(folder)
            .change(SOURCES, "event_time: plus_minutes", "event_time: plus");
    assertThat(errors(project).lines()).hasSize(1);
  }

  @Test
  void a_transform_on_the_engine_is_checked_without_rows() {
    TestProject project =
        TestProject.complete(folder)
            .file(
                "more.yaml",
                """
                transform: by_place
                owner: o
                sql: SELECT place, avg(fair) AS fare FROM trips GROUP BY place
                """);
    assertThat(errors(project)).contains("COLUMN_NOT_FOUND more.yaml:3:");
  }

  @Test
  void a_view_over_rows_without_time_says_so() {
    TestProject project =
        TestProject.complete(folder)
            .file(
                "more.yaml",
                """
                transform: by_place
                owner: o
                sql: SELECT place, avg(fare) AS fare FROM trips GROUP BY place
                ---
                feature_view: averages
                owner: o
                entity: place
                source: by_place
                features: [last(fare) as fare]
                """);
    assertThat(errors(project))
        .isEqualTo(
            "DEFINITION_MISSING_FIELD more.yaml:8:9 the rows of 'by_place' have no event time,"
                + " which features need; give the transform an 'event_time'");
  }

  private void assertError(String file, String from, String to, String... parts) {
    TestProject project = TestProject.complete(folder).change(file, from, to);
    assertThat(errors(project)).contains(parts);
  }

  private static String errors(TestProject project) {
    try {
      CompiledTest.compile(project);
      return "";
    } catch (DefinitionErrors e) {
      return e.getMessage();
    }
  }
}
