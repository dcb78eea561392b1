package dev.penstock.platform.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Fingerprint;
import dev.penstock.platform.ShopProject;
import dev.penstock.platform.definition.Project;
import dev.penstock.platform.definition.TestProject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change changes, and what it leaves alone. */
class FingerprintTest {
  @TempDir Path folder;

  @Test
  void the_same_project_in_another_folder_has_the_same_fingerprints() {
    Map<String, Fingerprint> first = prints(TestProject.complete(folder.resolve("a")));
    assertThat(prints(TestProject.complete(folder.resolve("b")))).isEqualTo(first);
  }

  @Test
  void comments_owners_descriptions_tags_and_spelling_change_nothing() {
    assertThat(
            changed(
                project ->
                    project
                        .change("sources.yaml", "source: trips", "# new\nsource: trips")
                        .change("sources.yaml", "A trip that has ended.", "Another text.")
                        .change(
                            "sources.yaml",
                            "transform: ended_trips\nowner: data@example.com",
                            "transform: ended_trips\nowner: somebody\ntags: [x]")
                        .change(
                            "sources.yaml", "fare BETWEEN 0 AND 1000", "fare between 0   and 1000")
                        .change("features/views.yaml", "over 1h, 24h", "over 60m, 1d")
                        .change(
                            "features/views.yaml",
                            "count() as trips over 60m, 1d",
                            "count( ) as trips over 1h,24h")))
        .isEmpty();
  }

  @Test
  void the_order_of_keys_and_features_changes_nothing() {
    assertThat(
            changed(
                project ->
                    project
                        .change(
                            "features/views.yaml",
                            "entity: place\nsource: ended_trips\nwhere: minutes > 0\n",
                            "where: minutes > 0\nsource: ended_trips\nentity: place\n")
                        .change(
                            "features/views.yaml",
                            "  - mean(fare) as fare over 24h\n"
                                + "  - share(dear) as dear where (fare > 1) over 7d\n",
                            "  - share(dear) as dear where (fare > 1) over 7d\n"
                                + "  - mean(fare) as fare over 24h\n")
                        .change(
                            "learning.yaml",
                            "{max_depth: 3, rounds: 10}",
                            "{rounds: 10, max_depth: 3}")))
        .isEmpty();
  }

  @Test
  void a_where_changes_its_view_and_all_that_builds_on_it() {
    assertThat(
            changed(
                project ->
                    project.change(
                        "features/views.yaml", "where: minutes > 0", "where: minutes > 1")))
        .containsExactly("dear", "dear_trips", "fares", "fares_drift", "place_fares");
  }

  @Test
  void a_computed_column_changes_everything_downstream_but_not_its_dimension() {
    assertThat(
            changed(
                project ->
                    project.change(
                        "sources.yaml",
                        "event_time: plus_minutes(started, minutes)",
                        "event_time: plus_minutes(started, minutes + 1)")))
        .contains("trips", "ended_trips", "place_fares", "dear")
        .doesNotContain("places", "place_facts", "place", "request");
  }

  @Test
  void what_only_says_how_a_source_is_kept_changes_no_fingerprint() {
    assertThat(
            changed(
                project ->
                    project
                        .change("sources.yaml", "- row_count >= 1", "- row_count >= 2")
                        .change(
                            "sources.yaml",
                            "event_time: plus",
                            "remember_ids: 3d\nevent_time: plus")))
        .isEmpty();
  }

  @Test
  void a_rule_decides_which_rows_there_are_and_changes_what_builds_on_them() {
    assertThat(
            changed(
                project ->
                    project.change("sources.yaml", "BETWEEN 0 AND 1000", "BETWEEN 0 AND 999")))
        .contains("trips", "ended_trips", "place_fares", "dear");
  }

  @Test
  void a_lookup_changes_with_the_column_it_reads_and_no_other() {
    assertThat(
            changed(
                project ->
                    project.file(
                        "data/places.csv",
                        "code,zone,height\nA,Europe/Berlin,99.0\nB,Asia/Tokyo,40.5\n")))
        .contains("place_facts", "fares")
        .doesNotContain("places", "trips", "place_fares");
    assertThat(
            changed(
                project ->
                    project.file(
                        "data/places.csv",
                        "code,zone,height\nA,Europe/Paris,34.0\nB,Asia/Tokyo,40.5\n")))
        .contains("trips", "place_fares", "place_facts")
        .doesNotContain("places");
  }

