package dev.penstock.feedback;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Predictions with what came of them, as of a moment.
 *
 * @param matched predictions that have an outcome, in the order they were added
 * @param pending predictions that have none yet, never taken for negatives
 * @param byPrediction how many matched by the prediction's own id; the others by their row's
 * @param orphans outcomes that belong to no prediction
 * @param superseded outcomes that gave way to another of the same prediction
 * @param later outcomes that were not yet seen at that moment
 */
public record JoinedOutcomes(
    List<Match> matched,
    List<Prediction> pending,
    long byPrediction,
    long orphans,
    long superseded,
    long later) {

  /** A prediction and its outcome. */
  public record Match(Prediction prediction, Outcome outcome) {}

  public JoinedOutcomes {
    matched = List.copyOf(matched);
    pending = List.copyOf(pending);
  }

  static JoinedOutcomes of(
      List<Prediction> predictions,
      @Nullable Outcome[] joined,
      boolean[] exact,
      long orphans,
      long superseded,
      long later) {
    List<Match> matched = new ArrayList<>();
    List<Prediction> pending = new ArrayList<>();
    long byPrediction = 0;
    for (int i = 0; i < joined.length; i++) {
      Outcome outcome = joined[i];
      if (outcome == null) {
        pending.add(predictions.get(i));
      } else {
        matched.add(new Match(predictions.get(i), outcome));
        byPrediction += exact[i] ? 1 : 0;
      }
    }
    return new JoinedOutcomes(matched, pending, byPrediction, orphans, superseded, later);
  }

  /** The scores of what matched, in its order. */
  public float[] scores() {
    float[] scores = new float[matched.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = matched.get(i).prediction().score();
    }
    return scores;
  }

  /** The labels of what matched, in its order. */
  public float[] labels() {
    float[] labels = new float[matched.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = matched.get(i).outcome().label();
    }
    return labels;
  }
}
