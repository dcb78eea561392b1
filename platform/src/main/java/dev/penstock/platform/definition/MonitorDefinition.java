package dev.penstock.platform.definition;

import dev.penstock.data.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches the drift of served features against a training set.
 *
 * @param target a feature service or model
 * @param reference the dataset to compare with; null for a model: the one it was trained on
 * @param features columns {@code view__feature}; empty: all of the target
 * @param every how much of time one verdict is about
 * @param warn the population stability index from which a feature is a warning
 * @param fail the index from which it is a failure
 * @param minRows fewer rows than this say nothing
 */
public record MonitorDefinition(
    About about,
    Written target,
    @Nullable Written reference,
    List<Written> features,
    Span every,
    double warn,
    double fail,
    int minRows)
    implements Definition {
  public static final Span DEFAULT_EVERY = Span.parse("7d");
  public static final double DEFAULT_WARN = 0.1;
  public static final double DEFAULT_FAIL = 0.25;
  public static final int DEFAULT_MIN_ROWS = 500;

  public MonitorDefinition {
    features = List.copyOf(features);
  }

  @Override
  public Kind kind() {
    return Kind.MONITOR;
  }
}
