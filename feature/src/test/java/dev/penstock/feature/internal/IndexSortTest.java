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

  /** As many comparisons as a merge sort makes, and some for its short runs. */
  @Test
  void comparisons_grow_little_faster_than_what_is_sorted() {
    for (int size : new int[] {1_000, 10_000, 100_000}) {
      int[] random = new SplittableRandom(size).ints(size).toArray();
      int[] ascending = IntStream.range(0, size).toArray();
      int[] descending = IntStream.range(0, size).map(i -> -i).toArray();
      double logarithm = Math.log(size) / Math.log(2);
      assertThat(comparisons(random)).isLessThan((long) (size * (logarithm + 1)));
      assertThat(comparisons(descending)).isLessThan((long) (size * (logarithm + 1)));
      assertThat(comparisons(ascending)).isLessThan(size);
    }
  }

  private static long comparisons(int[] values) {
    long[] count = {0};
    IndexSort.sort(
        IntStream.range(0, values.length).toArray(),
        0,
        values.length,
        (b, a) -> {
          count[0]++;
          return values[b] < values[a];
        });
    return count[0];
  }
}
