package dev.penstock.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Type;
import dev.penstock.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that cannot hold what conditions ask are passed over, and nothing else. */
class ParquetPagesTest {
  @TempDir Path folder;

  @Test
  void conditions_on_any_column_find_the_rows_that_a_whole_read_finds() {
    Seeds.of(6, 100).forEach(this::findTheSame);
  }

  @Test
  void pages_of_other_rows_are_not_returned() {
    Path path = folder.resolve("pages.parquet");
    int rows = 200_000;
    AllTypes.write(path, List.of(AllTypes.batch(new SplittableRandom(1), 0, rows)));
    List<Condition> few = List.of(Condition.range("id", 100_000L, 100_010L));
    Read read = new Read(ParquetScan.of(path).where(few), few);
    assertThat(read.found).hasSize(10);
    assertThat(read.returned).isLessThan(rows / 10);
  }

  private void findTheSame(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Batch> batches = new ArrayList<>();
    long next = 0;
    for (int batch = 0; batch < 4; batch++) {
      int rows = 1 + random.nextInt(30_000);
      batches.add(AllTypes.batch(random, next, rows));
      next += rows;
    }
    Path path = folder.resolve("rows" + seed + ".parquet");
    AllTypes.write(path, batches);
    for (int trial = 0; trial < 8; trial++) {
      List<Condition> conditions = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        conditions.add(condition(random, batches));
      }
      Read whole = new Read(ParquetScan.of(path), conditions);
      Read read = new Read(ParquetScan.of(path).where(conditions), conditions);
      assertThat(read.found.equals(whole.found)).as("seed %d: %s", seed, conditions).isTrue();
    }
  }

  /** A condition with values that rows have; on the ids, which are sorted, half of the time. */
  private static Condition condition(SplittableRandom random, List<Batch> batches) {
    List<Field> fields =
        AllTypes.SCHEMA.fields().stream()
            .filter(field -> !(field.type() instanceof Type.Vector))
            .filter(field -> !field.name().equals("bytes"))
            .toList();
    Field field = random.nextBoolean() ? fields.get(0) : fields.get(random.nextInt(fields.size()));
    Object one = value(random, batches, field.name());
    Object other = value(random, batches, field.name());
    if (one == null || other == null) {
      return condition(random, batches);
    }
    return switch (random.nextInt(4)) {
      case 0 -> Condition.atLeast(field.name(), one);
      case 1 -> Condition.below(field.name(), one);
      case 2 -> Condition.range(field.name(), one, other);
      default -> new Condition.In(field.name(), Set.copyOf(List.of(one, other)));
    };
  }

  private static @Nullable Object value(SplittableRandom random, List<Batch> batches, String name) {
    Batch batch = batches.get(random.nextInt(batches.size()));
    return batch.column(name).value(random.nextInt(batch.rows()));
  }

  /** The rows of a file that meet conditions, with their numbers. */
  private static final class Read {
    final List<List<@Nullable Object>> found = new ArrayList<>();
    long returned;

    Read(ParquetScan scan, List<Condition> conditions) {
      try (FileBatchReader reader = scan.open()) {
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
          returned += batch.rows();
          int[] met = Conditions.rows(batch, conditions);
          found.addAll(AllTypes.rows(List.of(batch.gather(met))));
          for (int row : met) {
            assertThat(reader.rowNumber(row))
                .isEqualTo(((LongColumn) batch.column("id")).values()[row] + 1);
          }
        }
      }
    }
  }
}
