package dev.penstock.feedback;

/**
 * A prediction that was served.
 *
 * @param id unique among predictions
 * @param rowId the id of the row it was made for; empty when the caller named none
 * @param model the version of the model that made it
 * @param predictedAt the moment it was asked for, in microseconds UTC
 * @param score what the model said
 */
public record Prediction(String id, String rowId, String model, long predictedAt, float score) {
  public Prediction {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a prediction needs an id");
    }
  }
}
