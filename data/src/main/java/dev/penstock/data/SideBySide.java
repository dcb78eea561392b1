package dev.penstock.data;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Pieces of work that share the machine's cores: the caller's thread and those of the pool. */
public final class SideBySide {
  private final List<? extends Runnable> work;
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch left;
  private final AtomicReferenceArray<@Nullable Throwable> failures;

  private SideBySide(List<? extends Runnable> work) {
    this.work = work;
    this.left = new CountDownLatch(work.size());
    this.failures = new AtomicReferenceArray<>(work.size());
  }

  /**
   * Runs all of it and returns when every piece has ended, also where one of them failed: what they
   * work on may be closed then. Of several failures it throws that of the first piece.
   */
  public static void run(List<? extends Runnable> work) {
    SideBySide shared = new SideBySide(work);
    int helpers = Math.min(work.size() - 1, ForkJoinPool.getCommonPoolParallelism());
    for (int i = 0; i < helpers; i++) {
      ForkJoinPool.commonPool().execute(shared::takePieces);
    }
    shared.takePieces();
    shared.await();
  }

  private void takePieces() {
    for (int piece = next.getAndIncrement(); piece < work.size(); piece = next.getAndIncrement()) {
      try {
        work.get(piece).run();
      } catch (RuntimeException | Error e) {
        failures.set(piece, e);
      } finally {
        left.countDown();
      }
    }
  }

  private void await() {
    boolean interrupted = false;
    while (left.getCount() > 0) {
      try {
        left.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    for (int piece = 0; piece < work.size(); piece++) {
      Throwable failed = failures.get(piece);
      if (failed instanceof Error error) {
        throw error;
      } else if (failed instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
