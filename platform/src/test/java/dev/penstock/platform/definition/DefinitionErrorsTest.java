package dev.penstock.platform.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of mistake gives one error with its place and what to do. */
class DefinitionErrorsTest {
  @TempDir Path folder;

  @Test
  void unknown_fields_are_named_with_the_nearest() {
    assertError(
        "sources.yaml",
        "event_time: plus",
        "event_tme: plus",
        "DEFINITION_MISSING_FIELD sources.yaml:7:1 source 'trips' lacks 'event_time'",
        "DEFINITION_UNKNOWN_FIELD sources.yaml:17:1 source 'trips' has no field 'event_tme'",
        "Did you mean 'event_time'?");
  }

  @Test
  void an_unknown_kind_is_named_with_the_nearest() {
    assertError(
        "features/views.yaml",
        "feature_view: place_facts",
        "feature_vew: place_facts",
        "DEFINITION_UNKNOWN_FIELD features/views.yaml:16:1 the first key says what a document"
            + " defines, and 'feature_vew' is no kind",
        "Did you mean 'feature_view'?");
  }

  @Test
  void a_definition_without_owner_is_refused() {
    assertError(
        "features/views.yaml",
        "entity: place\nowner: ml@example.com\nkeys",
        "entity: place\nkeys",
        "DEFINITION_MISSING_FIELD features/views.yaml:1:1 entity 'place' lacks 'owner'");
  }

  @Test
  void the_second_definition_of_a_name_names_the_first() {
    TestProject project =
        TestProject.complete(folder)
            .file("more.yaml", "# again\nentity: trips\nowner: someone\nkeys: {id: string}\n");
    assertThat(project.errors())
        .isEqualTo(
            "DEFINITION_DUPLICATE sources.yaml:7:9 'trips' is defined twice;"
                + " first as an entity at more.yaml:2:9");
  }

  @Test
  void a_key_that_stands_twice_is_refused() {
    TestProject project =
        TestProject.complete(folder)
            .file("twice.yaml", "entity: e\nowner: o\nkeys: {k: string}\nowner: p\n");
    assertThat(project.errors())
        .isEqualTo(
            "DEFINITION_DUPLICATE twice.yaml:4:1 'owner' stands here twice;"
                + " first at twice.yaml:2:1");
  }

  @Test
  void a_name_that_is_not_there_is_named_with_the_nearest() {
    assertError(
        "features/views.yaml",
        "source: ended_trips",
        "source: ended_tripps",
        "DEFINITION_NOT_FOUND features/views.yaml:8:9 there is no source or transform or feature"
            + " view 'ended_tripps'; has: ended_trips, place_facts, place_fares, places, trips."
            + " Did you mean 'ended_trips'?");
  }

  @Test
  void a_view_reads_no_on_demand_view() {
    assertError(
        "features/views.yaml",
        "source: ended_trips",
        "source: request",
        "DEFINITION_NOT_FOUND features/views.yaml:8:9 'request' is an on demand view,"
            + " wanted is a source or transform or feature view");
  }

  @Test
  void views_that_read_each_other_are_a_circle() {
    assertError(
        "features/views.yaml",
        "source: ended_trips",
        "source: place_fares",
        "DEFINITION_CYCLE features/views.yaml",
        "these build on each other in a circle: place_fares -> place_fares");
  }

  @Test
  void a_name_of_another_kind_says_so() {
    assertError(
        "learning.yaml",
        "features: fares",
        "features: place_fares",
        "DEFINITION_NOT_FOUND learning.yaml:5:11 'place_fares' is a feature view, wanted is a"
            + " feature service; has: fares");
  }

  @Test
  void a_table_that_sql_names_wrongly_is_found_in_the_sql() {
    assertError(
        "sources.yaml",
        "AS dear FROM trips",
        "AS dear FROM trisp",
        "DEFINITION_NOT_FOUND sources.yaml:26:58 there is no source or transform 'trisp'",
        "Did you mean 'trips'?");
  }

  @Test
  void transforms_in_a_circle_are_named_in_order() {
    TestProject project =
        TestProject.complete(folder)
            .file(
                "circle.yaml",
                """
                transform: a
                owner: o
                sql: SELECT place FROM b
                ---
                transform: b
                owner: o
                sql: SELECT place FROM c
                ---
                transform: c
                owner: o
                sql: SELECT place FROM a
                """);
    assertThat(project.errors())
        .isEqualTo(
            "DEFINITION_CYCLE circle.yaml:1:12 these build on each other in a circle:"
                + " a -> b -> c -> a; let one of them read something else");
  }

