package dev.penstock.source;

import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;

/**
 * Decides row by row, once, what is accepted of a source: the same code for pushed rows and rows of
 * a file. Works on columns: each expression is evaluated once per batch. Thread-safe.
 */
public final class Acceptance {
  private final SourceSpec source;

  public Acceptance(SourceSpec source) {
    this.source = source;
  }

  public SourceSpec source() {
    return source;
  }

  /**
   * Judges rows in this order: type, null, row rules, event time, future, id. The first reason
   * counts. What passes gets a position in {@code partition}, dense from {@code next} on.
   *
   * @param next where the source stands: the first offset not yet given
   * @param ids asked, and told what was accepted
   * @throws PenstockException if the batch's columns do not fit the source at all, or its seen
   *     times go back
   */
  @SuppressWarnings("DoNotCallSuggester")
  public Decision decide(RawRows raw, Arrival arrival, int partition, Positions next, IdIndex ids) {
    throw new UnsupportedOperationException();
  }
}
