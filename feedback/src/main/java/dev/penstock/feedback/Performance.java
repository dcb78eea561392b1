package dev.penstock.feedback;

import dev.penstock.data.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a model did over time, against what was measured before it served.
 *
 * @param model the version of the model
 * @param referenceName where the reference was measured, such as {@code validation}
 * @param referenceAuc the AUC there; null when there is none
 * @param periods in order of time; none is left out between the first and the last
 */
public record Performance(
    String model,
    String referenceName,
    @Nullable Double referenceAuc,
    List<PeriodPerformance> periods) {
  public Performance {
    periods = List.copyOf(periods);
  }

  /**
   * Measures predictions by period.
   *
   * @param outcomes the predictions of one model, joined
   * @param origin where one of the periods starts, in microseconds UTC
   * @param length how long each is
   */
  public static Performance of(
      String model,
      JoinedOutcomes outcomes,
      long origin,
      Span length,
      String referenceName,
      @Nullable Double referenceAuc,
      PerformanceRule rule) {
    return new Performance(
        model,
        referenceName,
        referenceAuc,
        new Periods(origin, length, referenceAuc, rule).measure(outcomes));
  }
}
