package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final String RERUN =
      "./mvnw -pl feature -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dpenstock.seed=";

  @Test
  void every_path_gives_the_bits_of_the_naive_twin() {
    HostileCount count = new HostileCount();
    long[] seeds = Seeds.of(200, 5_000).toArray();
    for (long seed : seeds) {
      Simulation simulation = new Simulation(seed, count);
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
      assertThat(count.counts()).allSatisfy((hostile, times) -> assertThat(times).isPositive());
    }
  }
}
