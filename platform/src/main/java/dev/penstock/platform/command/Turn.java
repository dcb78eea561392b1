package dev.penstock.platform.command;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work of which one may run at a time. Nobody waits for it: it may take hours, and what it leaves
 * may be what the second would have done. Thread-safe; not reentrant.
 */
public final class Turn {
  private final AtomicReference<@Nullable String> running = new AtomicReference<>();

  /**
   * Works if nobody else does.
   *
   * @param name what works, for whoever comes meanwhile
   * @throws PenstockException {@code CONFLICT_RETRY} naming what runs
   */
  public <T> T take(String name, Supplier<T> work) {
    String other = running.compareAndExchange(null, name);
    if (other != null) {
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY,
          "'" + other + "' of this project runs, and '" + name + "' cannot run beside it",
          "try again when it is done");
    }
    try {
      return work.get();
    } finally {
      running.set(null);
    }
  }
}
