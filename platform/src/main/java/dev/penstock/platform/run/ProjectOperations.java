package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.embedded.EmbeddedStore;
import dev.penstock.embedded.StoreOptions;
import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.ReplayRows;
import dev.penstock.platform.command.Turn;
import dev.penstock.platform.live.BackgroundFlush;
import dev.penstock.platform.live.LakeFlush;
import dev.penstock.platform.live.LiveServing;
import dev.penstock.platform.live.LiveStore;
import dev.penstock.platform.registry.WorkState;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations of an open project: each command's work, written down as a run. */
public final class ProjectOperations implements Operations {
  private final OpenProject project;
  private final PlanOperations plans;
  private final DatasetOperations datasets;
  private final ModelOperations models;
  private final LineageOperation lineage;

  /** Of the commands that change what the project has made; those that only read run beside it. */
  private final Turn change = new Turn();

  private @Nullable LiveStore live;
  private @Nullable LakeFlush flush;
  private @Nullable BackgroundFlush background;

  public ProjectOperations(OpenProject project) {
    this.project = project;
    this.plans = new PlanOperations(project);
    this.datasets = new DatasetOperations(project);
    this.models = new ModelOperations(project, datasets);
    this.lineage = new LineageOperation(project, datasets, models, plans);
  }

  @Override
  public Answer plan() {
    return plans.plan();
  }

  @Override
  public Answer apply(Progress progress) {
    if (live != null) {
      throw new PenstockException(
          ErrorCode.PROJECT_LOCKED,
          "a server runs with the definitions as they were applied",
          "stop it, apply, and start it again: its state is filled anew where it must be");
    }
    return change.take("apply", () -> written("apply", () -> plans.apply(progress, this::flush)));
  }

  @Override
  public Answer ingest(Ingest request, Progress progress) {
    return changing(
        "ingest " + request.source(),
        () -> {
          if (!LiveStore.exists(project)) {
            return new IngestOperation(project).run(request, progress);
          }
          if (request.mode() == Ingest.Mode.HISTORY) {
            throw new PenstockException(
                ErrorCode.UNSUPPORTED,
                "this project is live, and older history would change what was served",
                "ingest without --history: the rows come in as new ones");
          }
          return live(progress, store -> new LiveIngest(project, store).run(request, progress));
        });
  }

  @Override
  public Answer run(List<String> selected, Progress progress) {
    plans.requireApplied();
    return change.take(
        "run",
        () -> {
          flush();
          return new RunOperation(project, datasets, models).run(selected, progress);
        });
  }

  @Override
  public Answer history(History request, Progress progress) {
    flush();
    return applied("features get", () -> new HistoryOperation(project).run(request, progress));
  }

  @Override
  public Answer online(Lookup request) {
    plans.requireApplied();
    return live(
        Progress.SILENT,
        store -> new KeyOperations(project).online(request, new LiveServing(project, store)));
  }

  @Override
  public Answer explain(Lookup request) {
    plans.requireApplied();
    flush();
    return new KeyOperations(project).explain(request);
  }

  @Override
  public Answer buildDataset(String dataset, @Nullable String split, Progress progress) {
    return changing(
        "dataset build " + dataset + (split == null ? "" : " " + split),
        () -> {
          flush();
          return datasets.build(dataset, split, progress);
        });
  }

  @Override
  public Answer showDataset(String dataset) {
    return datasets.show(dataset);
  }

  @Override
  public Answer trainModel(Train request, Progress progress) {
    return changing("model train " + request.model(), () -> models.train(request, progress));
  }

  @Override
  public Answer listModels(@Nullable String model) {
    return models.list(model);
  }

  @Override
  public Answer promoteModel(Promote request, Progress progress) {
    return changing("model promote " + request.model(), () -> models.promote(request, progress));
  }

  @Override
  public Answer rollbackModel(String model) {
    return change.take("model rollback " + model, () -> models.rollback(model));
  }

  @Override
  public Answer listCatalog(@Nullable String kind) {
    return plans.listCatalog(kind);
  }

  @Override
  public Answer searchCatalog(String words) {
    return plans.searchCatalog(words);
  }

  @Override
  public Answer showCatalog(String name) {
    return plans.showCatalog(name);
  }

  @Override
  public Answer parity(Parity request, Progress progress) {
    flush();
    return applied("parity", () -> new ParityOperation(project).run(request, progress));
  }

