package dev.penstock.platform.definition;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An ML model: a dataset and how to learn from it.
 *
 * @param features columns of the dataset, as {@code view__feature}; empty: all of them
 * @param promotion null: never by itself
 */
public record ModelDefinition(
    About about,
    Written dataset,
    Trainer trainer,
    List<Written> features,
    Map<String, Written> parameters,
    String trainSplit,
    @Nullable EarlyStopping earlyStopping,
    @Nullable Promotion promotion)
    implements Definition {
  public ModelDefinition {
    features = List.copyOf(features);
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** Who learns. */
  public sealed interface Trainer {
    /** A trainer of this program, by its name. */
    record BuiltIn(Written name) implements Trainer {}

    /** A program that reads a dataset and writes an ONNX file. */
    record Command(Written command) implements Trainer {}
  }

  /** Learning ends when the metric on this split has not improved for so many rounds. */
  public record EarlyStopping(Written split, int rounds) {}

  /**
   * A challenger replaces the champion when its metric is better on the same rows by at least
   * {@code minImprovement}, at this confidence, and its log loss is not worse by more than the
   * margin.
   */
  public record Promotion(
      Written metric,
      double minImprovement,
      double confidence,
      double logLossMargin,
      int minRows,
      int minPerClass) {
    public static final double DEFAULT_CONFIDENCE = 0.95;
    public static final double DEFAULT_LOG_LOSS_MARGIN = 0.002;
    public static final int DEFAULT_MIN_ROWS = 1_000;
    public static final int DEFAULT_MIN_PER_CLASS = 100;
  }

  @Override
  public Kind kind() {
    return Kind.MODEL;
  }
}
