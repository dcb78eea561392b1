package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
  @Test
  void every_path_gives_the_bits_of_the_naive_twin() {
    HostileTable table = new HostileTable();
    long[] seeds = Seeds.of(200, 10_000).toArray();
    Optional<Case> failing =
        LongStream.of(seeds)
            .parallel()
            .mapToObj(Case::of)
            .filter(of -> fails(of, table))
            .findFirst();
    if (failing.isPresent()) {
      throw Failure.explained(failing.get(), Kernel.REAL);
    }
    System.out.println(table);
    if (seeds.length > 1) {
      assertThat(table.missing()).as("hostile classes that no run met").isEmpty();
    }
  }

  private static boolean fails(Case of, HostileTable table) {
    HostileRun met = new HostileRun();
    met.log(of);
    boolean fails = Failure.of(of, Kernel.REAL, met).isPresent();
    table.add(met);
    return fails;
  }
}
