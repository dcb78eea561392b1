package dev.penstock.embedded;

import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveUpdater;
import dev.penstock.online.ViewUpdater;
import dev.penstock.source.ClockMode;
import dev.penstock.source.WallClock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a store runs.
 *
 * @param clockMode null for the one the store has had so far, which is the wall clock's where it
 *     has had none
 * @param wallClock the machine's clock; asked only in {@link ClockMode#WALL}
 * @param queuedRows how many rows may wait for a commit before pushes are refused
 * @param queuedBytes how many bytes may wait, about
 * @param groupRows how many rows one commit takes at most, unless one push brings more
 * @param cacheBytes memory for what was read from disk
 * @param updater what carries rows into the views of a graph
 */
public record StoreOptions(
    @Nullable ClockMode clockMode,
    WallClock wallClock,
    long queuedRows,
    long queuedBytes,
    int groupRows,
    long cacheBytes,
    Function<LiveGraph, LiveUpdater> updater) {
  public static StoreOptions of(ClockMode mode, WallClock wallClock) {
    return options(mode, wallClock);
  }

  /** With the clock the store has had so far. */
  public static StoreOptions ofItsClock(WallClock wallClock) {
    return options(null, wallClock);
  }

  private static StoreOptions options(@Nullable ClockMode mode, WallClock wallClock) {
    return new StoreOptions(
        mode, wallClock, 200_000, 64L << 20, 20_000, 128L << 20, ViewUpdater::new);
  }

  public StoreOptions queue(long rows, long bytes) {
    return new StoreOptions(clockMode, wallClock, rows, bytes, groupRows, cacheBytes, updater);
  }

  public StoreOptions updatedBy(Function<LiveGraph, LiveUpdater> factory) {
    return new StoreOptions(
        clockMode, wallClock, queuedRows, queuedBytes, groupRows, cacheBytes, factory);
  }
}
