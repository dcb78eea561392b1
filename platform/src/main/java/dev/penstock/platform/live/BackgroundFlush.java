package dev.penstock.platform.live;

import dev.penstock.data.PenstockException;
import dev.penstock.embedded.EmbeddedStore;
import dev.penstock.platform.definition.FlushSettings;
import dev.penstock.platform.live.Unflushed.Waiting;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves the live store into the lake while a server runs, when enough rows wait there or one has
 * waited for long enough. A thread looks every second. A flush that fails stops nobody: it is
 * counted, told as a warning and tried again until one succeeds. Takes no turn of the commands:
 * both flush by the same {@link LakeFlush}, one after the other. Thread-safe.
 */
public final class BackgroundFlush implements AutoCloseable {
  private static final long LOOK_AGAIN_MILLIS = 1_000;
  private static final long TRY_AGAIN_MICROS = 10_000_000;

  private final LakeFlush flush;
  private final FlushSettings settings;
  private final LongSupplier clock;
  private final Unflushed unflushed;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "penstock-flush");

  private volatile @Nullable Failure failure;
  private volatile long failures;

  /** A series of failures that no success has ended. */
  private record Failure(long first, long last, String what) {}

  /**
   * Of one store.
   *
   * @param clock the wall clock, in microseconds
   */
  public BackgroundFlush(
      EmbeddedStore store, LakeFlush flush, FlushSettings settings, LongSupplier clock) {
    this.flush = flush;
    this.settings = settings;
    this.clock = clock;
    this.unflushed = new Unflushed(store);
    thread.setDaemon(true);
  }

  /** Begins to look. */
  public BackgroundFlush start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!closing.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Flushes if it is time to. */
  synchronized void look() {
    long now = clock.getAsLong();
    Failure before = failure;
    try {
      boolean due =
          before == null
              ? unflushed.all(now).stream().anyMatch(this::isEnough)
              : now < before.last() || now - before.last() >= TRY_AGAIN_MICROS;
      if (due) {
        flush.run();
        failure = null;
      }
    } catch (RuntimeException | Error e) {
      String what = e instanceof PenstockException known ? known.what() : String.valueOf(e);
      failures++;
      failure = new Failure(before == null ? now : before.first(), now, what);
    }
  }

  private boolean isEnough(Waiting waiting) {
    return waiting.rows() >= settings.rows()
        || (waiting.rows() > 0
            && waiting.micros() >= TimeUnit.SECONDS.toMicros(settings.age().toSeconds()));
  }

  /** What an operator should know: nothing, or that flushing fails, since when and why. */
  List<String> warnings() {
    Failure now = failure;
    if (now == null) {
      return List.of();
    }
    return List.of(
        "since "
            + Instant.EPOCH.plus(now.first(), ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS)
            + " rows stay in the log, because moving them to the lake fails and is tried again: "
            + now.what());
  }

  /** How many flushes have failed. */
  long failures() {
    return failures;
  }

  /** How long the oldest row of a source has waited in the log, seconds. */
  double oldestSeconds(String source) {
    return unflushed.source(source, clock.getAsLong()).micros() / 1e6;
  }

  /** Looks no more; a flush under way is done when this returns. */
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
