package dev.penstock.app.server;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for one kind of requests, with a bounded queue before them. Beyond it a request is
 * refused at once: waiting longer would only make everybody late.
 */
final class Workers implements Executor {
  private final ThreadPoolExecutor threads;

  Workers(String name, int count, int queue) {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            (work, pool) -> {
              throw new PenstockException(
                  ErrorCode.OVERLOADED, "too many requests are waiting", "try again shortly");
            });
  }

  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }

  int waiting() {
    return threads.getQueue().size();
  }

  /** Lets the work end that has begun. */
  void stop(Duration patience) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      threads.shutdownNow();
    }
  }
}
