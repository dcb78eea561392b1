package dev.penstock.offline;

import static dev.penstock.offline.Wells.micros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.format.Condition;
import dev.penstock.offline.PointInTime.Visible;
import dev.penstock.offline.Wells.Row;
import dev.penstock.testkit.Rows;
import dev.penstock.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PointInTimeTest {
  private static final String[] WELLS = {"a", "b", "c"};
  private static final int QUESTIONS = 200;

  @TempDir Path folder;

  /** A log with ties, late rows and nulls, and a spine that asks some things twice. */
  private static final class Scene {
    final List<Row> rows = new ArrayList<>();
    final String[] here = new String[QUESTIONS];
    final String[] there = new String[QUESTIONS];
    final long[] moments = new long[QUESTIONS];
    final List<Positions> logged = new ArrayList<>();

    Scene(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      for (long offset = 0; offset < 300; offset++) {
        long event = random.nextInt(150);
        long late = random.nextInt(3) == 0 ? random.nextInt(80) : 0;
        Long depth = random.nextInt(10) == 0 ? null : random.nextLong(-50, 500);
        rows.add(new Row(WELLS[random.nextInt(2)], depth, event, event + late, offset));
      }
      for (int i = 0; i < QUESTIONS; i++) {
        boolean again = i > 0 && random.nextInt(5) == 0;
        here[i] = again ? here[i - 1] : WELLS[random.nextInt(3)];
        there[i] = again ? there[i - 1] : WELLS[random.nextInt(3)];
        moments[i] = again ? moments[i - 1] : random.nextInt(170);
        logged.add(Positions.of(0, random.nextLong(301)));
      }
    }

    Batch spine() {
      Rows spine = Rows.of(Wells.REQUEST);
      for (int i = 0; i < QUESTIONS; i++) {
        spine.row(here[i], there[i]);
      }
      return spine.batch();
    }

    long[] times() {
      return LongStream.of(moments).map(Wells::micros).toArray();
    }
  }

  static LongStream seeds() {
    return Seeds.of(5, 50);
  }

  private static Map<String, ViewInput> inputs(Wells wells) {
    return Map.of("depths", wells.input());
  }

  private void agree(long seed, Visible visible, BiPredicate<Integer, Row> counts) {
    Scene scene = new Scene(seed);
    try (Wells wells = new Wells(folder)) {
      wells.append(scene.rows.subList(0, 120));
      wells.append(scene.rows.subList(120, 300));
      List<FeatureColumn> columns =
          PointInTime.of(Wells.SERVICE, inputs(wells))
              .seen(visible)
              .threads(3)
              .read(scene.spine(), scene.times());
      assertThat(columns.stream().map(FeatureColumn::name))
          .containsExactlyElementsOf(
              Wells.SERVICE.columns().stream().map(field -> field.name()).toList());
      for (int i = 0; i < QUESTIONS; i++) {
        int question = i;
        List<FeatureValue> wanted = new ArrayList<>();
        for (String well : List.of(scene.here[i], scene.there[i])) {
          wanted.addAll(
              Wells.naive(scene.rows, well, scene.moments[i], row -> counts.test(question, row)));
        }
        List<FeatureValue> answers =
            columns.subList(0, 10).stream().map(column -> column.answer(question)).toList();
        assertThat(answers).as("seed %d, question %d", seed, i).isEqualTo(wanted);
        Object last = wanted.get(4).value();
        assertThat(columns.get(10).values().value(i))
            .isEqualTo(last == null ? null : 2 * (Long) last);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void as_seen_counts_what_was_known_before_the_moment(long seed) {
    Scene scene = new Scene(seed);
    agree(seed, Visible.AS_SEEN, (i, row) -> row.seen() < scene.moments[i]);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void as_happened_counts_what_nobody_knew_yet(long seed) {
    agree(seed, Visible.AS_HAPPENED, (i, row) -> true);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void by_logged_position_counts_the_rows_below_it(long seed) {
    Scene scene = new Scene(seed);
    agree(
        seed,
        new Visible.Logged(Map.of(Wells.SOURCE, scene.logged)),
        (i, row) -> row.offset() < scene.logged.get(i).next(0));
  }

  @Test
  void number_of_threads_shows_nowhere() {
    Scene scene = new Scene(99);
    try (Wells wells = new Wells(folder)) {
      wells.append(scene.rows);
      PointInTime read = PointInTime.of(Wells.SERVICE, inputs(wells));
      List<FeatureColumn> alone = read.threads(1).read(scene.spine(), scene.times());
      List<FeatureColumn> together = read.threads(4).read(scene.spine(), scene.times());
      for (int f = 0; f < alone.size(); f++) {
        for (int i = 0; i < QUESTIONS; i++) {
          assertThat(together.get(f).answer(i)).isEqualTo(alone.get(f).answer(i));
        }
      }
    }
  }

  @Test
  void a_spine_without_rows_gives_every_column_without_rows() {
    try (Wells wells = new Wells(folder)) {
      wells.append(new Scene(1).rows);
      List<FeatureColumn> columns =
          PointInTime.of(Wells.SERVICE, inputs(wells))
              .read(Batch.empty(Wells.REQUEST), new long[0]);
      assertThat(columns).hasSize(11).allMatch(column -> column.values().size() == 0);
    }
  }

  @Test
  void of_a_log_without_rows_nothing_is_found() {
    try (Wells wells = new Wells(folder)) {
      List<FeatureColumn> columns =
          PointInTime.of(Wells.SERVICE, inputs(wells))
              .read(Rows.of(Wells.REQUEST).row("a", "b").batch(), new long[] {micros(5)});
      assertThat(columns.get(0).answer(0)).isEqualTo(new FeatureValue(0L, FeatureStatus.NOT_FOUND));
      assertThat(columns.get(2).answer(0))
          .isEqualTo(new FeatureValue(null, FeatureStatus.NOT_FOUND));
    }
  }

  @Test
  void a_null_key_is_nobody() {
    try (Wells wells = new Wells(folder)) {
      wells.append(List.of(new Row("a", 1L, 1, 1, 0)));
      List<FeatureColumn> columns =
          PointInTime.of(Wells.SERVICE, inputs(wells))
              .read(Rows.of(Wells.REQUEST).row(null, "a").batch(), new long[] {micros(5)});
      assertThat(columns.get(0).status(0)).isEqualTo(FeatureStatus.NOT_FOUND);
      assertThat(columns.get(5).answer(0)).isEqualTo(new FeatureValue(1L, FeatureStatus.PRESENT));
    }
  }

  @Test
  void a_condition_leaves_rows_of_the_log_out() {
    try (Wells wells = new Wells(folder)) {
      wells.append(List.of(new Row("a", 1L, 1, 1, 0), new Row("a", 2L, 2, 2, 1)));
      List<FeatureColumn> columns =
          PointInTime.of(Wells.SERVICE, inputs(wells))
              .where(Condition.atLeast(SystemColumns.EVENT_TIME, micros(2)))
              .read(Rows.of(Wells.REQUEST).row("a", "a").batch(), new long[] {micros(5)});
      assertThat(columns.get(3).answer(0)).isEqualTo(new FeatureValue(2L, FeatureStatus.PRESENT));
    }
  }

  @Test
  void a_view_in_two_roles_is_replayed_once() {
    List<String> heard = new ArrayList<>();
    try (Wells wells = new Wells(folder)) {
      PointInTime.of(Wells.SERVICE, inputs(wells))
          .progress(heard::add)
          .read(Batch.empty(Wells.REQUEST), new long[0]);
    }
    assertThat(heard).containsExactly("depths");
  }
}
