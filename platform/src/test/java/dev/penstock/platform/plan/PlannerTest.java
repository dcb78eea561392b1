package dev.penstock.platform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.compiled.CompiledTest;
import dev.penstock.platform.compiled.Manifest;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.plan.Plan.Action;
import dev.penstock.platform.plan.Plan.Change;
import dev.penstock.platform.registry.DatasetVersion;
import dev.penstock.platform.registry.ModelVersion;
import dev.penstock.platform.registry.ModelVersion.Stage;
import dev.penstock.platform.registry.Pin;
import dev.penstock.platform.registry.Registry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
  @TempDir Path folder;
  private TestProject project;
  private Registry registry;

  @BeforeEach
  void open() {
    project = TestProject.complete(folder);
    registry = Registry.open(folder.resolve(".penstock/registry.db"));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void everything_is_new_at_first_and_nothing_after_apply() {
    Plan first = plan();
    assertThat(first.changes()).allMatch(change -> change.action() == Action.NEW).hasSize(11);
    assertThat(first.pins()).extracting(Plan.PinChange::dimension).containsExactly("places");
    apply(first);
    Plan second = plan();
    assertThat(second.isEmpty()).isTrue();
    assertThat(second.unchanged()).isEqualTo(11);
    assertThat(registry.audit().last())
        .get()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("apply");
              assertThat(entry.evidence())
                  .contains("\"name\":\"place_fares\"", "\"action\":\"new\"");
            });
  }

  @Test
  void applying_nothing_writes_nothing() {
    apply(plan());
    apply(plan());
    assertThat(registry.audit().latest(10)).hasSize(1);
    assertThat(registry.definitions().history("trips")).hasSize(1);
  }

  @Test
  void a_change_says_what_and_all_that_builds_on_it_is_stale() {
    apply(plan());
    project.change("features/views.yaml", "where: minutes > 0", "where: minutes > 5");
    Plan plan = plan();
    assertThat(plan.changes())
        .extracting(Change::name)
        .containsExactly("place_fares", "fares", "dear_trips", "dear", "fares_drift");
    assertThat(plan.changes(Action.CHANGED))
        .extracting(Change::why)
        .containsExactly(List.of("where: minutes > 0 → minutes > 5"));
    assertThat(why(plan, "fares")).containsExactly("builds on place_fares, which changed");
    assertThat(plan.changes(Action.STALE)).hasSize(4);
    assertThat(plan.unchanged()).isEqualTo(6);
    apply(plan);
    assertThat(plan().isEmpty()).isTrue();
  }

  @Test
  void an_owner_is_described_and_nothing_is_stale() {
    apply(plan());
    project.change("sources.yaml", "A trip that has ended.", "A trip that has come to its end.");
    Plan plan = plan();
    assertThat(plan.changes()).hasSize(1);
    assertThat(plan.changes().get(0).action()).isEqualTo(Action.DESCRIBED);
    assertThat(why(plan, "trips")).containsExactly("description");
    apply(plan);
    assertThat(plan().isEmpty()).isTrue();
  }

  @Test
  void checks_of_a_file_change_their_source_and_make_nothing_stale() {
    apply(plan());
    project.change("sources.yaml", "- row_count >= 1", "- row_count >= 5");
    Plan plan = plan();
    assertThat(plan.changes()).extracting(Change::name).containsExactly("trips");
    assertThat(plan.changes().get(0).action()).isEqualTo(Action.CHANGED);
    assertThat(plan.changes().get(0).before()).isEqualTo(plan.changes().get(0).after());
  }

  @Test
  void new_content_of_a_dimension_is_pinned_and_what_looks_it_up_is_stale() {
    apply(plan());
    project.file("data/places.csv", "code,zone,height\nA,Europe/Paris,34.0\nB,Asia/Tokyo,40.5\n");
    Plan plan = plan();
    assertThat(plan.pins()).extracting(Plan.PinChange::dimension).containsExactly("places");
    assertThat(plan.pins().get(0).before()).isNotNull();
    assertThat(why(plan, "trips")).first().asString().startsWith("content of lookup places");
    assertThat(plan.changes(Action.CHANGED)).isEmpty();
    assertThat(plan.changes(Action.STALE))
        .extracting(Change::name)
        .contains("trips", "ended_trips", "place_fares", "dear", "place_facts")
        .doesNotContain("places");
    apply(plan);
    assertThat(plan().isEmpty()).isTrue();
  }

  @Test
  void a_removed_definition_says_what_is_kept_and_how_to_undo() {
    apply(plan());
    project
        .change("learning.yaml", "monitor: fares_drift\nowner: ml@example.com\nof: dear\n", "{}")
        .change("learning.yaml", "---\n{}", "");
    Plan plan = plan();
    assertThat(plan.changes(Action.REMOVED))
        .extracting(Change::name)
        .containsExactly("fares_drift");
    assertThat(why(plan, "fares_drift"))
        .containsExactly(
            "it has nothing of its own to keep",
            "to undo, put the definition back and apply; penstock catalog show has its text");
    apply(plan);
    assertThat(registry.definitions().current("fares_drift")).isEmpty();
    assertThat(registry.definitions().history("fares_drift")).hasSize(1);
  }

  @Test
  void a_renamed_definition_is_recognised() {
    apply(plan());
    project.change("learning.yaml", "monitor: fares_drift", "monitor: drift_of_fares");
    Plan plan = plan();
    assertThat(why(plan, "drift_of_fares"))
        .containsExactly("says what 'fares_drift' said; what that one made is not taken over");
    assertThat(plan.changes(Action.REMOVED)).hasSize(1);
  }

  @Test
  void a_name_that_changes_its_kind_says_so() {
    apply(plan());
    project
        .change("learning.yaml", "monitor: fares_drift", "monitor: other")
        .file("more.yaml", "entity: fares_drift\nowner: o\nkeys: {k: string}\n");
    assertThat(why(plan(), "fares_drift")).containsExactly("was a monitor, is an entity");
  }

  @Test
  void versions_made_by_older_definitions_are_outdated() {
    Manifest manifest = manifest();
    apply(plan());
    registry
        .datasets()
        .add(
            new DatasetVersion(
                "v1",
                "dear_trips",
                manifest.find("dear_trips").orElseThrow().fingerprint(),
                "{}",
                "{}",
                "t",
                1));
    registry
        .models()
        .add(
            new ModelVersion(
                "dear",
                1,
                manifest.find("dear").orElseThrow().fingerprint(),
                "v1",
                Stage.CHAMPION,
                "{}",
                "{}",
                "x",
                2));
    assertThat(plan().outdated()).isEmpty();
    project.change("learning.yaml", "max_depth: 3", "max_depth: 4");
    assertThat(plan().outdated()).extracting(Plan.Outdated::name).containsExactly("dear");
    project.change("features/views.yaml", "where: minutes > 0", "where: minutes > 5");
    assertThat(plan().outdated())
        .extracting(Plan.Outdated::name)
        .containsExactly("dear_trips", "dear");
  }

  private static List<String> why(Plan plan, String name) {
    return plan.changes().stream()
        .filter(change -> change.name().equals(name))
        .findFirst()
        .orElseThrow()
        .why();
  }

  private Manifest manifest() {
    return CompiledTest.compile(project).manifest();
  }

  private Plan plan() {
    return Planner.plan(manifest(), registry);
  }

  private void apply(Plan plan) {
    registry.transaction(
        () -> {
          plan.pins()
              .forEach(pin -> registry.pins().put(new Pin(pin.dimension(), pin.after(), 1, 5)));
          Apply.definitions(plan, registry, "someone", 5);
        });
  }
}
