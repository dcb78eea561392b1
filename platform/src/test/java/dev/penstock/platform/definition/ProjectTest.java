package dev.penstock.platform.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Place;
import dev.penstock.data.Span;
import dev.penstock.platform.definition.FeatureServiceDefinition.ViewLine;
import dev.penstock.platform.definition.SourceDefinition.Seen;
import dev.penstock.quality.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
  @TempDir Path folder;

  @Test
  void every_kind_is_read() {
    Project project = TestProject.complete(folder).load();
    assertThat(project.name()).isEqualTo("test");
    assertThat(project.definitions().stream().map(Definition::kind).distinct())
        .containsExactlyInAnyOrder(Kind.values());
    assertThat(project.definitions(FeatureViewDefinition.class)).hasSize(2);
  }

  @Test
  void a_source_has_its_contract() {
    SourceDefinition trips =
        TestProject.complete(folder).load().require(SourceDefinition.class, "trips");
    assertThat(trips.contract().toString())
        .isEqualTo(
            "(at local_timestamp not null, place string not null, fare float64, minutes int64)");
    assertThat(trips.about().owner()).isEqualTo("data@example.com");
    assertThat(trips.about().description()).isEqualTo("A trip that has ended.");
    assertThat(trips.about().sourceText()).startsWith("source: trips\n").endsWith("> 2\n");
    assertThat(trips.place()).isEqualTo(new Place("sources.yaml", 7, 9));
    assertThat(trips.seen()).isEqualTo(new Seen.Lag(new Span(0)));
    assertThat(trips.isDimension()).isFalse();
    assertThat(trips.checks()).hasSize(2);
    assertThat(trips.checks().get(0).bound().holds(1)).isTrue();
    assertThat(trips.checks().get(0).bound().holds(0.5)).isFalse();
    assertThat(trips.checks().get(1).severity()).isEqualTo(Severity.WARN);
    assertThat(trips.checks().get(1).bound().holds(2)).isFalse();
  }

  @Test
  void a_feature_line_makes_a_feature_for_each_window() {
    FeatureViewDefinition view =
        TestProject.complete(folder).load().require(FeatureViewDefinition.class, "place_fares");
    FeatureLine share = view.features().get(2);
    assertThat(share.function()).isEqualTo(new Written("share", at("features/views.yaml", 13, 5)));
    assertThat(share.arguments())
        .containsExactly(new Written("dear", at("features/views.yaml", 13, 11)));
    assertThat(share.where()).isEqualTo(new Written("fare > 1", at("features/views.yaml", 13, 32)));
    assertThat(share.featureNames()).containsExactly("dear_7d");
    assertThat(view.features().get(0).featureNames()).containsExactly("trips_1h", "trips_24h");
    assertThat(view.features().get(3).arguments())
        .extracting(Written::text)
        .containsExactly("fare", "0.9");
  }

  @Test
  void a_service_line_has_an_alias_and_keys() {
    FeatureServiceDefinition service =
        TestProject.complete(folder).load().require(FeatureServiceDefinition.class, "fares");
    ViewLine facts = service.views().get(1);
    assertThat(facts.view().text()).isEqualTo("place_facts");
    assertThat(facts.prefix()).isEqualTo("facts");
    assertThat(facts.with())
        .extracting(key -> key.key() + "=" + key.column())
        .containsExactly("place=place");
    assertThat(service.views().get(0).prefix()).isEqualTo("place_fares");
  }

  @Test
  void keys_in_braces_are_the_same() {
    TestProject project = TestProject.complete(folder);
    for (String line :
        List.of(
            "place_facts as facts with {place: place}",
            "\"place_facts as facts with {place: place}\"",
            "place_facts as facts with place=place")) {
      project.change("features/views.yaml", "place_facts as facts with place = place", line);
      ViewLine facts =
          project.load().require(FeatureServiceDefinition.class, "fares").views().get(1);
      assertThat(facts.with())
          .extracting(key -> key.key() + "=" + key.column())
          .containsExactly("place=place");
      project.change("features/views.yaml", line, "place_facts as facts with place = place");
    }
  }

  @Test
  void splits_are_half_open_and_cut_at_their_end() {
    DatasetDefinition dataset =
        TestProject.complete(folder).load().require(DatasetDefinition.class, "dear_trips");
    assertThat(dataset.label().join()).isEmpty();
    assertThat(dataset.splits().get(0).toMicros()).isEqualTo(micros("2020-03-01T00:00:00Z"));
    assertThat(dataset.splits().get(0).cutMicros()).isEqualTo(micros("2020-03-01T00:00:00Z"));
    assertThat(dataset.splits().get(1).cutMicros()).isEqualTo(micros("2020-04-02T00:00:00Z"));
  }

  @Test
  void definitions_come_after_what_they_build_on() {
    List<String> names =
        TestProject.complete(folder).load().definitions().stream().map(Definition::name).toList();
    assertThat(names)
        .containsSubsequence("places", "trips", "ended_trips", "place_fares", "fares")
        .containsSubsequence("fares", "dear_trips", "dear", "fares_drift");
  }

  @Test
  void the_graph_knows_near_and_far() {
    AssetGraph graph = TestProject.complete(folder).load().graph();
    assertThat(graph.dependencies("trips")).containsExactly("places");
    assertThat(graph.dependents("places")).containsExactly("place_facts", "trips");
    assertThat(graph.upstream("place_fares"))
        .extracting(Definition::name)
        .containsExactly("place", "places", "trips", "ended_trips");
    assertThat(graph.downstream("ended_trips"))
        .extracting(Definition::name)
        .contains("place_fares", "fares", "dear_trips", "dear", "fares_drift")
        .doesNotContain("place_facts", "trips");
  }

  @Test
  void sql_of_a_file_has_its_place_there() {
    TestProject project =
        TestProject.complete(folder)
            .file("sql/ended.sql", "SELECT place FROM trips")
            .change(
                "sources.yaml",
                "sql: SELECT place, fare, minutes, fare > 50 AS dear FROM trips",
                "file: sql/ended.sql");
    TransformDefinition transform =
        project.load().require(TransformDefinition.class, "ended_trips");
    assertThat(transform.query().place()).isEqualTo(at("sql/ended.sql", 1, 1));
  }

  @Test
  void hidden_folders_and_data_are_not_read() {
    TestProject project =
        TestProject.complete(folder)
            .file(".penstock/x.yaml", "nonsense: 1")
            .file("data/more/x.yaml", "nonsense: 1")
            .file("features/.hidden.yaml", "nonsense: 1");
    assertThat(project.errors()).isEmpty();
    project.file("features/data/x.yaml", "nonsense: 1");
    assertThat(project.errors()).contains("features/data/x.yaml:1:1");
  }

  private static final String HUSHED_CATALOG =
      "postgres://shop:hushed-catalog%3F+@db.example.com:6432/lake?sslmode=require";

  @Test
  void an_environment_takes_secrets_from_its_variables() {
    TestProject.in(folder)
        .file(
            "penstock.yaml",
            """
            project: test
            environments:
              local: {}
              prod:
                lake: {catalog: "${CATALOG}", warehouse: s3://bucket/x}
                online: "redis://:${PASSWORD}@host"
            """);
    Project prod =
        Project.load(folder, "prod", Map.of("CATALOG", HUSHED_CATALOG, "PASSWORD", "hush-hush"));
    assertThat(prod.environment().setting("lake.catalog")).contains(HUSHED_CATALOG);
    assertThat(prod.environment().setting("online")).contains("redis://:hush-hush@host");
    assertThatThrownBy(() -> prod.environment().requireSupported())
        .hasMessageContaining("sets lake.warehouse, online,")
        .hasMessageNotContaining("hush");
    assertThat(prod.toString()).doesNotContain("hush-hush").doesNotContain("hushed-catalog");
    assertThat(prod.environment().catalog())
        .hasValueSatisfying(
            catalog -> {
              assertThat(catalog).hasToString("db.example.com:6432/lake");
              assertThat(catalog.url()).isEqualTo("jdbc:postgresql://db.example.com:6432/lake");
              assertThat(catalog.settings())
                  .containsEntry("user", "shop")
                  .containsEntry("password", "hushed-catalog?+")
                  .containsEntry("sslmode", "require");
            });
  }

  @Test
  void a_user_and_a_password_beside_the_address_are_taken_as_they_are() {
    TestProject.in(folder)
        .file(
            "penstock.yaml",
            """
            project: test
            environments:
              prod:
                lake: {catalog: "postgresql://x:y@db/lake", user: shop, password: "${PASSWORD}"}
              lost:
                lake: {password: "${PASSWORD}"}
            """);
    Map<String, String> variables = Map.of("PASSWORD", "a%20&b#@");
    Project prod = Project.load(folder, "prod", variables);
    prod.environment().requireSupported();
    assertThat(prod.environment().catalog())
        .hasValueSatisfying(
            catalog ->
                assertThat(catalog.settings())
                    .containsEntry("user", "shop")
                    .containsEntry("password", "a%20&b#@"));
    assertThatThrownBy(
            () -> Project.load(folder, "lost", variables).environment().requireSupported())
        .hasMessageContaining("sets lake.password,");
  }

  @Test
  void an_address_of_a_catalog_that_is_none_is_not_shown() {
    TestProject.in(folder)
        .file(
            "penstock.yaml",
            """
            project: test
            environments:
              prod:
                lake: {catalog: "${CATALOG}"}
            """);
    for (String wrong :
        List.of(
            "hush-hush",
            "jdbc:mysql://u:hush-hush@db/lake",
            "postgresql://u:hush-hush%@db/lake",
            "postgresql://u:hush-hush@db",
            "postgresql://u@db/lake?password=hush#hush",
            "jdbc:postgresql:hush-hush")) {
      assertThatThrownBy(() -> Project.load(folder, "prod", Map.of("CATALOG", wrong)))
          .as(wrong)
          .hasMessageContaining("DEFINITION_VALUE penstock.yaml:4:22 'lake.catalog' is no address")
          .hasMessageNotContaining("hush");
    }
    Project.load(folder, "local", Map.of()).environment().requireSupported();
  }

  @Test
  void an_environment_says_when_the_log_is_flushed() {
    TestProject.in(folder)
        .file(
            "penstock.yaml",
            """
            project: test
            environments:
              local: {}
              eager:
                flush: {rows: "${ROWS}", seconds: 2}
            """);
    Project eager = Project.load(folder, "eager", Map.of("ROWS", "500"));
    assertThat(eager.environment().flush())
        .isEqualTo(new FlushSettings(500, Duration.ofSeconds(2)));
    eager.environment().requireSupported();
    assertThat(Project.load(folder, "local", Map.of()).environment().flush())
        .isEqualTo(FlushSettings.DEFAULT);
  }

  @Test
  void a_missing_definition_is_named_with_what_there_is() {
    Project project = TestProject.complete(folder).load();
    assertThatThrownBy(() -> project.require(SourceDefinition.class, "tripss"))
        .hasMessageContaining("DEFINITION_NOT_FOUND")
        .hasMessageContaining("Did you mean 'trips'?");
    assertThatThrownBy(() -> project.require(ModelDefinition.class, "trips"))
        .isInstanceOfSatisfying(
            dev.penstock.data.PenstockException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION_NOT_FOUND));
  }

  private static Place at(String file, int line, int column) {
    return new Place(file, line, column);
  }

  private static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }
}
