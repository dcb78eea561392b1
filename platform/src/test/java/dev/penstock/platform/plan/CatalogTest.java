package dev.penstock.platform.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Answer.Fact;
import dev.penstock.platform.command.Answer.Facts;
import dev.penstock.platform.command.Answer.Note;
import dev.penstock.platform.command.Answer.Table;
import dev.penstock.platform.compiled.CompiledTest;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.registry.IngestedFile;
import dev.penstock.platform.registry.Registry;
import dev.penstock.quality.Profile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
  @TempDir Path folder;
  private Registry registry;
  private Catalog catalog;

  @BeforeEach
  void open() {
    registry = Registry.open(folder.resolve("registry.db"));
    catalog =
        new Catalog(
            CompiledTest.compile(TestProject.complete(folder.resolve("p"))).manifest(), registry);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void a_list_has_all_or_one_kind() {
    assertThat(table(catalog.list(null)).rows()).hasSize(11);
    assertThat(table(catalog.list("feature_view")).rows()).hasSize(2);
    assertThat(table(catalog.list("feature-view")).rows()).hasSize(2);
    assertThatThrownBy(() -> catalog.list("feature"))
        .hasMessageContaining("USAGE 'feature' is no kind of definition");
  }

  @Test
  void a_search_finds_names_before_texts() {
    List<List<Object>> rows = table(catalog.search("fare")).rows();
    assertThat(rows)
        .extracting(row -> row.get(1))
        .startsWith("fares", "fares_drift", "place_fares")
        .contains("place_fares:fare_24h", "place_fares:fare_p90_24h");
    assertThat(table(catalog.search("ENDED trip")).rows())
        .extracting(row -> row.get(1))
        .containsExactlyInAnyOrder("ended_trips", "trips");
    assertThat(((Note) catalog.search("zeppelin").parts().get(0)).text())
        .startsWith("Nothing has 'zeppelin' in it.");
  }

  @Test
  void a_view_shows_how_it_is_computed_and_what_it_builds_on() {
    Answer answer = catalog.show("place_fares");
    assertThat(facts(answer))
        .containsEntry("owner", "ml@example.com")
        .containsEntry("applied", "not yet")
        .containsEntry("builds on", "place, places, trips, ended_trips")
        .containsEntry("used by", "fares, dear_trips, dear, fares_drift");
    assertThat(table(answer).rows()).contains(List.of("fare_24h", "float64", "mean(fare) over 1d"));
    assertThat(((Note) answer.parts().get(2)).text()).startsWith("feature_view: place_fares");
  }

  @Test
  void a_feature_can_be_shown_by_itself() {
    assertThat(facts(catalog.show("place_fares:dear_7d")))
        .containsEntry("how", "share(dear) where fare > 1 over 1w")
        .containsEntry("type", "float64")
        .containsKey("fingerprint");
    assertThatThrownBy(() -> catalog.show("place_fares:dear_8d"))
        .hasMessageContaining("NOT_FOUND there is no feature of place_fares 'dear_8d'")
        .hasMessageContaining("Did you mean 'dear_7d'?");
    assertThatThrownBy(() -> catalog.show("place_fare"))
        .hasMessageContaining("Did you mean 'place_fares'?");
  }

  @Test
  void what_is_applied_says_when() {
    Plan plan =
        Planner.plan(
            CompiledTest.compile(TestProject.complete(folder.resolve("p"))).manifest(), registry);
    Apply.definitions(plan, registry, "someone", 5);
    assertThat(facts(catalog.show("trips")))
        .containsEntry("applied", 5L)
        .doesNotContainKey("state");
  }

  @Test
  void a_column_is_profiled_over_the_files_that_have_it_as_the_newest_has() {
    file("first", 1, profile(Field.of("fare", Scalar.INT64), 7L));
    file("second", 2, profile(Field.of("fare", Scalar.FLOAT64), 1.0, null));
    file("third", 3, profile(Field.of("minutes", Scalar.INT64), 5L));
    file("fourth", 4, profile(Field.of("fare", Scalar.FLOAT64), 3.0, 4.0));
    file("fifth", 5, profile(Field.of("gone", Scalar.FLOAT64), 3.0));
    Answer answer = catalog.show("trips");
    assertThat(TapsProject.table(answer, "profile"))
        .containsExactly(
            Arrays.asList("fare", "float64", 4L, 0.25, 0.0, 1.0, 4.0, 8.0 / 3, 3),
            Arrays.asList("minutes", "int64", 1L, 0.0, null, 5L, 5L, 5.0, 1));
    assertThat(facts(answer)).doesNotContainKey("profile");
  }

  @Test
  void files_without_a_profile_are_counted() {
    file("first", 1, profile(Field.of("fare", Scalar.INT64), 7L));
    file("second", 2, null);
    assertThat(facts(catalog.show("trips")))
        .containsEntry("profile", "of 1 of 2 files; no profile was kept of the others");
  }

  @Test
  void more_values_than_are_counted_are_many() {
    Object[] values = LongStream.range(0, 1_001).boxed().toArray();
    file("first", 1, profile(Field.of("minutes", Scalar.INT64), values));
    assertThat(TapsProject.table(catalog.show("trips"), "profile"))
        .containsExactly(
            Arrays.asList("minutes", "int64", 1_001L, 0.0, null, 0L, 1_000L, 500.0, "many"));
  }

  private void file(String name, long atMicros, @Nullable String profile) {
    Fingerprint content = Fingerprint.of(List.of(name));
    registry.files().put(new IngestedFile("trips", content, name, true, null, 1, 0, 0, atMicros));
    if (profile != null) {
      registry.files().keepProfile("trips", content, profile);
    }
  }

  private static String profile(Field field, Object... values) {
    ColumnBuilder column = ColumnBuilder.of(field.type(), values.length);
    for (Object value : values) {
      column.append(value);
    }
    Schema schema = Schema.of(field);
    return Profile.builder(schema).add(new Batch(schema, List.of(column.build()))).build().toJson();
  }

  @Test
  void a_plan_reads_as_a_table() {
    Plan plan =
        Planner.plan(
            CompiledTest.compile(TestProject.complete(folder.resolve("p"))).manifest(), registry);
    Answer answer = PlanAnswer.of(plan);
    assertThat(((Note) answer.parts().get(0)).text())
        .isEqualTo("Project test: 11 new, 1 to pin, 0 unchanged.");
    assertThat(table(answer).rows()).hasSize(11);
    Apply.definitions(plan, registry, "someone", 5);
  }

  private static Table table(Answer answer) {
    return (Table)
        answer.parts().stream().filter(Table.class::isInstance).findFirst().orElseThrow();
  }

  private static Map<String, Object> facts(Answer answer) {
    Map<String, Object> facts = new LinkedHashMap<>();
    Facts found =
        (Facts) answer.parts().stream().filter(Facts.class::isInstance).findFirst().orElseThrow();
    for (Fact fact : found.facts()) {
      facts.put(fact.name(), fact.value());
    }
    return facts;
  }
}
