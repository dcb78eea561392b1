package dev.penstock.platform.run;

import dev.penstock.embedded.EmbeddedStore;
import dev.penstock.embedded.StoreOptions;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.Turn;
import dev.penstock.platform.live.BackgroundFlush;
import dev.penstock.platform.live.BackgroundMaintenance;
import dev.penstock.platform.live.LakeFlush;
import dev.penstock.platform.live.LiveServing;
import dev.penstock.platform.live.LiveStore;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is live of an open project: its store, open for one command or for as long as a server runs,
 * and how that moves to the lake. What a crash cut short of the lake's versions is finished before
 * anything moves. Thread-safe.
 */
final class LiveSide implements AutoCloseable {
  private final OpenProject project;
  private final Turn change;
  private boolean settled;
  private volatile @Nullable LiveStore live;
  private @Nullable LakeFlush flush;
  private @Nullable BackgroundFlush background;
  private @Nullable BackgroundMaintenance maintenance;

  /**
   * Of one project.
   *
   * @param change the turn of the commands that change what there is
   */
  LiveSide(OpenProject project, Turn change) {
    this.project = project;
    this.change = change;
  }

  /** The server's store; null when none runs here. */
  @Nullable LiveStore running() {
    return live;
  }

  boolean exists() {
    return LiveStore.exists(project);
  }

  /** Finishes what a crash cut short, once. */
  synchronized void settle() {
    if (!settled) {
      new VersionOperations(project).repair();
      settled = true;
    }
  }

  synchronized Serving serving(ClockMode clock) {
    LiveStore serving = live;
    BackgroundFlush flushing = background;
    BackgroundMaintenance maintaining = maintenance;
    if (serving == null || flushing == null || maintaining == null) {
      settle();
      serving = LiveStore.open(project, clock, Progress.SILENT);
      LakeFlush all = new LakeFlush(project.lake(), serving.store());
      flushing =
          new BackgroundFlush(
              serving.store(), all, project.project().environment().flush(), project::now);
      live = serving;
      flush = all;
      background = flushing.start();
      maintaining = maintaining();
      maintenance = maintaining.start();
    }
    return new LiveServing(project, serving, flushing, maintaining);
  }

  /** Maintenance takes its turn with the commands that change what there is. */
  private BackgroundMaintenance maintaining() {
    GcOperation gc = new GcOperation(project);
    return new BackgroundMaintenance(
        () -> change.take("gc", () -> gc.tables()),
        () -> change.take("gc", () -> gc.everything()),
        project.project().environment().maintenance().every());
  }

  /** Moves what is live into the lake, so that history has it. */
  synchronized void flush() {
    settle();
    if (flush != null) {
      flush.run();
    } else if (exists()) {
      try (EmbeddedStore store = stored()) {
        new LakeFlush(project.lake(), store).run();
      }
    }
  }

  /** Moves what is live into the lake, and works before more of it is moved. */
  Answer still(Supplier<Answer> work) {
    LakeFlush running;
    synchronized (this) {
      running = flush;
    }
    if (running != null) {
      return running.still(work);
    }
    flush();
    return work.get();
  }

  /** The store as it was left, with its own clock; no view is brought up to date. */
  EmbeddedStore stored() {
    return EmbeddedStore.open(LiveStore.folder(project), StoreOptions.ofItsClock(project::now));
  }

  /** Works on the server's store when one runs here, or opens it, with its own clock, for this. */
  Answer with(Progress progress, Function<LiveStore, Answer> work) {
    LiveStore running = live;
    if (running != null) {
      return work.apply(running);
    }
    settle();
    try (LiveStore store = LiveStore.open(project, null, progress)) {
      Answer answer = work.apply(store);
      new LakeFlush(project.lake(), store.store()).run();
      return answer;
    }
  }

  /** What cannot be flushed now stays in the store for the next command. */
  @Override
  public synchronized void close() {
    LiveStore closing = live;
    if (closing == null) {
      return;
    }
    live = null;
    try {
      if (maintenance != null) {
        maintenance.close();
      }
      if (background != null) {
        background.close();
      }
      if (flush != null) {
        flush.run();
      }
    } finally {
      closing.close();
    }
  }
}
