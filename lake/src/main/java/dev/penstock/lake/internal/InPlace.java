package dev.penstock.lake.internal;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs what it is given at once, in the thread that gives it. Iceberg waits for the work of other
 * threads in steps of 10 ms, five times in a commit.
 */
public final class InPlace extends AbstractExecutorService {
  public static final InPlace EXECUTOR = new InPlace();

  private InPlace() {}

  @Override
  public void execute(Runnable work) {
    work.run();
  }

  /** Does nothing: there is nothing to stop, and everybody shares it. */
  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
