package dev.penstock.quality;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.quality.CheckResult.State;
import org.jspecify.annotations.Nullable;

/**
 * A measure over many rows, and the range it must be in. A null argument is skipped, but by {@link
 * Measure#NULL_SHARE}. A NaN is not skipped: it makes a mean, minimum or maximum undefined, and
 * what is undefined is not in the bound. Infinities count as the numbers they are. {@code
 * docs/reference/checks.md} has each measure's formula and denominator.
 *
 * @param text as its definition writes it
 * @param argument what is measured of each row; null for {@link Measure#ROW_COUNT} only
 */
public record Check(
    String text, Measure measure, @Nullable Expression argument, Bound bound, Severity severity) {
  /**
   * @throws PenstockException {@link ErrorCode#TYPE_MISMATCH} if the measure cannot take such an
   *     argument
   */
  public Check {
    if ((measure == Measure.ROW_COUNT) != (argument == null)) {
      throw new IllegalArgumentException(
          measure + (argument == null ? " needs an argument" : " takes no argument"));
    }
    if (argument != null && !takes(measure, argument)) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          measure + " cannot measure " + argument.text() + ", which is " + argument.type(),
          measure == Measure.SHARE ? "it measures a condition" : "it measures numbers");
    }
  }

  public Check(String text, Measure measure, @Nullable Expression argument, Bound bound) {
    this(text, measure, argument, bound, Severity.FAIL);
  }

  private static boolean takes(Measure measure, Expression argument) {
    return switch (measure) {
      case ROW_COUNT, NULL_SHARE -> true;
      case SHARE -> argument.type() == Scalar.BOOLEAN;
      case MEAN, MIN, MAX -> argument.type().isNumeric();
    };
  }

  /** Begins to measure: a fresh evaluation, without rows. */
  public Evaluation begin() {
    return new Evaluation(this);
  }

  /** A check on its way through the rows. Not thread-safe. */
  public static final class Evaluation {
    private final Check check;
    private final Measurement measurement;
    private @Nullable PenstockException error;

    private Evaluation(Check check) {
      this.check = check;
      this.measurement = new Measurement(check.measure);
    }

    /**
     * Measures some more rows. An argument that cannot be evaluated does not throw: it ends the
     * check in the state {@code error}.
     */
    public Evaluation add(Batch batch) {
      Expression argument = check.argument;
      if (error != null) {
        return this;
      }
      if (argument == null) {
        measurement.addRows(batch.rows());
        return this;
      }
      try {
        Column column = argument.evaluate(batch);
        measurement.add(column);
      } catch (PenstockException e) {
        error = e;
      }
      return this;
    }

    /** The verdict on the rows so far. */
    public CheckResult result() {
      if (error != null) {
        return new CheckResult(
            check.text,
            null,
            check.bound.toString(),
            measurement.n(),
            null,
            State.ERROR,
            check.text + " could not be measured: " + error.getMessage());
      }
      return measurement.judge(check);
    }
  }
}