  @Test
  void a_promotion_rule_changes_no_fingerprint() {
    assertThat(
            changed(
                project ->
                    project.change(
                        "learning.yaml", "{metric: auc}", "{metric: auc, confidence: 0.99}")))
        .isEmpty();
  }

  @Test
  void a_feature_keeps_its_fingerprint_when_another_changes() {
    CompiledView before = CompiledTest.compile(TestProject.complete(folder)).view("place_fares");
    CompiledView after =
        CompiledTest.compile(
                TestProject.complete(folder)
                    .change("features/views.yaml", "mean(fare) as fare", "max(fare) as fare"))
            .view("place_fares");
    Map<String, Fingerprint> now = after.featureFingerprints();
    before
        .featureFingerprints()
        .forEach(
            (name, print) -> {
              if (name.equals("fare_24h")) {
                assertThat(now.get(name)).isNotEqualTo(print);
              } else {
                assertThat(now.get(name)).isEqualTo(print);
              }
            });
  }

  @Test
  void secrets_are_in_no_fingerprint_and_no_text() {
    TestProject project =
        TestProject.complete(folder)
            .file(
                "penstock.yaml",
                "project: test\nenvironments:\n  local: {}\n  prod: {log: \"${SECRET}\"}\n");
    Project prod = Project.load(folder, "prod", Map.of("SECRET", "hush-hush"));
    Compiled compiled = CompiledTest.compile(prod);
    assertThat(compiled.manifest().toString()).doesNotContain("hush-hush");
    assertThat(compiled.toString()).doesNotContain("hush-hush");
    assertThat(prints(compiled)).isEqualTo(prints(CompiledTest.compile(project.load())));
  }

  @Test
  void a_canonical_text_says_what_differs() {
    String before = text(project -> project);
    String after =
        text(
            project ->
                project
                    .change("features/views.yaml", "where: minutes > 0", "where: minutes > 1")
                    .change(
                        "features/views.yaml",
                        "mean(fare) as fare over 24h",
                        "max(fare) as highest over 24h")
                    .change(
                        "features/views.yaml", "place_fares__fare_24h", "place_fares__highest_24h")
                    .change("sources.yaml", "fare > 50", "fare > 60"));
    CanonicalDifference difference = CanonicalDifference.between(before, after);
    assertThat(difference.meaning())
        .containsExactly(
            "feature fare_24h removed: mean(fare) over 1d",
            "feature highest_24h added: max(fare) over 1d",
            "where: minutes > 0 → minutes > 1");
    assertThat(difference.upstream()).containsExactly("ended_trips");
    assertThat(difference.semantics())
        .containsExactly("aggregate max added", "aggregate mean removed");
    assertThat(CanonicalDifference.between(before, before).isEmpty()).isTrue();
  }

  @Test
  void how_rows_change_is_of_the_meaning_of_all_that_is_made_of_them() {
    Map<String, Fingerprint> before = prints(ShopProject.write(folder));
    Map<String, Fingerprint> spelled = prints(changing("{puts: [u, r, c], operation: op}"));
    Map<String, Fingerprint> after = prints(changing("{operation: op, deletes: [d, t]}"));
    assertThat(spelled).isEqualTo(before);
    assertThat(after.keySet())
        .filteredOn(name -> !after.get(name).equals(before.get(name)))
        .containsExactlyInAnyOrder("orders", "large_orders", "turnover", "large", "shops");
    assertThat(prints(changing("upserts")).get("orders"))
        .isNotIn(before.get("orders"), after.get("orders"));
  }

  private TestProject changing(String changes) {
    return ShopProject.write(folder).change("shop.yaml", "{operation: op}", changes);
  }

  private String text(UnaryOperator<TestProject> change) {
    return CompiledTest.compile(change.apply(TestProject.complete(folder)))
        .canonical()
        .get("place_fares")
        .text();
  }

  private Set<String> changed(UnaryOperator<TestProject> change) {
    Map<String, Fingerprint> before = prints(TestProject.complete(folder));
    Map<String, Fingerprint> after = prints(change.apply(TestProject.complete(folder)));
    Set<String> changed = new TreeSet<>();
    after.forEach(
        (name, print) -> {
          if (!print.equals(before.get(name))) {
            changed.add(name);
          }
        });
    return changed;
  }

  private static Map<String, Fingerprint> prints(TestProject project) {
    return prints(CompiledTest.compile(project));
  }

  private static Map<String, Fingerprint> prints(Compiled compiled) {
    Map<String, Fingerprint> prints = new LinkedHashMap<>();
    compiled.canonical().forEach((name, canonical) -> prints.put(name, canonical.fingerprint()));
    return prints;
  }
}
