package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.embedded.EmbeddedStore;
import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.ReplayRows;
import dev.penstock.platform.command.Statement;
import dev.penstock.platform.command.TableShape;
import dev.penstock.platform.command.Turn;
import dev.penstock.platform.live.LiveServing;
import dev.penstock.platform.live.LiveStore;
import dev.penstock.platform.registry.WorkState;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import dev.penstock.sql.SqlResult;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
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

  private final LiveSide live;

  public ProjectOperations(OpenProject project) {
    this.project = project;
    this.live = new LiveSide(project, change);
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
    if (live.running() != null) {
      throw new PenstockException(
          ErrorCode.PROJECT_LOCKED,
          "a server runs with the definitions as they were applied",
          "stop it, apply, and start it again: its state is filled anew where it must be");
    }
    return change.take("apply", () -> written("apply", () -> plans.apply(progress, live::flush)));
  }

  @Override
  public Answer ingest(Ingest request, Progress progress) {
    return changing(
        "ingest " + request.source(),
        () -> {
          if (!live.exists()) {
            return new IngestOperation(project).run(request, progress);
          }
          if (request.mode() == Ingest.Mode.HISTORY) {
            throw new PenstockException(
                ErrorCode.UNSUPPORTED,
                "this project is live, and older history would change what was served",
                "ingest without --history: the rows come in as new ones");
          }
          // What is new in a folder is what the lake does not have.
          live.flush();
          return live.with(
              progress, store -> new LiveIngest(project, store).run(request, progress));
        });
  }

  @Override
  public Answer run(List<String> selected, Progress progress) {
    plans.requireApplied();
    return change.take(
        "run",
        () -> {
          live.flush();
          return new RunOperation(project, datasets, models).run(selected, progress);
        });
  }

  @Override
  public Answer history(History request, Progress progress) {
    live.flush();
    return applied("features get", () -> new HistoryOperation(project).run(request, progress));
  }

  @Override
  public Answer online(Lookup request) {
    plans.requireApplied();
    return live.with(
        Progress.SILENT,
        store -> new KeyOperations(project).online(request, new LiveServing(project, store)));
  }

  @Override
  public Answer explain(Lookup request) {
    plans.requireApplied();
    live.flush();
    return new KeyOperations(project).explain(request);
  }

  @Override
  public Answer buildDataset(Build request, Progress progress) {
    String split = request.split();
    return changing(
        "dataset build " + request.dataset() + (split == null ? "" : " " + split),
        () -> {
          live.flush();
          return datasets.build(request, progress);
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
    live.flush();
    return applied("parity", () -> new ParityOperation(project).run(request, progress));
  }

  @Override
  public Answer feedback(@Nullable String model, Progress progress) {
    return changing(
        "feedback",
        () -> {
          live.flush();
          return new FeedbackOperation(project, datasets, models).run(model, progress);
        });
  }

  @Override
  public Answer report(Path folder, Progress progress) {
    live.flush();
    return new ReportOperation(project, datasets, models, lineage).write(folder, progress);
  }

  @Override
  public Answer lineage(String artifact) {
    live.flush();
    return lineage.run(artifact);
  }

  @Override
  public Answer sql(Query request) {
    live.flush();
    return new SqlOperation(project).run(request);
  }

  @Override
  public SqlResult rows(Statement statement) {
    live.flush();
    return new StatementOperation(project).rows(statement);
  }

  @Override
  public Schema columns(Statement statement) {
    return new StatementOperation(project).columns(statement);
  }

  @Override
  public List<TableShape> tables() {
    return new StatementOperation(project).tables();
  }

  @Override
  public Answer file(KeptFile request) {
    live.flush();
    return new FileOperation(project).run(request);
  }

  @Override
  public Path content(String sha256) {
    return project.files().file(sha256);
  }

  @Override
  public Answer createVersion(String name, String message) {
    return versions("version create " + name, versions -> versions.create(name, message));
  }

  @Override
  public Answer listVersions() {
    return new VersionOperations(project).list();
  }

  @Override
  public Answer diffVersions(String from, String to) {
    live.flush();
    return new VersionOperations(project).diff(from, to);
  }

  @Override
  public Answer checkoutVersion(String name, String branch) {
    return versions("version checkout " + name, versions -> versions.checkout(name, branch));
  }

  @Override
  public Answer mergeBranch(String branch) {
    return versions("version merge " + branch, versions -> versions.merge(branch));
  }

  @Override
  public Answer dropVersion(String name) {
    return versions("version drop " + name, versions -> versions.drop(name));
  }

  /** Changes what versions there are; nothing moves from the log to the lake meanwhile. */
  private Answer versions(String command, Function<VersionOperations, Answer> work) {
    VersionOperations versions = new VersionOperations(project);
    Supplier<Answer> all =
        () -> {
          versions.repair();
          return work.apply(versions);
        };
    return change.take(command, () -> written(command, () -> live.still(all)));
  }

  @Override
  public Answer publish(Publish request) {
    String command = "publish " + request.table();
    return change.take(
        command,
        () ->
            written(
                command,
                () -> {
                  live.flush();
                  return new PublishOperation(project).run(request);
                }));
  }

  @Override
  public Answer gc(Gc request, Progress progress) {
    return change.take(
        "gc",
        () ->
            written(
                "gc",
                () -> {
                  live.flush();
                  new VersionOperations(project).repair();
                  return new GcOperation(project).run(request);
                }));
  }

  @Override
  public Answer status() {
    StatusOperations status = new StatusOperations(project);
    LiveStore running = live.running();
    if (running != null) {
      return status.status(running.store());
    }
    if (!live.exists()) {
      return status.status(null);
    }
    try (EmbeddedStore store = live.stored()) {
      return status.status(store);
    }
  }

  @Override
  public Answer quarantine(@Nullable String source, int limit) {
    live.flush();
    return new StatusOperations(project).quarantine(source, limit);
  }

  @Override
  public Answer audit(int limit) {
    return new StatusOperations(project).audit(limit);
  }

  @Override
  public Answer check(List<String> selected, Progress progress) {
    live.flush();
    return new CheckOperation(project).run(selected, progress);
  }

  @Override
  public List<ReplayRows> replay(List<SourceFiles> sources, Progress progress) {
    plans.requireApplied();
    return new ReplayOperation(project).rows(sources, progress);
  }

  @Override
  public Serving serving(ClockMode clock) {
    plans.requireApplied();
    return live.serving(clock);
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
    live.settle();
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
  public void close() {
    try {
      live.close();
    } finally {
      project.close();
    }
  }
}
