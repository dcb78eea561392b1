package dev.penstock.embedded.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.embedded.StoredView;
import dev.penstock.feature.StateReader;
import dev.penstock.online.LiveView;
import dev.penstock.online.Reading;
import dev.penstock.source.ClockMode;
import java.util.concurrent.atomic.AtomicBoolean;

/** A reading of what was published when it was opened. */
final class StoreReading implements Reading {
  private final Rocks rocks;
  private final Gate gate;
  private final Published seen;
  private final long q;
  private final ClockMode clockMode;
  private final AtomicBoolean closed = new AtomicBoolean();

  StoreReading(Rocks rocks, Gate gate, Published seen, long q, ClockMode clockMode) {
    this.rocks = rocks;
    this.gate = gate;
    this.seen = seen;
    this.q = q;
    this.clockMode = clockMode;
  }

  @Override
  public long q() {
    return q;
  }

  @Override
  public ClockMode clockMode() {
    return clockMode;
  }

  @Override
  public Positions positions(LiveView view) {
    return seen.state.positions(ready(view));
  }

  @Override
  public StateReader state(LiveView view) {
    return new StoredState(rocks, seen, ready(view).number());
  }

  private StoredView ready(LiveView view) {
    StoredView stored = seen.state.views().get(view.fingerprint());
    if (stored == null || stored.phase() != StoredView.Phase.READY) {
      throw new PenstockException(
          ErrorCode.NOT_APPLIED,
          "view '"
              + view.view().name()
              + "' ("
              + view.fingerprint().shown()
              + ") "
              + (stored == null ? "is not in the store" : "is being filled with its history"),
          stored == null ? "apply the definitions and fill it" : "try again when it is filled");
    }
    return stored;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      seen.release();
      gate.leave();
    }
  }
}
