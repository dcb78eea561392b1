package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the simulation sees what it is there to see. */
class PlantedBugsTest {
  /** As many as {@link SimulationTest} runs always. */
  private static final int SEEDS = 200;

  @ParameterizedTest
  @EnumSource
  void a_planted_bug_is_caught_and_shrunk(PlantedBug bug) {
    Case failing = caught(bug);
    Case least = Failure.shrunk(failing, bug);
    System.out.printf(
        "%s: caught after %d seeds, shrunk from %d rows to %d%n",
        bug, failing.seed() + 1, failing.rows().size(), least.rows().size());
    // A bug that shows only after a restart by chance needs rows and questions until
    // that comes.
    assertThat(least.rows()).hasSizeBetween(1, 60);
    assertThat(least.view().features()).hasSize(1);
    assertThat(least.queries()).hasSizeBetween(1, 30);
    assertThat(Failure.of(least, Kernel.REAL, new HostileRun())).isEmpty();
  }

  @Test
  void of_a_wrong_order_two_rows_one_feature_and_one_question_are_left() {
    Case least =
        Failure.shrunk(
            caught(PlantedBug.TIES_REVERSED_IN_REPLAY), PlantedBug.TIES_REVERSED_IN_REPLAY);
    assertThat(least.rows()).hasSize(2);
    assertThat(least.view().features()).hasSize(1);
    assertThat(least.queries()).hasSize(1);
  }

  @Test
  void a_failure_names_its_seed_rows_and_definition_and_how_to_run_it_again() {
    Case failing = caught(PlantedBug.BOUNDARY_IN_REPLAY);
    Case least = Failure.shrunk(failing, PlantedBug.BOUNDARY_IN_REPLAY);
    assertThat(Failure.explained(failing, PlantedBug.BOUNDARY_IN_REPLAY))
        .hasMessageContaining("seed " + failing.seed() + ", shrunk from")
        .hasMessageContaining("the twin says")
        .hasMessageContaining(least.view().text())
        .hasMessageContaining(least.rows().get(0).text(least.view()))
        .hasMessageContaining(least.queries().get(0).toString())
        .hasMessageContaining("-Dpenstock.seed=" + failing.seed());
  }

  private static Case caught(PlantedBug bug) {
    return LongStream.range(0, SEEDS)
        .mapToObj(Case::of)
        .filter(of -> Failure.of(of, bug, new HostileRun()).isPresent())
        .findFirst()
        .orElseThrow(() -> new AssertionError(bug + " is not caught by " + SEEDS + " seeds"));
  }
}
