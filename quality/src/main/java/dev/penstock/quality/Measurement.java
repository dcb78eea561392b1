package dev.penstock.quality;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.quality.CheckResult.State;
import dev.penstock.quality.internal.ExactSum;
import dev.penstock.quality.internal.NumberSink;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** What a check has measured so far. */
final class Measurement implements NumberSink {
  private static final MathContext DIGITS = new MathContext(40);

  private final Measure measure;
  private final ExactSum sum = new ExactSum();
  private BigDecimal decimalSum = BigDecimal.ZERO;
  private long rows;
  private long values;
  private long hits;
  private long nans;
  private long positiveInfinities;
  private long negativeInfinities;
  private long wholeExtreme;
  private double realExtreme;
  private @Nullable BigDecimal decimalExtreme;
  private Kind kind = Kind.WHOLE;

  private enum Kind {
    WHOLE,
    REAL,
    DECIMAL
  }

  Measurement(Measure measure) {
    this.measure = measure;
  }

  void addRows(long more) {
    rows += more;
  }

  void add(Column argument) {
    int size = argument.size();
    boolean[] nulls = argument.nulls();
    int missing = 0;
    for (int i = 0; nulls != null && i < size; i++) {
      missing += nulls[i] ? 1 : 0;
    }
    switch (measure) {
      case ROW_COUNT -> {}
      case NULL_SHARE -> hits += missing;
      case SHARE -> {
        boolean[] conditions = ((BooleanColumn) argument).values();
        for (int i = 0; i < size; i++) {
          hits += conditions[i] && (nulls == null || !nulls[i]) ? 1 : 0;
        }
        values += size - missing;
      }
      // The numbers count themselves.
      case MEAN, MIN, MAX -> takeAll(argument);
    }
    rows += size;
  }

  @Override
  public void whole(long value) {
    kind = Kind.WHOLE;
    if (measure == Measure.MEAN) {
      sum.add(value);
    } else if (values == 0
        || (measure == Measure.MIN ? value < wholeExtreme : value > wholeExtreme)) {
      wholeExtreme = value;
    }
    values++;
  }

  @Override
  public void real(double value) {
    kind = Kind.REAL;
    if (Double.isNaN(value)) {
      nans++;
    } else if (measure == Measure.MEAN) {
      if (Double.isInfinite(value)) {
        positiveInfinities += value > 0 ? 1 : 0;
        negativeInfinities += value < 0 ? 1 : 0;
      } else {
        sum.add(value);
      }
    } else if (values == nans
        || (measure == Measure.MIN ? value < realExtreme : value > realExtreme)) {
      realExtreme = value;
    }
    values++;
  }

  @Override
  public void decimal(BigDecimal value) {
    kind = Kind.DECIMAL;
    if (measure == Measure.MEAN) {
      decimalSum = decimalSum.add(value);
    } else if (decimalExtreme == null
        || (measure == Measure.MIN
            ? value.compareTo(decimalExtreme) < 0
            : value.compareTo(decimalExtreme) > 0)) {
      decimalExtreme = value;
    }
    values++;
  }

  /** The denominator. */
  long n() {
    return measure == Measure.ROW_COUNT || measure == Measure.NULL_SHARE ? rows : values;
  }

  CheckResult judge(Check check) {
    String bound = check.bound().toString();
    String subject = subject(check);
    long n = n();
    if (measure != Measure.ROW_COUNT && n == 0) {
      String why =
          rows == 0
              ? "there are no rows"
              : "all " + Numbers.count(rows) + " rows have a null there";
      return new CheckResult(
          check.text(),
          null,
          bound,
          0,
          null,
          State.INCONCLUSIVE,
          subject + " is unknown: " + why + ", so this is neither a pass nor a failure");
    }
    double value = value();
    boolean holds = holds(check.bound(), value);
    State state = holds ? State.PASS : check.severity() == Severity.WARN ? State.WARN : State.FAIL;
    Interval interval = measure.isShare() ? Interval.wilson(hits, n) : null;
    return new CheckResult(
        check.text(),
        Double.isNaN(value) || Double.isInfinite(value) ? null : value,
        bound,
        n,
        interval,
        state,
        sentence(subject, value, interval)
            + (holds ? ", in the bound " : ", not in the bound ")
            + bound);
  }

  private double value() {
    return switch (measure) {
      case ROW_COUNT -> rows;
      case NULL_SHARE, SHARE -> (double) hits / n();
      case MEAN -> mean();
      case MIN, MAX -> nans > 0 ? Double.NaN : extreme();
    };
  }

  private double mean() {
    if (nans > 0 || (positiveInfinities > 0 && negativeInfinities > 0)) {
      return Double.NaN;
    } else if (positiveInfinities > 0) {
      return Double.POSITIVE_INFINITY;
    } else if (negativeInfinities > 0) {
      return Double.NEGATIVE_INFINITY;
    }
    BigDecimal total = kind == Kind.DECIMAL ? decimalSum : sum.value();
    return total.divide(BigDecimal.valueOf(values), DIGITS).doubleValue();
  }

  private double extreme() {
    return switch (kind) {
      case WHOLE -> wholeExtreme;
      case REAL -> realExtreme;
      case DECIMAL -> decimalExtreme == null ? Double.NaN : decimalExtreme.doubleValue();
    };
  }

  /** Counts, whole extremes and decimals are compared exactly, what was divided as a double. */
  private boolean holds(Bound bound, double value) {
    if (measure == Measure.ROW_COUNT) {
      return bound.holds(BigDecimal.valueOf(rows));
    } else if (measure == Measure.MIN || measure == Measure.MAX) {
      if (kind == Kind.WHOLE) {
        return bound.holds(BigDecimal.valueOf(wholeExtreme));
      } else if (decimalExtreme != null) {
        return bound.holds(decimalExtreme);
      }
    }
    return bound.holds(value);
  }

  private String sentence(String subject, double value, @Nullable Interval interval) {
    if (Double.isNaN(value)) {
      return subject
          + " is undefined: "
          + (nans > 0
              ? Numbers.count(nans) + " of " + Numbers.count(values) + " values are NaN"
              : "the values have infinities of both signs");
    }
    String text = subject + " is " + Numbers.shown(value);
    if (interval != null) {
      return text
          + " ("
          + Numbers.count(hits)
          + " of "
          + Numbers.count(n())
          + ", 95 % interval "
          + Numbers.shown(interval.low())
          + " to "
          + Numbers.shown(interval.high())
          + ")";
    }
    return measure == Measure.ROW_COUNT ? text : text + " over " + Numbers.count(n()) + " values";
  }

  private static String subject(Check check) {
    return check.argument() == null
        ? check.measure().toString()
        : check.measure() + "(" + check.argument().text() + ")";
  }
}
