package dev.penstock.app.server.flight;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client is sent, as fast as it takes it. A client that goes away, or cancels, interrupts
 * the thread that works for it.
 */
final class Outflow<T> {
  /** A client that takes nothing for so long holds its rows, and a thread, no more. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final ServerCallStreamObserver<T> client;
  private boolean gone;
  private @Nullable Thread worker;

  /** Before anything is sent, on the thread that took the call. */
  Outflow(ServerCallStreamObserver<T> client) {
    this.client = client;
    client.setOnReadyHandler(this::wake);
    client.setOnCancelHandler(this::leave);
  }

  private synchronized void wake() {
    notifyAll();
  }

  private synchronized void leave() {
    gone = true;
    Thread working = worker;
    if (working != null) {
      working.interrupt();
    }
    notifyAll();
  }

  /** From now on this thread works for the client; false if it is gone. */
  synchronized boolean begin() {
    if (!gone) {
      worker = Thread.currentThread();
    }
    return !gone;
  }

  /** It works for others again. */
  synchronized void end() {
    worker = null;
    // Nobody else interrupts these threads but to stop them, and a pool that stops asks for no
    // more.
    boolean ignored = Thread.interrupted();
  }

  /** Whether the client still waits. */
  synchronized boolean isWanted() {
    return !gone && !client.isCancelled();
  }

  /**
   * Sends when the client can take it.
   *
   * @throws PenstockException {@code LIMIT_EXCEEDED} if it is gone, or takes nothing
   */
  void send(T message) {
    synchronized (this) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!client.isReady() && isWanted()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new PenstockException(
              ErrorCode.LIMIT_EXCEEDED,
              "nothing was read for " + PATIENCE.toMinutes() + " minutes",
              "ask again, for fewer rows at a time");
        }
        try {
          wait(Math.min(1_000, left / 1_000_000 + 1));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
      }
    }
    if (!isWanted()) {
      throw new PenstockException(ErrorCode.LIMIT_EXCEEDED, "the client is gone", "");
    }
    client.onNext(message);
  }
}
