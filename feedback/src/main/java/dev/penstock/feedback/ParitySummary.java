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
 * @param reasons of those that did not, how many by which reason
 * @param differences the first of them, at most {@link #MOST_DIFFERENCES}
 */
public record ParitySummary(
    long sample, long equal, Map<Reason, Long> reasons, List<Difference> differences) {
  public static final int MOST_DIFFERENCES = 100;

  /** What makes a replayed answer differ. */
  public enum Reason {
    /** A row was visible to one side and not yet to the other. */
    LATE,
    /** Rows at the very moment of the question. */
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
    Map<Reason, Long> ordered = new EnumMap<>(Reason.class);
    ordered.putAll(reasons);
    reasons = Collections.unmodifiableMap(ordered);
    differences = differences.stream().limit(MOST_DIFFERENCES).toList();
    long unequal = ordered.values().stream().mapToLong(Long::longValue).sum();
    if (equal < 0 || equal + unequal != sample) {
      throw new IllegalArgumentException(
          equal + " equal and " + unequal + " with a reason are not " + sample);
    }
  }

  /** All of these answers came out the same. */
  public static ParitySummary equal(long sample) {
    return new ParitySummary(sample, sample, Map.of(), List.of());
  }

  /** The share that came out the same; null without a sample. */
  public @Nullable Double share() {
    return sample == 0 ? null : (double) equal / sample;
  }

  public boolean passed() {
    return sample > 0 && equal == sample;
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
