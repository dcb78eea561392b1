package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.Aggregate;
import org.jspecify.annotations.Nullable;

/** The first or the last event time of the rows that have a value in the slot. */
final class TimePartial implements Partial {
  private static final double MICROS_PER_SECOND = 1_000_000;

  private final int slot;
  private final Extreme end;
  private @Nullable Rows rows;
  private boolean any;
  private long best;

  TimePartial(int slot, Extreme end) {
    this.slot = slot;
    this.end = end;
  }

  @Override
  public void bind(Rows bound) {
    rows = bound;
  }

  @Override
  public void clear() {
    any = false;
  }

  @Override
  public void add(int row) {
    Rows from = requireNonNull(rows);
    if (from.slots[slot].isPresent(row)) {
      offer(from.eventTimes[row]);
    }
  }

  @Override
  public boolean undo(int row) {
    Rows from = requireNonNull(rows);
    return !from.slots[slot].isPresent(row) || from.eventTimes[row] != best;
  }

  private void offer(long eventTime) {
    if (!any || end.better(eventTime, best)) {
      any = true;
      best = eventTime;
    }
  }

  @Override
  public void write(ByteSink out) {
    out.oneByte(any ? 1 : 0);
    if (any) {
      out.eightBytes(best);
    }
  }

  @Override
  public void merge(ByteSource in) {
    if (in.oneByte() != 0) {
      offer(in.eightBytes());
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (any) {
      answerSince(best, moment, answer);
    } else {
      answer.nothing();
    }
  }

  /** The seconds from an event time to a later moment; an error if they are 2^63 µs or more. */
  static void answerSince(long eventTime, long moment, Answer answer) {
    long micros = moment - eventTime;
    if (micros < 0) {
      answer.error();
    } else {
      answer.real(micros / MICROS_PER_SECOND);
    }
  }
}
