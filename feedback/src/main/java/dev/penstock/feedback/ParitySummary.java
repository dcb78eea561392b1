package dev.penstock.feedback;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether served answers, replayed offline, came out the same, bit for bit. An empty sample is a
 * failure: it shows nothing.
 *
 * @param sample how many answers were replayed
 * @param equal how many came out the same in every bit
 * @param values how many values were compared in them
 * @param present how many of those values are present: the others are equal as nothing is equal to
 *     nothing
 * @param reasons of those that did not, how many by which reason
 * @param notReplayed answers beside the sample that could not be replayed, by the reason
 * @param differences the first of them, at most {@link #MOST_DIFFERENCES}
 */
public record ParitySummary(
    long sample,
    long equal,
    long values,
    long present,
    Map<Reason, Long> reasons,
    Map<Reason, Long> notReplayed,
    List<Difference> differences) {
  public static final int MOST_DIFFERENCES = 100;

  /** What makes a replayed answer differ. */
  public enum Reason {
    /** A row was visible to one side and not yet to the other. */
    LATE,
    /** Rows of one moment that were taken in another order. */
    TIE,
    /** Rows beyond the retention. */
    RETENTION,
    /** Rows that were erased since. */
    ERASED,
    /** Another definition or another engine. */
    VERSION,
    /** No other explanation: the state, the log or the code is wrong. */
    BUG
  }

  /**
   * A value that differs.
   *
   * @param prediction the id of the answer it stands in
   * @param rows the rows that make the difference, as a reader can look them up
   */
  public record Difference(
      String prediction,
      String feature,
      String served,
      String replayed,
      Reason reason,
      String rows) {}

  public ParitySummary {
    reasons = ordered(reasons);
    notReplayed = ordered(notReplayed);
    differences = differences.stream().limit(MOST_DIFFERENCES).toList();
    long unequal = reasons.values().stream().mapToLong(Long::longValue).sum();
    if (equal < 0 || equal + unequal != sample) {
      throw new IllegalArgumentException(
          equal + " equal and " + unequal + " with a reason are not " + sample);
    }
  }

  private static Map<Reason, Long> ordered(Map<Reason, Long> counts) {
    Map<Reason, Long> ordered = new EnumMap<>(Reason.class);
    ordered.putAll(counts);
    return Collections.unmodifiableMap(ordered);
  }

  /** All of these answers came out the same, in this many values, which all are present. */
  public static ParitySummary equal(long sample, long values) {
    return new ParitySummary(sample, sample, values, values, Map.of(), Map.of(), List.of());
  }

  /** The share that came out the same; null without a sample. */
  public @Nullable Double share() {
    return sample == 0 ? null : (double) equal / sample;
  }

  /** The share of the compared values that are present; null when none was compared. */
  public @Nullable Double presentShare() {
    return values == 0 ? null : (double) present / values;
  }

  public boolean passed() {
    return sample > 0 && equal == sample && present > 0;
  }

  /**
   * Insists on parity.
   *
   * @throws PenstockException {@link ErrorCode#PARITY_FAILED}
   */
  public void require() {
    if (sample == 0) {
      throw new PenstockException(
          ErrorCode.PARITY_FAILED,
          "no served answer was replayed, so nothing is shown",
          "serve predictions first, or widen the sample");
    }
    if (equal == sample && present == 0) {
      throw new PenstockException(
          ErrorCode.PARITY_FAILED,
          "not one of the " + values + " values compared is present, so nothing is shown",
          "ask about keys that have rows");
    }
    if (!passed()) {
      Difference first = differences.isEmpty() ? null : differences.get(0);
      throw new PenstockException(
          ErrorCode.PARITY_FAILED,
          (sample - equal)
              + " of "
              + sample
              + " served answers come out differently when replayed: "
              + reasons,
          first == null
              ? ""
              : "the first is "
                  + first.feature()
                  + " of prediction "
                  + first.prediction()
                  + ": served "
                  + first.served()
                  + ", replayed "
                  + first.replayed()
                  + " ("
                  + first.rows()
                  + ")");
    }
  }
}