  @Override
  public Answer feedback(@Nullable String model, Progress progress) {
    return changing(
        "feedback",
        () -> {
          flush();
          return new FeedbackOperation(project, datasets, models).run(model, progress);
        });
  }

  @Override
  public Answer report(Path folder, Progress progress) {
    flush();
    return new ReportOperation(project, datasets, models, lineage).write(folder, progress);
  }

  @Override
  public Answer lineage(String artifact) {
    flush();
    return lineage.run(artifact);
  }

  @Override
  public Answer sql(Query request) {
    flush();
    return new SqlOperation(project).run(request);
  }

  @Override
  public Answer status() {
    StatusOperations status = new StatusOperations(project);
    LiveStore running = live;
    if (running != null) {
      return status.status(running.store());
    }
    if (!LiveStore.exists(project)) {
      return status.status(null);
    }
    try (EmbeddedStore store = stored()) {
      return status.status(store);
    }
  }

  @Override
  public Answer quarantine(@Nullable String source, int limit) {
    flush();
    return new StatusOperations(project).quarantine(source, limit);
  }

  @Override
  public Answer audit(int limit) {
    return new StatusOperations(project).audit(limit);
  }

  @Override
  public Answer check(List<String> selected, Progress progress) {
    flush();
    return new CheckOperation(project).run(selected, progress);
  }

  @Override
  public List<ReplayRows> replay(List<SourceFiles> sources, Progress progress) {
    plans.requireApplied();
    return new ReplayOperation(project).rows(sources, progress);
  }

  @Override
  public synchronized Serving serving(ClockMode clock) {
    plans.requireApplied();
    LiveStore serving = live;
    BackgroundFlush flushing = background;
    if (serving == null || flushing == null) {
      serving = LiveStore.open(project, clock, Progress.SILENT);
      LakeFlush all = new LakeFlush(project.lake(), serving.store());
      flushing =
          new BackgroundFlush(
              serving.store(), all, project.project().environment().flush(), project::now);
      live = serving;
      flush = all;
      background = flushing.start();
    }
    return new LiveServing(project, serving, flushing);
  }

  /** Moves what is live into the lake, so that history has it. */
  private synchronized void flush() {
    if (flush != null) {
      flush.run();
    } else if (LiveStore.exists(project)) {
      try (EmbeddedStore store = stored()) {
        new LakeFlush(project.lake(), store).run();
      }
    }
  }

  /** The store as it was left, with its own clock; no view is brought up to date. */
  private EmbeddedStore stored() {
    return EmbeddedStore.open(LiveStore.folder(project), StoreOptions.ofItsClock(project::now));
  }

  private interface LiveWork {
    Answer on(LiveStore store);
  }

  /** Works on the server's store when one runs here, or opens it, with its own clock, for this. */
  private Answer live(Progress progress, LiveWork work) {
    LiveStore running = live;
    if (running != null) {
      return work.on(running);
    }
    try (LiveStore store = LiveStore.open(project, null, progress)) {
      Answer answer = work.on(store);
      new LakeFlush(project.lake(), store.store()).run();
      return answer;
    }
  }

  /** A command that changes what the project has made, by its definitions: one at a time. */
  private Answer changing(String command, Supplier<Answer> work) {
    return change.take(command, () -> applied(command, work));
  }

  /** A command that works by definitions: those that were applied. */
  private Answer applied(String command, Supplier<Answer> work) {
    return written(
        command,
        () -> {
          plans.requireApplied();
          return work.get();
        });
  }

  private Answer written(String command, Supplier<Answer> work) {
    long run = project.registry().runs().start(command, project.now());
    try {
      Answer answer = work.get();
      PenstockException failure = answer.failure();
      project
          .registry()
          .runs()
          .finish(
              run,
              failure == null ? WorkState.DONE : WorkState.FAILED,
              failure == null ? "" : failure.what(),
              project.now());
      return answer;
    } catch (RuntimeException e) {
      String why = e instanceof PenstockException known ? known.what() : String.valueOf(e);
      project.registry().runs().finish(run, WorkState.FAILED, why, project.now());
      throw e;
    }
  }

  @Override
  public IcebergRest iceberg() {
    return project.iceberg();
  }

  @Override
  public synchronized void close() {
    try {
      closeLive();
    } finally {
      project.close();
    }
  }

  /** What cannot be flushed now stays in the store for the next command. */
  private void closeLive() {
    LiveStore closing = live;
    if (closing == null) {
      return;
    }
    live = null;
    try {
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
