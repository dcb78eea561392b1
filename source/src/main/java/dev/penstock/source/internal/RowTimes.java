package dev.penstock.source.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.source.Arrival;
import dev.penstock.source.NamedExpression;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.RawRows;
import dev.penstock.source.SeenTime;
import dev.penstock.source.SourceSpec;
import java.util.Arrays;

/** The acceptance clock at each raw row, and what it says about the row's times. */
public final class RowTimes {
  private final SourceSpec source;
  private final boolean history;
  private final long[] clock;

  /**
   * The clock at these rows.
   *
   * @throws PenstockException {@code CLOCK_CONFLICT} if seen times that the rows bring go back
   */
  public RowTimes(SourceSpec source, RawRows raw, Arrival arrival) {
    this.source = source;
    this.history = arrival instanceof Arrival.AsHistory;
    if (arrival instanceof Arrival.Replayed replayed) {
      clock = replayed(raw, replayed.notBefore());
    } else {
      clock = new long[raw.rows().rows()];
      Arrays.fill(
          clock,
          arrival instanceof Arrival.Live live
              ? live.seenTime()
              : ((Arrival.AsHistory) arrival).wallClock());
    }
  }

  /** The acceptance clock when it met this row. */
  public long clock(int row) {
    return clock[row];
  }

  /** Refuses rows whose event time is null or lies in the future. */
  public void judge(NamedExpression time, LongColumn values, Verdicts verdicts) {
    long allowance = source.futureAllowance().micros();
    boolean[] nulls = values.nulls();
    for (int row = 0; row < clock.length; row++) {
      if (nulls != null && nulls[row]) {
        verdicts.refuse(
            row,
            QuarantineReason.NULL_EVENT_TIME,
            time.name(),
            () -> time.name() + " is null: " + time.expression().text());
      } else if (values.values()[row] > after(clock[row], allowance)) {
        long now = clock[row];
        long when = values.values()[row];
        verdicts.refuse(
            row,
            QuarantineReason.FUTURE_EVENT_TIME,
            time.name(),
            () ->
                time.name()
                    + " "
                    + RowJson.shown(when, Scalar.TIMESTAMP)
                    + " is more than "
                    + source.futureAllowance()
                    + " after the clock, "
                    + RowJson.shown(now, Scalar.TIMESTAMP));
      }
    }
  }

  /**
   * When each row became known. History says so itself, but what is here now is known now: a time
   * after the wall clock is cut to it.
   */
  public long[] seen(Batch rows, LongColumn eventTime, Verdicts verdicts) {
    if (!history) {
      return clock;
    }
    long[] seen = new long[clock.length];
    if (source.seenTime() instanceof SeenTime.Arrival arrival) {
      LongColumn arrived = (LongColumn) rows.column(arrival.column());
      for (int row = 0; row < seen.length; row++) {
        if (arrived.isNull(row)) {
          verdicts.refuse(
              row,
              QuarantineReason.NULL_SEEN_TIME,
              arrival.column(),
              () -> arrival.column() + " is null, but says when the row became known");
        }
        seen[row] = Math.min(arrived.values()[row], clock[row]);
      }
    } else if (source.seenTime() instanceof SeenTime.Lag lag) {
      for (int row = 0; row < seen.length; row++) {
        seen[row] = Math.min(after(eventTime.values()[row], lag.lag().micros()), clock[row]);
      }
    }
    return seen;
  }

  private static long after(long time, long span) {
    long sum = time + span;
    return sum < time ? Long.MAX_VALUE : sum;
  }

  private static long[] replayed(RawRows raw, long notBefore) {
    Column given = raw.rows().column(RawRows.SEEN_TIME);
    if (!(given instanceof LongColumn times) || given.type() != Scalar.TIMESTAMP) {
      throw new PenstockException(
          ErrorCode.SCHEMA_INCOMPATIBLE,
          "column '" + RawRows.SEEN_TIME + "' is " + given.type(),
          "the replay clock needs a timestamp");
    }
    long before = notBefore;
    for (int row = 0; row < times.size(); row++) {
      if (times.isNull(row) || times.values()[row] < before) {
        throw new PenstockException(
            ErrorCode.CLOCK_CONFLICT,
            raw.origin().place(row)
                + ": seen time "
                + RowJson.shown(times.value(row), Scalar.TIMESTAMP)
                + " is before "
                + RowJson.shown(before, Scalar.TIMESTAMP),
            "the replay clock does not go back; push rows in the order of their seen time");
      }
      before = times.values()[row];
    }
    return times.values();
  }
}
