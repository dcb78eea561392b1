package dev.penstock.model;

import dev.penstock.training.Examples;
import dev.penstock.training.FeatureSchema;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The dataset a trainer learns from, loaded only when asked for: a trainer that keeps its own copy
 * can let the first one go, and one that starts a program needs only the folder.
 */
public interface TrainingInput {
  /** The examples to learn from. */
  Examples training();

  /**
   * The examples that decide when to stop, encoded as training was; null when there are none. They
   * must not be those a model is judged by later.
   */
  @Nullable Examples stopping(FeatureSchema trained);

  /** The folder with the dataset's files and its manifest. */
  Path folder();

  /** Examples that are in memory already, without files. */
  static TrainingInput of(Examples training, @Nullable Examples stopping) {
    return new TrainingInput() {
      @Override
      public Examples training() {
        return training;
      }

      @Override
      public @Nullable Examples stopping(FeatureSchema trained) {
        return stopping;
      }

      @Override
      public Path folder() {
        throw new UnsupportedOperationException("these examples were never written to files");
      }
    };
  }
}
