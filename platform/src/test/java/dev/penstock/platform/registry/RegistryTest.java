package dev.penstock.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.definition.Kind;
import dev.penstock.platform.registry.ModelVersion.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
  @TempDir Path folder;
  private Registry registry;

  @BeforeEach
  void open() {
    registry = Registry.open(folder.resolve("state/registry.db"));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void the_latest_applied_definition_is_the_current_one() {
    registry.definitions().apply(definition("a", "1", 10));
    registry.definitions().apply(definition("b", "1", 11));
    registry.definitions().apply(definition("a", "2", 12));
    assertThat(registry.definitions().current())
        .extracting(AppliedDefinition::name, AppliedDefinition::appliedMicros)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 12L),
            org.assertj.core.groups.Tuple.tuple("b", 11L));
    assertThat(registry.definitions().current("a")).contains(definition("a", "2", 12));
    assertThat(registry.definitions().history("a")).hasSize(2);
  }

  @Test
  void a_retired_definition_keeps_its_history_and_can_come_back() {
    registry.definitions().apply(definition("a", "1", 10));
    registry.definitions().retire("a", 20);
    assertThat(registry.definitions().current()).isEmpty();
    assertThat(registry.definitions().history("a")).hasSize(1);
    registry.definitions().apply(definition("a", "1", 30));
    assertThat(registry.definitions().current("a")).isPresent();
  }

  @Test
  void what_is_written_is_there_after_opening_again() {
    registry.definitions().apply(definition("a", "1", 10));
    registry.pins().put(new Pin("airports", print("x"), 7, 1));
    registry.close();
    open();
    assertThat(registry.definitions().current("a")).contains(definition("a", "1", 10));
    assertThat(registry.pins().of("airports")).contains(new Pin("airports", print("x"), 7, 1));
  }

  @Test
  void a_pin_replaces_the_one_before() {
    registry.pins().put(new Pin("airports", print("x"), 7, 1));
    registry.pins().put(new Pin("airports", print("y"), 8, 2));
    assertThat(registry.pins().all()).containsExactly(new Pin("airports", print("y"), 8, 2));
    registry.pins().remove("airports");
    assertThat(registry.pins().all()).isEmpty();
  }

  @Test
  void a_transaction_that_fails_leaves_nothing() {
    assertThatThrownBy(
            () ->
                registry.transaction(
                    () -> {
                      registry.definitions().apply(definition("a", "1", 10));
                      registry.audit().append(10, "me", "apply", "a", "{}");
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat(registry.definitions().current()).isEmpty();
    assertThat(registry.audit().last()).isEmpty();
    registry.transaction(() -> registry.definitions().apply(definition("a", "1", 10)));
    assertThat(registry.definitions().current()).hasSize(1);
  }

  @Test
  void a_run_that_was_interrupted_stays_open_with_its_steps() {
    long run = registry.runs().start("run", 1);
    registry.runs().startStep(run, "dataset flight_delays", "v1", 2);
    registry.runs().finishStep(run, "dataset flight_delays", WorkState.DONE, "{\"rows\":3}", 3);
    registry.runs().startStep(run, "model late", "v2", 4);
    registry.close();
    open();
    assertThat(registry.runs().open()).extracting(Run::id).containsExactly(run);
    assertThat(registry.runs().steps(run))
        .extracting(RunStep::state)
        .containsExactly(WorkState.DONE, WorkState.RUNNING);
    assertThat(registry.runs().done("dataset flight_delays", "v1"))
        .isPresent()
        .get()
        .extracting(RunStep::result)
        .isEqualTo("{\"rows\":3}");
    assertThat(registry.runs().done("dataset flight_delays", "v2")).isEmpty();
    assertThat(registry.runs().done("model late", "v2")).isEmpty();
    registry.runs().finish(run, WorkState.FAILED, "gave up", 5);
    assertThat(registry.runs().open()).isEmpty();
    assertThat(registry.runs().latest(1).get(0).message()).isEqualTo("gave up");
  }

  @Test
  void one_version_of_a_model_is_champion() {
    registry.datasets().add(dataset("d1", 1));
    registry.models().add(model(1, Stage.CANDIDATE));
    registry.models().add(model(2, Stage.CANDIDATE));
    assertThat(registry.models().nextVersion("late")).isEqualTo(3);
    assertThat(registry.models().nextVersion("other")).isEqualTo(1);
    registry.models().stage("late", 1, Stage.CHAMPION);
    registry.models().stage("late", 2, Stage.CHAMPION);
    assertThat(registry.models().champion("late"))
        .get()
        .extracting(ModelVersion::version)
        .isEqualTo(2);
    assertThat(registry.models().version("late", 1))
        .get()
        .extracting(ModelVersion::stage)
        .isEqualTo(Stage.RETIRED);
    assertThatThrownBy(() -> registry.models().stage("late", 9, Stage.CHAMPION))
        .hasMessageContaining("NOT_FOUND there is no version 9 of model 'late'");
    assertThat(registry.models().champion("late")).isPresent();
  }

  @Test
  void a_new_champion_is_known_at_once_and_gone_with_its_transaction() {
    registry.datasets().add(dataset("d1", 1));
    registry.models().add(model(1, Stage.CHAMPION));
    registry.models().add(model(2, Stage.CANDIDATE));
    assertChampion(1);
    assertThatThrownBy(
            () ->
                registry.transaction(
                    () -> {
                      registry.models().stage("late", 2, Stage.CHAMPION);
                      assertChampion(2);
                      throw new IllegalStateException("no evidence");
                    }))
        .hasMessage("no evidence");
    assertChampion(1);
    registry.models().stage("late", 2, Stage.CHAMPION);
    assertChampion(2);
    registry.models().metrics("late", 2, "{\"auc\":1}");
    assertThat(registry.models().champion("late"))
        .get()
        .extracting(ModelVersion::metrics)
        .isEqualTo("{\"auc\":1}");
  }

  private void assertChampion(int version) {
    assertThat(registry.models().champion("late"))
        .get()
        .extracting(ModelVersion::version)
        .isEqualTo(version);
  }

  @Test
  void a_model_needs_its_dataset() {
    assertThatThrownBy(() -> registry.models().add(model(1, Stage.CANDIDATE)))
        .hasMessageContaining("FOREIGN KEY");
  }

  @Test
  void the_latest_dataset_is_the_one_built_last_and_a_version_is_added_once() {
    registry.datasets().add(dataset("d1", 1));
    registry.datasets().add(dataset("d2", 2));
    registry.datasets().add(dataset("d1", 3));
    assertThat(registry.datasets().latest("flights"))
        .get()
        .extracting(DatasetVersion::version)
        .isEqualTo("d2");
    assertThat(registry.datasets().versions("flights")).hasSize(2);
  }

  @Test
  void a_file_is_known_by_its_content() {
    IngestedFile begun =
        new IngestedFile("landings", print("f"), "jan.parquet", false, null, 0, 0, 0, 5);
    registry.files().put(begun);
    assertThat(registry.files().find("landings", print("f"))).contains(begun);
    IngestedFile done =
        new IngestedFile("landings", print("f"), "jan.parquet", true, 42L, 10, 2, 1, 6);
    registry.files().put(done);
    assertThat(registry.files().of("landings")).containsExactly(done);
    assertThat(registry.files().find("departures", print("f"))).isEmpty();
  }

  @Test
  void the_profile_of_a_file_counts_once_the_file_is_done() {
    for (String name : List.of("old", "new")) {
      registry.files().put(file(name, false));
      registry.files().keepProfile("landings", print(name), "{\"" + name + "\": 1}");
    }
    registry.files().put(file("bare", true));
    assertThat(registry.files().profiles("landings")).isEmpty();
    registry.files().put(file("old", true));
    registry.files().put(file("new", true));
    assertThat(registry.files().profiles("landings"))
        .containsExactly("{\"new\": 1}", "{\"old\": 1}");
    assertThat(registry.files().profiles("departures")).isEmpty();
  }

  private static IngestedFile file(String name, boolean done) {
    return new IngestedFile("landings", print(name), name, done, null, 1, 0, 0, 5);
  }

  @Test
  void a_file_that_is_no_registry_is_refused() throws Exception {
    Path file = folder.resolve("other.db");
    Files.writeString(file, "this is a text and no database, and it is long enough to see that");
    assertThatThrownBy(() -> Registry.open(file))
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CORRUPT));
  }

  static AppliedDefinition definition(String name, String content, long micros) {
    return new AppliedDefinition(
        Kind.SOURCE,
        name,
        print(content),
        "source " + name + "\n",
        "owner",
        "what it is",
        List.of("x", "y"),
        "source: " + name,
        micros);
  }

  static Fingerprint print(String text) {
    return Fingerprint.of(List.of(text));
  }

  private static DatasetVersion dataset(String version, long micros) {
    return new DatasetVersion(version, "flights", print("d"), "{}", "{}", "tag", micros);
  }

  private static ModelVersion model(int version, Stage stage) {
    return new ModelVersion(
        "late", version, print("m"), "d1", stage, "{\"auc\":0.8}", "{}", "models/x", version);
  }
}
