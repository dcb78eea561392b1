package dev.penstock.model;

import dev.penstock.training.FeatureMatrix;
import dev.penstock.training.FeatureSchema;

/** Scores rows with one model. Thread-safe. */
public interface Scorer {
  FeatureSchema features();

  /**
   * The score of one row in the encoding of {@link #features}: for a model of yes and no, the
   * probability of yes. It has the same bits as the score of that row in a matrix.
   */
  float score(float[] row);

  /** The scores of all rows. */
  float[] score(FeatureMatrix matrix);

  /**
   * Opens a model for scoring.
   *
   * @throws dev.penstock.data.PenstockException {@link dev.penstock.data.ErrorCode#FILE_CORRUPT} or
   *     {@link dev.penstock.data.ErrorCode#TYPE_MISMATCH} if its bytes are no such model
   */
  static Scorer of(TrainedModel model) {
    return Scorers.open(model);
  }
}
