package dev.penstock.training;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The area under the ROC curve: the probability that a positive scores above a negative, ties
 * counting half. Exact, by ranks (Mann and Whitney), in O(n log n).
 */
public final class Auc {
  private Auc() {}

  /**
   * The area over the rows whose score is a number, a label other than 0 being positive; null where
   * it is undefined because one of the two classes is empty.
   */
  public static @Nullable Double of(float[] scores, float[] labels) {
    if (scores.length != labels.length) {
      throw new IllegalArgumentException(scores.length + " scores, " + labels.length + " labels");
    }
    float[] positive = new float[scores.length];
    float[] negative = new float[scores.length];
    int positives = 0;
    int negatives = 0;
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        continue;
      }
      // Adding +0 makes -0 and 0 the same to the sort.
      if (labels[i] != 0) {
        positive[positives++] = scores[i] + 0.0f;
      } else {
        negative[negatives++] = scores[i] + 0.0f;
      }
    }
    if (positives == 0 || negatives == 0) {
      return null;
    }
    Arrays.sort(positive, 0, positives);
    Arrays.sort(negative, 0, negatives);
    // Wins are counted twice, so that a tie is the integer 1 and nothing is rounded until the end.
    long doubled = 0;
    int below = 0;
    int upTo = 0;
    for (int i = 0; i < positives; i++) {
      while (below < negatives && negative[below] < positive[i]) {
        below++;
      }
      upTo = Math.max(upTo, below);
      while (upTo < negatives && negative[upTo] == positive[i]) {
        upTo++;
      }
      doubled += (long) below + upTo;
    }
    return (double) doubled / (2.0 * positives * negatives);
  }
}
