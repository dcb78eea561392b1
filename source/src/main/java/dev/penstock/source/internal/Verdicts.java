package dev.penstock.source.internal;

import dev.penstock.source.QuarantineReason;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which rows of a batch were refused, and why: the first reason given to a row counts. */
public final class Verdicts {
  /** Why one row was refused. */
  public record Refusal(QuarantineReason reason, String rule, String message) {}

  private final @Nullable Refusal[] refusals;
  private final boolean[] exempt;
  private int refused;

  public Verdicts(int rows) {
    this(new boolean[rows]);
  }

  /**
   * @param exempt rows of which only the key matters: {@link #refuse} does nothing to them
   */
  public Verdicts(boolean[] exempt) {
    this.exempt = exempt;
    this.refusals = new Refusal[exempt.length];
  }

  public void refuse(int row, QuarantineReason reason, String rule, Supplier<String> message) {
    if (!exempt[row]) {
      refuseAny(row, reason, rule, message);
    }
  }

  /** The same for exempt rows too. */
  void refuseAny(int row, QuarantineReason reason, String rule, Supplier<String> message) {
    if (refusals[row] == null) {
      refusals[row] = new Refusal(reason, rule, message.get());
      refused++;
    }
  }

  public @Nullable Refusal of(int row) {
    return refusals[row];
  }

  public boolean passed(int row) {
    return refusals[row] == null;
  }

  public int refused() {
    return refused;
  }
}
