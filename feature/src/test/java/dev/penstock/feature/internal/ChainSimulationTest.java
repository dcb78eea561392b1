package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChainSimulationTest {
  private static final String RERUN =
      "./mvnw -pl feature -am test -Dtest=ChainSimulationTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dpenstock.seed=";

  @Test
  void derived_log_and_what_is_chained_to_it_have_the_bits_of_the_naive_twins() {
    Map<ChainSimulation.Hostile, Long> count = new EnumMap<>(ChainSimulation.Hostile.class);
    long[] seeds = Seeds.of(150, 3_000).toArray();
    for (long seed : seeds) {
      ChainSimulation simulation = new ChainSimulation(seed, count);
      try {
        simulation.run();
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError(
            "seed "
                + seed
                + ": "
                + failure.getMessage()
                + "\n"
                + simulation
                + "\nrerun: "
                + RERUN
                + seed,
            failure);
      }
    }
    if (seeds.length > 1) {
      assertThat(count).hasSize(ChainSimulation.Hostile.values().length);
      assertThat(count).allSatisfy((hostile, times) -> assertThat(times).isPositive());
    }
  }
}