  @Test
  void a_transform_that_reads_itself_is_a_circle() {
    TestProject project =
        TestProject.complete(folder)
            .file("circle.yaml", "transform: a\nowner: o\nsql: SELECT place FROM a\n");
    assertThat(project.errors()).contains("in a circle: a -> a;");
  }

  @Test
  void no_yaml_is_told_with_its_place_and_the_other_files_are_read() {
    TestProject project =
        TestProject.complete(folder)
            .file("broken.yaml", "source: x\nowner: [o\ncolumns: {a: int64}\n")
            .change("learning.yaml", "trainer: xgboost", "triner: xgboost");
    assertThat(project.errors().lines())
        .anyMatch(line -> line.startsWith("DEFINITION_SYNTAX broken.yaml:3:8 this is not YAML: "))
        .anyMatch(
            line ->
                line.startsWith("DEFINITION_UNKNOWN_FIELD learning.yaml:13:1 model 'dear' has"));
  }

  @Test
  void a_colon_in_plain_text_says_to_quote_it() {
    assertError(
        "sources.yaml",
        "description: A trip that has ended.",
        "description: A trip: it has ended.",
        "DEFINITION_SYNTAX sources.yaml:9:20 this is not YAML: mapping values are not allowed here;"
            + " put text that has ': ' in it between quotes");
  }

  @Test
  void a_type_that_is_not_there_is_named_with_the_nearest() {
    assertError(
        "sources.yaml",
        "fare: float64",
        "fare: flot64",
        "DEFINITION_VALUE sources.yaml:13:9 no type is written 'flot64'",
        "Did you mean 'float64'?");
  }

  @Test
  void a_length_of_time_that_is_none_is_refused() {
    assertError(
        "features/views.yaml",
        "count() as trips over 1h, 24h",
        "count() as trips over 1h, 24hours",
        "DEFINITION_VALUE features/views.yaml:11:31 '24hours' is no length of time");
  }

  @Test
  void a_feature_line_without_a_name_points_at_where_it_should_be() {
    assertError(
        "features/views.yaml",
        "mean(fare) as fare over 24h",
        "mean(fare) over 24h",
        "DEFINITION_SYNTAX features/views.yaml:12:16 here should be 'as' and the feature's name;"
            + " write mean(delay) as delay where (distance > 0) over 1h, 3h");
  }

  @Test
  void a_feature_line_that_goes_on_is_refused() {
    assertError(
        "features/views.yaml",
        "mean(fare) as fare over 24h",
        "mean(fare) as fare over 24h every 1h",
        "DEFINITION_SYNTAX features/views.yaml:12:33 'every 1h' after the windows");
  }

  @Test
  void a_quote_that_is_not_closed_is_told() {
    assertError(
        "features/views.yaml",
        "share(dear) as dear",
        "share(place = 'A) as dear",
        "DEFINITION_SYNTAX features/views.yaml:13:19 the quote is not closed");
  }

  @Test
  void two_features_of_one_name_are_refused() {
    assertError(
        "features/views.yaml",
        "mean(fare) as fare over 24h",
        "mean(fare) as fare over 24h, 24h",
        "DEFINITION_DUPLICATE features/views.yaml:12:19 feature 'fare_24h' is there twice;"
            + " first at features/views.yaml:12:19");
  }

  @Test
  void a_name_that_is_none_is_refused() {
    assertError(
        "features/views.yaml",
        "feature_view: place_facts",
        "feature_view: Place__Facts",
        "DEFINITION_VALUE features/views.yaml:16:15 'Place__Facts' is no name; a name is lower-case"
            + " letters, digits and single underscores, such as origin_delays");
  }

  @Test
  void a_missing_file_is_named() {
    assertError(
        "sources.yaml",
        "file: data/places.csv",
        "file: data/place.csv",
        "FILE_NOT_FOUND sources.yaml:3:7 there is no file 'data/place.csv'; paths are relative to"
            + " the folder of penstock.yaml");
  }

  @Test
  void a_file_outside_of_the_project_is_refused() {
    assertError(
        "sources.yaml",
        "file: data/places.csv",
        "file: ../places.csv",
        "DEFINITION_VALUE sources.yaml:3:7 '../places.csv' is outside of the project");
  }

  @Test
  void a_dimension_needs_one_key() {
    assertError(
        "sources.yaml",
        "primary_key: code\n",
        "",
        "DEFINITION_MISSING_FIELD sources.yaml:1:1 a source with a 'file' is a dimension and has"
            + " one column as its 'primary_key'");
  }

