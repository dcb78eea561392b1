package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  /** Keys of which some come in order, some not, and some with event times that are equal. */
  private static List<InputRow> rows(SplittableRandom random) {
    List<InputRow> rows = new ArrayList<>();
    for (int i = random.nextInt(60); i >= 0; i--) {
      int key = random.nextInt(4);
      List<Object> values = new ArrayList<>();
      InputRow.FIELDS.forEach(field -> values.add(null));
      values.set(0, key == 3 ? null : "k" + key);
      long time =
          switch (key) {
            case 0 -> rows.size();
            case 1 -> rows.size() / 4;
            default -> random.nextInt(50);
          };
      rows.add(new InputRow(time, time, random.nextInt(2), random.nextInt(1_000), values));
    }
    return rows;
  }

  @Test
  void places_are_those_of_a_full_sort_by_key_and_order() {
    ViewPlan plan = new ViewPlan(Facts.view(Facts.count(), 1));
    Seeds.of(500, 5_000)
        .forEach(
            seed -> {
              List<InputRow> rows = rows(new SplittableRandom(seed));
              KeyTable table = new KeyTable(Facts.THING.keys());
              BatchRows part = new BatchRows(plan, InputRow.batch(rows), table);
              int[] sorted =
                  IntStream.range(0, part.size)
                      .boxed()
                      .filter(row -> part.keys[row] >= 0)
                      .sorted(
                          Comparator.<Integer>comparingInt(row -> part.keys[row])
                              .thenComparingLong(row -> part.eventTimes[row])
                              .thenComparingInt(row -> part.partitions[row])
                              .thenComparingLong(row -> part.offsets[row]))
                      .mapToInt(row -> row)
                      .toArray();
              int[] expected = new int[part.size];
              for (int row = 0; row < part.size; row++) {
                expected[row] = KeyTable.NONE;
              }
              for (int place = 0; place < sorted.length; place++) {
                expected[sorted[place]] = place;
              }
              int[] starts = new int[table.size() + 1];
              int[] places = new Arrivals(List.of(part), part.size).places(starts);
              assertThat(places).as("seed " + seed).isEqualTo(expected);
            });
  }
}
