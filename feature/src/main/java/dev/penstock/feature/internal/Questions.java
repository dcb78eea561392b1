package dev.penstock.feature.internal;

import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.Visibility;
import java.util.Arrays;
import java.util.List;

/** What a read of history asks, and the columns that its answers go to. */
public final class Questions {
  final Queries queries;
  final Visibility visibility;
  final List<AnswerColumn> answers;

  public Questions(FeatureView view, Queries queries, Visibility visibility) {
    if (visibility instanceof Visibility.ByPosition byPosition
        && byPosition.perQuery().size() != queries.size()) {
      throw new IllegalArgumentException(
          byPosition.perQuery().size() + " positions, " + queries.size() + " queries");
    }
    this.queries = queries;
    this.visibility = visibility;
    this.answers = AnswerColumn.of(new ViewPlan(view), queries.size());
  }

  /** At most {@code n} parts of the work of answering them from one history. */
  public List<Runnable> parts(HistoryRows history, int n) {
    return new Replay(history, this).parts(n);
  }

  /** Answers some of them, in the calling thread. */
  public void answer(HistoryRows history, int[] chosen) {
    // Beside each other, and only then to their places: those are far apart.
    Questions some =
        new Questions(history.plan.view(), queries.gather(chosen), gather(visibility, chosen));
    some.parts(history, 1).forEach(Runnable::run);
    for (int feature = 0; feature < answers.size(); feature++) {
      answers.get(feature).scatter(some.answers.get(feature), chosen);
    }
  }

  private static Visibility gather(Visibility visibility, int[] chosen) {
    return visibility instanceof Visibility.ByPosition byPosition
        ? new Visibility.ByPosition(
            Arrays.stream(chosen).mapToObj(byPosition.perQuery()::get).toList())
        : visibility;
  }

  public List<FeatureColumn> answers() {
    return answers.stream().map(AnswerColumn::toColumn).toList();
  }
}
