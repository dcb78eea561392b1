package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.FeatureStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One window as it moves over a key's rows: the folds over it, and what is asked of each. */
final class Slides {
  /** A feature's place to answer in, and how its fold is asked. */
  record Asked(Sliding fold, AnswerColumn.Writer writer, Aggregate aggregate) {}

  private static final byte OUTSIDE_MAX_AGE = FeatureStatus.OUTSIDE_MAX_AGE.code();

  final Slide slide;
  final Sliding[] folds;
  final Asked[] asked;

  Slides(Slide slide, List<Sliding> folds, List<Asked> asked) {
    this.slide = slide;
    this.folds = folds.toArray(Sliding[]::new);
    this.asked = asked.toArray(Asked[]::new);
  }

  /** One for each window of the plan, for one thread. */
  static List<Slides> of(ViewPlan plan, Rows rows, List<AnswerColumn> answers) {
    List<Slides> all = new ArrayList<>();
    for (int window = 0; window < plan.windows().size(); window++) {
      Map<Integer, Sliding> folds = new LinkedHashMap<>();
      List<Asked> asked = new ArrayList<>();
      for (int i = 0; i < answers.size(); i++) {
        ViewPlan.Output output = plan.outputs().get(i);
        if (output.window() == window) {
          Sliding fold =
              folds.computeIfAbsent(
                  output.fold(), index -> Sliding.of(plan, plan.folds().get(index)));
          asked.add(new Asked(fold, answers.get(i).new Writer(), output.feature().aggregate()));
        }
      }
      folds.values().forEach(fold -> fold.bind(rows));
      Slide slide = Slide.of(plan, plan.windows().get(window));
      all.add(new Slides(slide, List.copyOf(folds.values()), asked));
    }
    return all;
  }

  void clear() {
    for (Sliding fold : folds) {
      fold.clear();
    }
  }

  void add(int row) {
    for (Sliding fold : folds) {
      fold.add(row);
    }
  }

  void remove(int row) {
    for (Sliding fold : folds) {
      fold.remove(row);
    }
  }

  /** Answers a query of a chain with the rows that the window holds now. */
  void answer(QueryChain chain, int query) {
    byte status = chain.statuses[query];
    if (status == OUTSIDE_MAX_AGE) {
      for (Asked one : asked) {
        one.writer.withhold(chain.queries[query], status);
      }
      return;
    }
    for (Asked one : asked) {
      one.writer.at(chain.queries[query], status);
      one.fold.answer(one.aggregate, chain.moments[query], one.writer);
    }
  }
}
