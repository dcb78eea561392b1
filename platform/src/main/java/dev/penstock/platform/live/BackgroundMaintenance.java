package dev.penstock.platform.live;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lake small while a server runs. What fails stops nobody: it is told as a warning until
 * it succeeds. Where a command is in the way, it waits for the next time. Thread-safe.
 */
public final class BackgroundMaintenance implements AutoCloseable {
  /** Of so many times, one looks for files that nothing refers to. */
  private static final int EVERYTHING = 100;

  private final Runnable tables;
  private final Runnable everything;
  private final Duration every;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "penstock-maintenance");
  private int times;
  private volatile @Nullable String failure;

  /**
   * Of one project.
   *
   * @param tables what is done mostly
   * @param everything what is done at times instead
   */
  public BackgroundMaintenance(Runnable tables, Runnable everything, Duration every) {
    this.tables = tables;
    this.everything = everything;
    this.every = every;
    thread.setDaemon(true);
  }

  public BackgroundMaintenance start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does it once. */
  synchronized void look() {
    try {
      if (times % EVERYTHING == 0) {
        everything.run();
      } else {
        tables.run();
      }
      times++;
      failure = null;
    } catch (RuntimeException | Error e) {
      if (!(e instanceof PenstockException known)) {
        failure = String.valueOf(e);
      } else if (known.code() != ErrorCode.CONFLICT_RETRY) {
        failure = known.what();
      }
    }
  }

  /** What an operator should know. */
  List<String> warnings() {
    String now = failure;
    return now == null
        ? List.of()
        : List.of("old files of the lake stay, because maintenance fails: " + now);
  }

  /** Looks no more; what is under way is done when this returns. */
  @Override
  public void close() {
    closing.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
