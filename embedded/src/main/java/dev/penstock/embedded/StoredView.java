package dev.penstock.embedded;

import dev.penstock.data.Fingerprint;
import dev.penstock.data.Positions;

/**
 * What the store holds of a view.
 *
 * @param number stands before each address of the view's state
 * @param formatVersion of the state, see {@link dev.penstock.feature.ViewState#formatVersion}
 * @param positions what the state reflects: of {@link Phase#READY} views of a live source not less
 *     than this, for every commit reaches them
 */
public record StoredView(
    Fingerprint fingerprint,
    int number,
    int formatVersion,
    String source,
    Phase phase,
    Positions positions) {
  /** Where a view stands. */
  public enum Phase {
    /** Its history is being filled in; half a state is of no use and is wiped. */
    FILLING,
    /** Every commit reaches it. */
    READY,
    /** No commit reaches it any more, since the graph no longer named it. */
    PARKED
  }

  public StoredView in(Phase other, Positions at) {
    return new StoredView(fingerprint, number, formatVersion, source, other, at);
  }
}
