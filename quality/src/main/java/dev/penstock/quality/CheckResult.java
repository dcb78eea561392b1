package dev.penstock.quality;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Check} found.
 *
 * @param check the check's text, as its definition writes it
 * @param value what was measured; null where that is undefined (nothing to measure, NaN) or not
 *     finite: the sentence says which
 * @param bound as it is written in the definition
 * @param n the denominator: rows for {@code row_count} and {@code null_share}, rows whose argument
 *     is not null for the others
 * @param interval the 95 % confidence interval of a share; null for other measures. The verdict
 *     rests on the value alone
 * @param sentence the finding, for a person
 */
public record CheckResult(
    String check,
    @Nullable Double value,
    String bound,
    long n,
    @Nullable Interval interval,
    State state,
    String sentence) {
  /** How a check ended. */
  public enum State {
    /** The measured value is in the bound. */
    PASS,
    /** It is not, and the check only warns. */
    WARN,
    /** It is not. */
    FAIL,
    /** There was nothing to measure. This is not a pass, and it blocks nothing. */
    INCONCLUSIVE,
    /** It could not be measured. */
    ERROR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public boolean passed() {
    return state == State.PASS;
  }

  /** Whether what depends on the rows must wait: {@code fail} and {@code error} do so. */
  public boolean blocks() {
    return state == State.FAIL || state == State.ERROR;
  }
}
