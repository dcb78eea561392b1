package dev.penstock.embedded.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.embedded.StoreOptions;
import dev.penstock.online.LiveUpdater;
import dev.penstock.source.Acceptance;
import dev.penstock.source.ClockMode;
import dev.penstock.source.Decision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The one thread that writes. It takes what waits, as a group; judges the rows, appends them to the
 * log, carries them into the views; writes all of it as one synced batch; publishes it to readers;
 * and only then answers. A push that fails by its own fault fails alone. When the disk fails, what
 * was on its way is unknown and the store takes no more.
 */
final class Sequencer implements AutoCloseable {
  private final Rocks rocks;
  private final LogEntries entries;
  private final CommitClock clock;
  private final StoreOptions options;
  private final ClockMode clockMode;
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final Thread thread = new Thread(this::run, "penstock-commit");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Task> queue = new ArrayDeque<>();
  private long queuedRows;
  private long queuedBytes;
  private boolean closing;
  private @Nullable PenstockException broken;

  // Touched by the sequencer's thread alone, once it runs.
  private final SchemaKeys schemaKeys = new SchemaKeys();
  private StoreState state;
  private Map<String, Acceptance> acceptances = Map.of();
  private LiveUpdater updater = (source, rows, into) -> {};

  Sequencer(
      Rocks rocks,
      LogEntries entries,
      CommitClock clock,
      ClockMode clockMode,
      StoreState state,
      StoreOptions options) {
    this.rocks = rocks;
    this.entries = entries;
    this.clock = clock;
    this.state = state;
    this.options = options;
    this.clockMode = clockMode;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** What is accepted and updated from the next commit on; by the sequencer's thread. */
  void use(Map<String, Acceptance> sources, LiveUpdater views) {
    acceptances = sources;
    updater = views;
  }

  /**
   * Queues a task, whose future is completed once it is on disk.
   *
   * @throws PenstockException {@code OVERLOADED} if too much waits already
   */
  void submit(Task task) {
    lock.lock();
    try {
      if (broken != null) {
        throw broken;
      }
      if (closing) {
        throw new PenstockException(
            ErrorCode.CONFLICT_RETRY, "the store is closing", "try again once it is open");
      }
      boolean fits =
          queue.isEmpty()
              || task instanceof Task.Change
              || (queuedRows + task.rows() <= options.queuedRows()
                  && queuedBytes + task.bytes() <= options.queuedBytes());
      if (!fits) {
        throw new PenstockException(
            ErrorCode.OVERLOADED,
            queuedRows + " rows wait for their commit, " + options.queuedRows() + " may",
            "send it again in a moment, with the same ids");
      }
      queue.add(task);
      queuedRows += task.rows();
      queuedBytes += task.bytes();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Why the store takes no more; null while it does. */
  @Nullable PenstockException broken() {
    lock.lock();
    try {
      return broken;
    } finally {
      lock.unlock();
    }
  }

  /** Makes a change and waits for it. */
  void change(Task.Work work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    submit(new Task.Change(work, done));
    await(done);
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PenstockException known) {
        throw known;
      }
      throw e;
    }
  }

  private void run() {
    List<Task> group = take();
    while (!group.isEmpty()) {
      commit(group);
      group = take();
    }
  }

  /** The next group: a change alone, or all pushes that wait, up to a size; empty at the end. */
  private List<Task> take() {
    List<Task> group = new ArrayList<>();
    lock.lock();
    try {
      while (queue.isEmpty() && !closing) {
        changed.awaitUninterruptibly();
      }
      long rows = 0;
      while (!queue.isEmpty()) {
        Task next = queue.element();
        boolean alone = next instanceof Task.Change;
        if (!group.isEmpty() && (alone || rows + next.rows() > options.groupRows())) {
          break;
        }
        group.add(queue.remove());
        rows += next.rows();
        queuedRows -= next.rows();
        queuedBytes -= next.bytes();
        if (alone) {
          break;
        }
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void commit(List<Task> group) {
    List<Runnable> answers;
    try {
      answers = write(group);
    } catch (DiskFailed failed) {
      breakWith(failed.known(), group);
      return;
    } catch (RuntimeException fault) {
      if (group.size() == 1) {
        group.get(0).done().completeExceptionally(fault);
      } else {
        // Somebody in the group is at fault; alone, only that one fails.
        group.forEach(this::commitAlone);
      }
      return;
    } catch (Error fatal) {
      breakWith(
          new PenstockException(
              ErrorCode.INTERNAL, null, "the commit thread failed: " + fatal, "restart", fatal),
          group);
      return;
    }
    answers.forEach(Runnable::run);
  }

  /** Commits one task of a group, unless one before it broke the store. */
  private void commitAlone(Task task) {
    PenstockException reason = broken();
    if (reason == null) {
      commit(List.of(task));
    } else {
      task.done().completeExceptionally(reason);
    }
  }

  private List<Runnable> write(List<Task> group) {
    boolean pushes = group.stream().anyMatch(task -> task instanceof Task.Push);
    boolean wall = clockMode == ClockMode.WALL;
    long begun = !pushes ? clock.lastSeen() : wall ? clock.begin() : clock.beginReplay();
    // Under the replay clock its rows alone say what is seen: a push that is refused says nothing.
    long seen = wall ? begun : clock.lastSeen();
    boolean published = false;
    try (Commit commit = new Commit(rocks, entries, schemaKeys, state, seen, begun)) {
      List<Runnable> answers = new ArrayList<>(group.size());
      for (Task task : group) {
        answers.add(put(task, commit));
      }
      commit.update(updater);
      long lastSeen = Math.max(clock.lastSeen(), commit.seen());
      long lastQ = clock.lastQ();
      long lease = wall ? Math.max(lastSeen, lastQ) + CommitClock.LEASE_MICROS : lastQ;
      try {
        rocks.db.write(synced, commit.finish(state, new ClockRecord(lastSeen, lastQ, lease)));
      } catch (RocksDBException e) {
        throw new DiskFailed(e);
      }
      state = commit.state();
      clock.publish(new Published(rocks, state), lastSeen, lease);
      published = true;
      return answers;
    } finally {
      if (!published) {
        clock.abandon();
      }
    }
  }

  /** Puts a task into the commit; what it returns answers it once the commit is on disk. */
  private Runnable put(Task task, Commit commit) {
    if (task instanceof Task.Push push) {
      try {
        Decision decision = commit.accept(acceptance(push.source()), push.raw(), clockMode);
        return () -> push.done().complete(decision);
      } catch (PenstockException refused) {
        if (refused.code().kind() == ErrorCode.Kind.FAILED) {
          throw refused;
        }
        // Refused before anything of it was taken in.
        return () -> push.done().completeExceptionally(refused);
      }
    } else if (task instanceof Task.Predict predict) {
      long first = commit.predict(predict.entries());
      return () -> predict.done().complete(first);
    }
    Task.Change change = (Task.Change) task;
    Runnable then = change.work().run(commit);
    return () -> {
      then.run();
      change.done().complete(null);
    };
  }

  private Acceptance acceptance(String source) {
    Acceptance acceptance = acceptances.get(source);
    if (acceptance == null) {
      throw new PenstockException(
          ErrorCode.NOT_APPLIED,
          "source '" + source + "' takes no rows",
          Suggestion.among(source, acceptances.keySet()));
    }
    return acceptance;
  }

  private void breakWith(PenstockException reason, List<Task> group) {
    List<Task> failed = new ArrayList<>(group);
    lock.lock();
    try {
      broken = reason;
      failed.addAll(queue);
      queue.clear();
    } finally {
      lock.unlock();
    }
    failed.forEach(task -> task.done().completeExceptionally(reason));
  }

  /** The write itself failed: whether it is on disk is not known. */
  private static final class DiskFailed extends RuntimeException {
    DiskFailed(RocksDBException cause) {
      super(cause.getMessage(), cause);
    }

    PenstockException known() {
      return new PenstockException(
          ErrorCode.UNKNOWN_STATE,
          null,
          "the commit may or may not be on disk: " + getMessage(),
          "look at the disk, start again, and send the same rows with the same ids",
          this);
    }
  }

  /** The store was closed in order, so no moment was given after the last one. */
  private void giveUpLease() {
    if (broken != null) {
      return;
    }
    long lastQ = clock.lastQ();
    try (WriteBatch batch = new WriteBatch()) {
      Meta.put(batch, rocks, new ClockRecord(clock.lastSeen(), lastQ, lastQ));
      rocks.db.write(synced, batch);
    } catch (RocksDBException e) {
      throw Rocks.failed("closing the store", e);
    }
  }

  /** Commits what waits, then stops. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    giveUpLease();
    synced.close();
  }
}
