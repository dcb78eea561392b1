package dev.penstock.source.internal;

import dev.penstock.source.QuarantineReason;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which rows of a batch were refused, and why: the first reason given to a row counts. */
public final class Verdicts {
  /** Why one row was refused. */
  public record Refusal(QuarantineReason reason, String rule, String message) {}

  private final @Nullable Refusal[] refusals;
  private int refused;

  public Verdicts(int rows) {
    refusals = new Refusal[rows];
  }

  public void refuse(int row, QuarantineReason reason, String rule, Supplier<String> message) {
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
