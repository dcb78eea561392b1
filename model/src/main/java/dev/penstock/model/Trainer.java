package dev.penstock.model;

/** Learns a model. Does not know where the examples are stored. */
public interface Trainer {
  /**
   * Trains a model.
   *
   * @throws dev.penstock.data.PenstockException if the examples do not allow it, or it failed
   */
  TrainedModel train(TrainingInput input, TrainingProgress progress);
}
