package dev.penstock.offline;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs independent parts of one piece of work and waits for all of them. */
final class Parallel {
  private Parallel() {}

  static void run(List<Runnable> parts, int threads) {
    if (threads <= 1 || parts.size() <= 1) {
      parts.forEach(Runnable::run);
      return;
    }
    ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, parts.size()));
    try {
      List<Future<?>> running = new ArrayList<>();
      parts.forEach(part -> running.add(executor.submit(part)));
      for (Future<?> future : running) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY, "the work was interrupted", "run it again");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PenstockException known) {
        throw known;
      }
      throw new PenstockException(
          ErrorCode.INTERNAL, null, "a part of the work failed", "", e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }
}