  @Test
  void a_key_column_that_is_not_there_is_named_with_the_nearest() {
    assertError(
        "sources.yaml",
        "primary_key: code",
        "primary_key: coed",
        "COLUMN_NOT_FOUND sources.yaml:4:14 there is no column 'coed'; has: code, zone, height."
            + " Did you mean 'code'?");
  }

  @Test
  void splits_that_overlap_are_refused() {
    assertError(
        "learning.yaml",
        "test: {from: 2020-03-01",
        "test: {from: 2020-02-29",
        "DEFINITION_VALUE learning.yaml:8:3 split 'test' overlaps split 'train'");
  }

  @Test
  void a_split_that_is_not_there_is_refused() {
    assertError(
        "learning.yaml",
        "early_stopping: {split: test",
        "early_stopping: {split: tset",
        "DEFINITION_NOT_FOUND learning.yaml:16:25 there is no split of 'dear_trips' 'tset';"
            + " has: train, test. Did you mean 'test'?");
  }

  @Test
  void a_model_needs_a_trainer_or_a_command() {
    assertError(
        "learning.yaml",
        "trainer: xgboost\n",
        "",
        "DEFINITION_MISSING_FIELD learning.yaml:10:1 a model needs either a 'trainer' or a"
            + " 'command'");
  }

  @Test
  void variables_stand_in_environments_only() {
    assertError(
        "learning.yaml",
        "owner: ml@example.com\ndataset",
        "owner: ${OWNER}\ndataset",
        "DEFINITION_VALUE learning.yaml:11:8 ${OWNER} stands outside of the environments");
  }

  @Test
  void a_variable_that_is_not_set_is_named_and_not_that_of_another_environment() {
    TestProject.in(folder)
        .file(
            "penstock.yaml",
            """
            project: test
            environments:
              local: {}
              staging: {log: "${UNUSED}"}
              prod: {log: "kafka://${KAFKA}"}
            """);
    assertThatThrownBy(() -> Project.load(folder, "prod", Map.of()))
        .isInstanceOf(DefinitionErrors.class)
        .hasMessage(
            "ENVIRONMENT_VARIABLE_MISSING penstock.yaml:5:24 the environment variable KAFKA is not"
                + " set; environment 'prod' needs it");
  }

  @Test
  void an_environment_that_is_not_there_is_refused() {
    TestProject.in(folder)
        .file("penstock.yaml", "project: test\nenvironments:\n  local: {}\n  prod: {}\n");
    assertThatThrownBy(() -> Project.load(folder, "prd", Map.of()))
        .hasMessage(
            "DEFINITION_NOT_FOUND penstock.yaml:2:1 there is no environment 'prd';"
                + " has: local, prod. Did you mean 'prod'?");
  }

  @Test
  void a_setting_that_is_not_there_is_refused() {
    TestProject project =
        TestProject.in(folder)
            .file(
                "penstock.yaml", "project: test\nenvironments:\n  local: {lake: {catalogue: x}}\n");
    assertThat(project.errors())
        .startsWith(
            "DEFINITION_UNKNOWN_FIELD penstock.yaml:3:18 an environment has no setting"
                + " 'lake.catalogue'")
        .endsWith("Did you mean 'lake.catalog'?");
  }

  @Test
  void a_folder_without_project_file_is_none() {
    assertThatThrownBy(() -> Project.load(folder, "local", Map.of()))
        .hasMessageContaining("FILE_NOT_FOUND penstock.yaml the folder")
        .hasMessageContaining("penstock init makes one");
  }

  @Test
  void all_mistakes_are_told_at_once_in_the_order_of_their_places() {
    TestProject project =
        TestProject.complete(folder)
            .change("sources.yaml", "fare: float64", "fare: flot64")
            .change("sources.yaml", "transform: ended_trips", "transform: Ended")
            .change("features/views.yaml", "entity: place\nkey: {", "entity: plaze\nkey: {")
            .change("learning.yaml", "spine: trips", "spin: trips");
    DefinitionErrors errors = catchThrowableOfType(DefinitionErrors.class, project::load);
    assertThat(errors.errors())
        .extracting(error -> error.code() + " " + error.place())
        .containsExactly(
            "DEFINITION_NOT_FOUND features/views.yaml:8:9",
            "DEFINITION_NOT_FOUND features/views.yaml:18:9",
            "DEFINITION_MISSING_FIELD learning.yaml:1:1",
            "DEFINITION_UNKNOWN_FIELD learning.yaml:3:1",
            "DEFINITION_VALUE sources.yaml:13:9",
            "DEFINITION_VALUE sources.yaml:24:12");
  }

  private void assertError(String file, String from, String to, String... parts) {
    String errors = TestProject.complete(folder).change(file, from, to).errors();
    assertThat(errors).contains(parts);
  }
}
