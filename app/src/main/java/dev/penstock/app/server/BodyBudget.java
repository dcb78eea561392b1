package dev.penstock.app.server;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of requests may be in memory. A queue counts requests, and a request may be large:
 * without this, a few hundred that wait would fill the heap. Thread-safe.
 */
final class BodyBudget {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long most) {
    this.most = most;
  }

  /** What one request holds of the budget. */
  final class Share {
    private long bytes;

    /**
     * Takes more.
     *
     * @throws PenstockException {@code OVERLOADED} if there is not so much left
     */
    synchronized void take(long more) {
      if (taken.addAndGet(more) > most) {
        taken.addAndGet(-more);
        throw new PenstockException(
            ErrorCode.OVERLOADED,
            "requests of " + most + " bytes are being worked on",
            "send it again in a moment, with the same ids");
      }
      bytes += more;
    }

    /** Gives all back. */
    synchronized void give() {
      taken.addAndGet(-bytes);
      bytes = 0;
    }
  }

  /** How many bytes are held now. */
  long taken() {
    return taken.get();
  }

  Share share() {
    return new Share();
  }
}
