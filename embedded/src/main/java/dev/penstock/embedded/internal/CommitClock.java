package dev.penstock.embedded.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.source.WallClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives commits their seen times and readings their moments, so that time and visibility agree: a
 * reading sees a row exactly when the row's seen time is before the reading's {@code q}.
 *
 * <p>For that a commit's seen time is later than every {@code q} given before it began; while it is
 * on its way to the disk, and so seen by nobody, every {@code q} stays before it; and from the
 * moment it is published, every {@code q} is after it. Under the replay clock nobody's {@code q} is
 * moved: a reading that asks for a moment after a commit on its way waits for it.
 *
 * <p>The moments given are remembered across a crash by a lease: a time on disk that no {@code q}
 * reaches before a later one is there. An opened store goes on from its lease.
 */
final class CommitClock {
  /** How far ahead of {@code q} the lease is taken. */
  static final long LEASE_MICROS = 2_000_000;

  private static final long NONE = Long.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final WallClock wall;
  private long lastSeen;
  private long lastQ;
  private long lease;
  private long inFlight = NONE;
  private Published published;

  CommitClock(WallClock wall, long lastSeen, long lease, Published published) {
    this.wall = wall;
    this.lastSeen = lastSeen;
    this.lastQ = lease;
    this.lease = lease;
    this.published = published;
  }

  /** Begins a commit under the wall clock: the time at which all its rows become known. */
  long begin() {
    lock.lock();
    try {
      inFlight = Math.max(wall.micros(), Math.max(lastSeen + 2, lastQ + 1));
      return inFlight;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins a commit under the replay clock: the last moment asked about, before which no row may be
   * seen.
   */
  long beginReplay() {
    lock.lock();
    try {
      inFlight = lastQ;
      return inFlight;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a commit that is on disk: from now on it is seen. */
  void publish(Published next, long seen, long leased) {
    Published before;
    lock.lock();
    try {
      before = published;
      published = next;
      lastSeen = Math.max(lastSeen, seen);
      lease = Math.max(lease, leased);
      inFlight = NONE;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
    before.release();
  }

  /** Ends a commit that came to nothing. */
  void abandon() {
    lock.lock();
    try {
      inFlight = NONE;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A moment given, with what is seen at it. */
  record Moment(long q, boolean leaseRunsOut, boolean leaseIsOver, Published seen) {}

  /**
   * The present. The caller renews the lease where it is said to run out, and waits if it is over.
   */
  Moment now() {
    lock.lock();
    try {
      long q = Math.max(wall.micros(), Math.max(lastQ, lastSeen + 1));
      if (inFlight != NONE) {
        q = Math.min(q, inFlight - 1);
      }
      lastQ = Math.max(lastQ, q);
      published.retain();
      return new Moment(q, q > lease - LEASE_MICROS / 2, q >= lease, published);
    } finally {
      lock.unlock();
    }
  }

  /** The moment {@code q} of the replay clock. */
  Moment at(long q) {
    lock.lock();
    try {
      while (inFlight != NONE && q > inFlight) {
        ended.awaitUninterruptibly();
      }
      if (q <= lastSeen) {
        throw new PenstockException(
            ErrorCode.CLOCK_CONFLICT,
            "q " + shown(q) + " is not after the last seen time, " + shown(lastSeen),
            "under the replay clock, ask an instant's questions before pushing its rows");
      }
      lastQ = Math.max(lastQ, q);
      published.retain();
      return new Moment(q, false, false, published);
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of what is published, at the end. */
  void letGo() {
    published.release();
  }

  StoreState state() {
    lock.lock();
    try {
      return published.state;
    } finally {
      lock.unlock();
    }
  }

  long lastSeen() {
    lock.lock();
    try {
      return lastSeen;
    } finally {
      lock.unlock();
    }
  }

  /** The last moment given. */
  long lastQ() {
    lock.lock();
    try {
      return lastQ;
    } finally {
      lock.unlock();
    }
  }

  static String shown(long micros) {
    return micros == Long.MIN_VALUE
        ? "the beginning"
        : Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
