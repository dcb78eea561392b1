package dev.penstock.feedback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins outcomes to predictions: by the prediction's id first, then by its row's id. Nothing is
 * guessed: what has neither stays pending, or an orphan, and is counted. Of several outcomes of one
 * prediction the one seen last counts, as of the moment asked for, so that yesterday's figures can
 * be computed again tomorrow. Not thread-safe.
 */
public final class OutcomeJoin {
  private final List<Prediction> predictions = new ArrayList<>();
  private final Map<String, Integer> byId = new HashMap<>();
  private final Map<String, List<Integer>> byRow = new HashMap<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * Adds a prediction.
   *
   * @return whether it was new; a prediction with an id that is already there is not added again
   */
  public boolean add(Prediction prediction) {
    int index = predictions.size();
    if (byId.putIfAbsent(prediction.id(), index) != null) {
      return false;
    }
    predictions.add(prediction);
    if (!prediction.rowId().isEmpty()) {
      byRow.computeIfAbsent(prediction.rowId(), row -> new ArrayList<>(1)).add(index);
    }
    return true;
  }

  public void add(Outcome outcome) {
    outcomes.add(outcome);
  }

  /** Joins what was seen before {@code asOf}, in microseconds UTC. */
  public JoinedOutcomes asOf(long asOf) {
    Outcome[] joined = new Outcome[predictions.size()];
    boolean[] exact = new boolean[joined.length];
    long orphans = 0;
    long superseded = 0;
    long later = 0;
    for (Outcome outcome : outcomes) {
      if (outcome.seenTime() >= asOf) {
        later++;
        continue;
      }
      Integer named = byId.get(outcome.predictionId());
      List<Integer> targets =
          named != null ? List.of(named) : byRow.getOrDefault(outcome.rowId(), List.of());
      if (targets.isEmpty()) {
        orphans++;
      }
      for (int target : targets) {
        Outcome other = joined[target];
        if (other != null) {
          superseded++;
          boolean weaker = exact[target] && named == null;
          boolean older = exact[target] == (named != null) && outcome.seenTime() < other.seenTime();
          if (weaker || older) {
            continue;
          }
        }
        joined[target] = outcome;
        exact[target] = named != null;
      }
    }
    return JoinedOutcomes.of(predictions, joined, exact, orphans, superseded, later);
  }
}
