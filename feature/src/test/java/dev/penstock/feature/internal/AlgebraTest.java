package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The algebra of every aggregate, apart from windows. */
class AlgebraTest {
  private static final List<String> ALL_KINDS =
      Arrays.stream(FoldKind.values()).map(FoldKind::name).toList();

  private final List<String> kinds = new ArrayList<>();

  @Test
  void grouping_and_order_of_adding_and_merging_never_show() {
    long[] seeds = Seeds.of(200, 5_000).toArray();
    for (long seed : seeds) {
      SplittableRandom random = new SplittableRandom(seed);
      FeatureView view = new RandomView(random).next();
      ViewPlan plan = new ViewPlan(view);
      List<InputRow> rows = rows(random);
      Rows columns = columns(plan, rows);
      for (ViewPlan.Fold fold : plan.folds()) {
        kinds.add(fold.kind().name());
        List<Integer> order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Partial all = Partial.of(plan, fold);
        all.bind(columns);
        order.forEach(all::add);
        Collections.shuffle(order, new Random(random.nextLong()));
        Partial merged = mergedInGroups(plan, fold, columns, order, random);
        for (ViewPlan.Output output : plan.outputs()) {
          if (plan.folds().get(output.fold()).equals(fold)) {
            FeatureValue expected = answer(all, output);
            FeatureValue actual = answer(merged, output);
            assertThat(actual.status()).as("seed " + seed).isEqualTo(expected.status());
            assertThat(Answers.sameBits(actual.value(), expected.value()))
                .as("seed " + seed + ": " + output.feature().text())
                .isTrue();
          }
        }
        assertThat(bytes(merged)).as("seed " + seed + ": " + fold).isEqualTo(bytes(all));
      }
    }
    if (seeds.length > 1) {
      assertThat(kinds).containsAll(ALL_KINDS);
    }
  }

  @Test
  void row_that_is_undone_was_never_there() {
    Set<String> undone = new HashSet<>();
    long[] seeds = Seeds.of(200, 5_000).toArray();
    for (long seed : seeds) {
      SplittableRandom random = new SplittableRandom(seed);
      ViewPlan plan = new ViewPlan(new RandomView(random).next());
      List<InputRow> rows = rows(random);
      Rows columns = columns(plan, rows);
      for (ViewPlan.Fold fold : plan.folds()) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Collections.shuffle(order, new Random(random.nextLong()));
        Partial left = mergedInGroups(plan, fold, columns, order, random);
        left.bind(columns);
        while (!order.isEmpty() && left.undo(order.remove(0))) {
          Partial never = Partial.of(plan, fold);
          never.bind(columns);
          order.forEach(never::add);
          assertThat(bytes(left)).as("seed " + seed + ": " + fold).isEqualTo(bytes(never));
          undone.add(fold.kind().name());
        }
      }
    }
    if (seeds.length > 1) {
      assertThat(undone).containsAll(ALL_KINDS);
    }
  }

  private static List<InputRow> rows(SplittableRandom random) {
    return new RandomLog(random, RandomView.DAY, ChangelogMode.INSERT_ONLY)
        .next(1 + random.nextInt(60));
  }

  private static Rows columns(ViewPlan plan, List<InputRow> rows) {
    return new Rows(
        new BatchRows(plan, InputRow.batch(rows), new KeyTable(plan.view().entity().keys())));
  }

  /** Folds groups of the rows apart, writes them, and merges what was written at random. */
  private static Partial mergedInGroups(
      ViewPlan plan,
      ViewPlan.Fold fold,
      Rows columns,
      List<Integer> order,
      SplittableRandom random) {
    List<byte[]> written = new ArrayList<>();
    Partial part = Partial.of(plan, fold);
    part.bind(columns);
    for (int row : order) {
      part.add(row);
      if (random.nextInt(4) == 0) {
        written.add(bytes(part));
        part.clear();
      }
    }
    written.add(bytes(part));
    while (written.size() > 1) {
      Partial merged = Partial.of(plan, fold);
      merged.merge(new ByteSource(written.remove(random.nextInt(written.size()))));
      merged.merge(new ByteSource(written.remove(random.nextInt(written.size()))));
      written.add(bytes(merged));
    }
    Partial merged = Partial.of(plan, fold);
    merged.merge(new ByteSource(written.get(0)));
    return merged;
  }

  private static byte[] bytes(Partial partial) {
    ByteSink out = new ByteSink();
    partial.write(out);
    return out.toBytes();
  }

  private static FeatureValue answer(Partial partial, ViewPlan.Output output) {
    AnswerCell cell = new AnswerCell(output.feature().aggregate());
    partial.answer(output.feature().aggregate(), RandomLog.DAY_OF_TIME_CHANGE, cell);
    return cell.toValue();
  }
}
