package dev.penstock.app.replay;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Pushes the rows of several sources side by side. Each source's rows go in their order; between
 * sources there is none, and the server takes what comes together into one commit.
 */
final class Pushes implements AutoCloseable {
  private final List<Track> tracks;
  private final ReplayClient server;
  private final ExecutorService threads;

  Pushes(List<Track> tracks, ReplayClient server) {
    this.tracks = tracks;
    this.server = server;
    this.threads = Executors.newFixedThreadPool(Math.max(1, tracks.size()));
  }

  /** Pushes all rows known before the moment, and returns when all are acknowledged. */
  void until(long moment) {
    List<Future<?>> running = new ArrayList<>();
    for (Track track : tracks) {
      running.add(threads.submit(() -> track.pushUntil(moment, server)));
    }
    try {
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY, "the replay was interrupted", "the same command goes on");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PenstockException known) {
        throw known;
      }
      throw new PenstockException(ErrorCode.INTERNAL, null, "a push failed", "", e.getCause());
    }
  }

  /**
   * Begins to write the requests that {@link #until} will send for this moment, one of each source,
   * and returns: so the server's time for questions is used.
   */
  void prepareUntil(long moment) {
    for (Track track : tracks) {
      // What fails here fails again where it is pushed, and is said there.
      var unused = threads.submit(() -> track.prepareUntil(moment));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
