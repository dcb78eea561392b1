package dev.penstock.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryIdIndexTest {
  static LongStream seeds() {
    return Seeds.of(5, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void it_finds_what_a_map_finds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MemoryIdIndex index = new MemoryIdIndex();
    Map<List<Long>, IdIndex.Entry> expected = new HashMap<>();
    for (int i = 0; i < 60_000; i++) {
      // Few different bits, so that slots collide.
      long high = random.nextLong(3);
      long low = random.nextLong(20_000) << 3;
      IdIndex.Entry entry =
          new IdIndex.Entry(random.nextInt(4), random.nextLong(1L << 47), random.nextLong(), i);
      index.remember(high, low, entry);
      expected.put(List.of(high, low), entry);
    }
    assertThat(index.size()).isEqualTo(expected.size());
    expected.forEach(
        (id, entry) -> {
          assertThat(index.find(id.get(0), id.get(1), entry.seenTime())).isEqualTo(entry);
          assertThat(index.find(id.get(0), id.get(1), entry.seenTime() + 1)).isNull();
          assertThat(index.find(id.get(0), id.get(1) + 1, 0)).isNull();
        });
  }
}
