package dev.penstock.feedback;

/**
 * What really came.
 *
 * @param predictionId the prediction it belongs to; empty when only the row is known
 * @param rowId the row it belongs to; empty when only the prediction is known
 * @param seenTime when it became known, in microseconds UTC
 * @param label 0 or 1
 */
public record Outcome(String predictionId, String rowId, long seenTime, float label) {
  public Outcome {
    if (predictionId.isEmpty() && rowId.isEmpty()) {
      throw new IllegalArgumentException("an outcome needs the id of a prediction or of a row");
    }
  }

  public static Outcome ofPrediction(String predictionId, long seenTime, float label) {
    return new Outcome(predictionId, "", seenTime, label);
  }

  public static Outcome ofRow(String rowId, long seenTime, float label) {
    return new Outcome("", rowId, seenTime, label);
  }
}
