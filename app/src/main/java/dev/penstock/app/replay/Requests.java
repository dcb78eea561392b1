package dev.penstock.app.replay;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Sends requests side by side: the pushes of several sources, each in its order, of which the
 * server takes what comes together into one commit; and the questions of one moment.
 */
final class Requests implements AutoCloseable {
  /** A moment's questions are asked by at most so many at once. */
  private static final int QUESTIONS = 2;

  private final List<Track> tracks;
  private final ReplayClient server;
  private final ExecutorService threads;

  Requests(List<Track> tracks, ReplayClient server) {
    this.tracks = tracks;
    this.server = server;
    this.threads = Executors.newFixedThreadPool(tracks.size() + QUESTIONS);
  }

  /** Pushes all rows known before the moment, and returns when all are acknowledged. */
  void pushUntil(long moment) {
    List<Runnable> pushes = new ArrayList<>();
    for (Track track : tracks) {
      pushes.add(() -> track.pushUntil(moment, server));
    }
    together(pushes);
  }

  /** Asks about rows of one moment, and returns when all are answered. */
  void ask(Batch rows, Consumer<Batch> question) {
    List<Runnable> questions = new ArrayList<>();
    int from = 0;
    for (int part = 1; part <= QUESTIONS; part++) {
      int to = rows.rows() * part / QUESTIONS;
      if (to > from) {
        Batch asked = rows.slice(from, to);
        questions.add(() -> question.accept(asked));
      }
      from = to;
    }
    together(questions);
  }

  private void together(List<Runnable> requests) {
    List<Future<?>> running = new ArrayList<>();
    requests.forEach(request -> running.add(threads.submit(request)));
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
      throw new PenstockException(ErrorCode.INTERNAL, null, "a request failed", "", e.getCause());
    }
  }

  /**
   * Begins to write the requests that {@link #pushUntil} will send for this moment, one of each
   * source, and returns: so the server's time for questions is used.
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
