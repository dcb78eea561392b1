package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexSortTest {
  @Test
  void a_part_is_sorted_stably_and_the_rest_left_alone() {
    Seeds.of(500, 5_000)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              int size = random.nextInt(200);
              int[] values = random.ints(size, 0, 1 + random.nextInt(100)).toArray();
              if (random.nextBoolean()) {
                Arrays.sort(values, 0, size / 2);
                Arrays.sort(values, size / 2, size);
              }
              int from = random.nextInt(size + 1);
              int to = from + random.nextInt(size - from + 1);
              int[] index = IntStream.range(0, size).toArray();
              IndexSort.sort(index, from, to, (b, a) -> values[b] < values[a]);
              int[] expected =
                  IntStream.concat(
                          IntStream.concat(
                              IntStream.range(0, from),
                              IntStream.range(from, to)
                                  .boxed()
                                  .sorted(Comparator.comparingInt(i -> values[i]))
                                  .mapToInt(i -> i)),
                          IntStream.range(to, size))
                      .toArray();
              assertThat(index).as("seed " + seed).isEqualTo(expected);
            });
  }
}
