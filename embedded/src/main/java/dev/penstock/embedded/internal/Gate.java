package dev.penstock.embedded.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts who is using native memory, so that closing waits for them instead of pulling it away. */
final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private int inside;
  private boolean shut;

  void enter() {
    lock.lock();
    try {
      if (shut) {
        throw new PenstockException(
            ErrorCode.CONFLICT_RETRY, "the store is closed", "open the project again");
      }
      inside++;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      inside--;
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more; true when everybody has left in time. */
  boolean shut(long seconds) {
    lock.lock();
    try {
      shut = true;
      long nanos = TimeUnit.SECONDS.toNanos(seconds);
      while (inside > 0 && nanos > 0) {
        nanos = left.awaitNanos(nanos);
      }
      return inside == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
