package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Build;
import dev.penstock.platform.command.Operations.Train;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.Compiled;
import dev.penstock.platform.compiled.CompiledTransform;
import dev.penstock.platform.registry.ModelVersion;
import dev.penstock.platform.registry.WorkState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code penstock run}: makes what is selected, and does only what is needed. Each step is written
 * down under the version it makes, so that after a crash the next run goes on where it stopped.
 */
final class RunOperation {
  private final OpenProject project;
  private final DatasetOperations datasets;
  private final ModelOperations models;
  private final BatchTransforms transforms;

  RunOperation(OpenProject project, DatasetOperations datasets, ModelOperations models) {
    this.project = project;
    this.datasets = datasets;
    this.models = models;
    this.transforms = new BatchTransforms(project);
  }

  private record Done(String kind, String name, String version, String what) {}

  Answer run(List<String> selected, Progress progress) {
    Compiled compiled = project.compiled();
    Set<String> wanted = new LinkedHashSet<>(selected);
    checkNames(compiled, wanted);
    long run = project.registry().runs().start("run " + String.join(" ", selected), project.now());
    List<Done> done = new ArrayList<>();
    try {
      for (CompiledTransform transform : compiled.transforms().values()) {
        if (!transform.isRowWise() && isWanted(wanted, transform.name())) {
          done.add(transform(run, transform, progress));
        }
      }
      for (String dataset : compiled.datasets().keySet()) {
        if (isWanted(wanted, dataset)) {
          done.add(dataset(dataset, progress));
        }
      }
      for (String model : compiled.models().keySet()) {
        if (isWanted(wanted, model)) {
          done.add(model(model, progress));
        }
      }
      project.registry().runs().finish(run, WorkState.DONE, "", project.now());
    } catch (RuntimeException e) {
      project
          .registry()
          .runs()
          .finish(run, WorkState.FAILED, String.valueOf(e.getMessage()), project.now());
      throw e;
    }
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder table =
        answer.table("made").heading("kind").heading("name").heading("version").heading("outcome");
    done.forEach(one -> table.row(one.kind(), one.name(), one.version(), one.what()));
    return table.end().build();
  }

  private static boolean isWanted(Set<String> wanted, String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }

  private static void checkNames(Compiled compiled, Set<String> wanted) {
    for (String name : wanted) {
      boolean made =
          compiled.datasets().containsKey(name)
              || compiled.models().containsKey(name)
              || (compiled.transforms().containsKey(name)
                  && !compiled.transforms().get(name).isRowWise());
      if (!made) {
        compiled.fingerprint(name);
        throw new PenstockException(
            ErrorCode.USAGE,
            "there is nothing to run for '" + name + "'",
            "run makes transforms on the SQL engine, datasets and models; the rest follows by itself");
      }
    }
  }

  private Done transform(long run, CompiledTransform transform, Progress progress) {
    BatchTransforms.Inputs inputs = transforms.inputs(transform);
    String version = inputs.version();
    String step = "transform " + transform.name();
    if (project.registry().runs().done(step, version).isPresent()) {
      return new Done("transform", transform.name(), version.substring(0, 12), "up to date");
    }
    progress.stage(step);
    project.registry().runs().startStep(run, step, version, project.now());
    long rows = transforms.run(transform, inputs);
    project
        .registry()
        .runs()
        .finishStep(run, step, WorkState.DONE, "{\"rows\":" + rows + "}", project.now());
    return new Done(
        "transform", transform.name(), version.substring(0, 12), String.format("%,d rows", rows));
  }

  private Done dataset(String dataset, Progress progress) {
    String version = datasets.current(dataset);
    if (datasets.isBuilt(version)) {
      return new Done("dataset", dataset, version, "up to date");
    }
    progress.stage("dataset " + dataset);
    datasets.build(new Build(dataset, null, null), progress);
    return new Done("dataset", dataset, datasets.version(dataset).version(), "built");
  }

  /** A model is trained when its definition or dataset is not that of its newest version. */
  private Done model(String model, Progress progress) {
    Optional<ModelVersion> newest =
        project.registry().models().versions(model).stream().findFirst();
    if (newest.isPresent()
        && newest.get().fingerprint().equals(project.compiled().fingerprint(model))
        && newest.get().datasetVersion().equals(models.trainsOn(model))) {
      return new Done("model", model, Integer.toString(newest.get().version()), "up to date");
    }
    models.train(new Train(model, null, List.of()), progress);
    ModelVersion made = project.registry().models().versions(model).get(0);
    return new Done("model", model, Integer.toString(made.version()), "trained");
  }
}
