package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TallyHeapTest {
  private static final Comparator<Tally> ORDER =
      Comparator.comparingLong((Tally tally) -> -tally.count)
          .thenComparing(tally -> (Long) tally.value);

  @Test
  void the_first_are_those_of_a_sorted_list_after_any_changes() {
    Seeds.of(200, 5_000)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              List<Tally> tallies = new ArrayList<>();
              for (long value = random.nextInt(40); value > 0; value--) {
                tallies.add(new Tally(value, random.nextInt(6)));
              }
              TallyHeap heap = new TallyHeap(tallies);
              for (long change = 100; change < 300; change++) {
                change(tallies, heap, change, random);
                int most = random.nextInt(8);
                List<Tally> sorted = tallies.stream().sorted(ORDER).limit(most).toList();
                assertThat(heap.first(most)).as("seed " + seed).isEqualTo(sorted);
              }
            });
  }

  private static void change(
      List<Tally> tallies, TallyHeap heap, long value, SplittableRandom random) {
    int what = random.nextInt(3);
    if (what == 0 || tallies.isEmpty()) {
      Tally tally = new Tally(value, random.nextInt(6));
      tallies.add(tally);
      heap.add(tally);
      return;
    }
    Tally chosen = tallies.get(random.nextInt(tallies.size()));
    if (what == 1) {
      chosen.count = random.nextInt(6);
      heap.moved(chosen);
    } else {
      tallies.remove(chosen);
      heap.remove(chosen);
    }
  }
}
