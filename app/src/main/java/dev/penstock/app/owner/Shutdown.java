package dev.penstock.app.owner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Ends work in order when the process is asked to end (SIGTERM, Ctrl-C): the thread that works is
 * interrupted, and the process waits until the thread has closed what it had open.
 */
final class Shutdown {
  private static final long PATIENCE_SECONDS = 60;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "penstock-shutdown");

  private Shutdown() {}

  /** Does work that a request to end interrupts. */
  static int interrupting(IntSupplier work) {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
    try {
      return work.getAsInt();
    } finally {
      shutdown.close();
    }
  }

  private void end() {
    worker.interrupt();
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("penstock: not done after " + PATIENCE_SECONDS + " s; ending anyway");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and this was what it waited for.
      closed.countDown();
    }
  }
}
