package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Build;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.CompiledDataset;
import dev.penstock.platform.dataset.DatasetBuild;
import dev.penstock.platform.dataset.DatasetPlan;
import dev.penstock.platform.dataset.LateViews;
import dev.penstock.platform.definition.DatasetDefinition;
import dev.penstock.platform.model.DatasetFolder;
import dev.penstock.platform.registry.DatasetVersion;
import dev.penstock.training.DatasetFile;
import dev.penstock.training.DatasetInput;
import dev.penstock.training.DatasetManifest;
import dev.penstock.training.FeatureLeakage;
import dev.penstock.training.LabelCounts;
import dev.penstock.training.Split;
import dev.penstock.training.SplitSummary;
import dev.penstock.training.Splits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code penstock dataset}: building, showing and finding datasets. */
final class DatasetOperations {
  private static final String FOLDER = "datasets";

  private final OpenProject project;

  DatasetOperations(OpenProject project) {
    this.project = project;
  }

  /**
   * Builds one split (all that have rows, when null) at what the lake holds now or held then; or,
   * for {@code name@version}, builds an earlier version again and compares it with what it was.
   */
  Answer build(Build request, Progress progress) {
    String dataset = request.dataset();
    int at = dataset.indexOf('@');
    if (at > 0) {
      if (request.asOf() != null) {
        throw new PenstockException(
            ErrorCode.USAGE,
            dataset + " says already what it is built from",
            "leave out --as-of, or the name's '@'");
      }
      return rebuild(dataset, progress);
    }
    CompiledDataset compiled = project.compiled().dataset(dataset);
    DatasetPlan plan = pinned(compiled, request.asOf());
    Splits splits = splits(compiled, plan.spine().ref(), request.split());
    DatasetManifest planned = planned(plan, splits);
    String version = planned.version().shown();
    Path folder = folder(dataset, version);
    if (isBuilt(dataset + "@" + version)) {
      Answer.Builder answer =
          Answer.builder().note(dataset + "@" + version + " is built already: nothing changed");
      return describe(answer, DatasetFolder.open(folder).manifest()).build();
    }
    Path building = folder.resolveSibling(version + ".building");
    Folders.delete(building);
    DatasetBuild.Built built = new DatasetBuild(plan, splits, progress).into(building);
    write(building.resolve(DatasetFolder.MANIFEST), built.manifest().toJson());
    String tag = "dataset-" + dataset + "-" + version;
    for (DatasetInput input : built.manifest().inputs()) {
      project.lake().table(input.table()).tag(tag, Long.parseLong(input.snapshot()));
    }
    Folders.replace(building, folder);
    project
        .registry()
        .transaction(
            () -> {
              project
                  .registry()
                  .datasets()
                  .add(
                      new DatasetVersion(
                          dataset + "@" + version,
                          dataset,
                          plan.definition(),
                          built.manifest().toJson(),
                          Leakages.toJson(built.leakage()),
                          tag,
                          project.now()));
              project
                  .registry()
                  .audit()
                  .append(
                      project.now(),
                      Who.AM_I,
                      "dataset.build",
                      dataset + "@" + version,
                      built.manifest().toJson());
            });
    Answer.Builder answer = Answer.builder().note("built " + dataset + "@" + version);
    describe(answer, built.manifest());
    leakage(answer, built.leakage().leaking(), built.leakage().features().size());
    Set<String> leftOut = LateViews.incomparable(plan.service());
    if (!leftOut.isEmpty()) {
      answer.note(
          "leakage: left out are "
              + String.join(", ", leftOut)
              + ", made of another view's values as they were when rows came");
    }
    return answer.build();
  }

  /** The version that a build of what the lake holds now would give, built or not. */
  String current(String dataset) {
    CompiledDataset compiled = project.compiled().dataset(dataset);
    DatasetPlan plan = plan(compiled).pinned();
    return dataset
        + "@"
        + planned(plan, splits(compiled, plan.spine().ref(), null)).version().shown();
  }

  private DatasetPlan pinned(CompiledDataset dataset, @Nullable String asOf) {
    if (asOf == null) {
      return plan(dataset).pinned();
    }
    PastStates states = new PastStates(project);
    return plan(dataset)
        .pinned(
            table -> {
              Ref state = states.fixed(table, asOf);
              if (state instanceof Ref.Empty) {
                throw new PenstockException(
                    ErrorCode.NOT_FOUND,
                    "table '" + table.name() + "' had no rows at '" + asOf + "'",
                    "a dataset needs rows in each table it reads: name a later state");
              }
              return state;
            });
  }

  boolean isBuilt(String version) {
    return project
        .registry()
        .datasets()
        .version(version)
        .filter(known -> Files.exists(path(known).resolve(DatasetFolder.MANIFEST)))
        .isPresent();
  }

  Answer show(String dataset) {
    DatasetFolder folder = open(dataset);
    Answer.Builder answer =
        Answer.builder()
            .facts("dataset")
            .fact("version", dataset(folder))
            .fact("definition", folder.manifest().definition().shown())
            .fact("mode", folder.manifest().mode())
            .fact("columns", folder.manifest().columns().size())
            .fact("label", folder.manifest().label())
            .end();
    describe(answer, folder.manifest());
    Answer.TableBuilder inputs =
        answer
            .table("inputs")
            .heading("table")
            .heading("snapshot", Answer.Format.NUMERAL)
            .heading("positions");
    folder
        .manifest()
        .inputs()
        .forEach(input -> inputs.row(input.table(), input.snapshot(), input.positions()));
    inputs.end();
    return answer.build();
  }

  /**
   * A built dataset: {@code name@version}, or a name's newest version.
   *
   * @throws PenstockException {@code NOT_FOUND}
   */
  DatasetFolder open(String dataset) {
    return DatasetFolder.open(path(version(dataset)));
  }

  DatasetVersion version(String dataset) {
    if (dataset.contains("@")) {
      return project.registry().datasets().version(dataset).orElseThrow(() -> notBuilt(dataset));
    }
    return project.registry().datasets().latest(dataset).orElseThrow(() -> notBuilt(dataset));
  }

  /** The newest version of a dataset that holds all of these splits. */
  DatasetFolder newestWith(String dataset, List<String> splits) {
    for (DatasetVersion version : project.registry().datasets().versions(dataset)) {
      DatasetFolder folder = DatasetFolder.open(path(version));
      List<String> has =
          folder.manifest().splits().stream().map(summary -> summary.split().name()).toList();
      if (has.containsAll(splits)) {
        return folder;
      }
    }
    throw new PenstockException(
        ErrorCode.NOT_FOUND,
        "no version of dataset '" + dataset + "' has " + splits,
        "run penstock dataset build " + dataset);
  }

  static String dataset(DatasetFolder folder) {
    return folder.manifest().name() + "@" + folder.manifest().version().shown();
  }

  private Path path(DatasetVersion version) {
    return folder(version.name(), version.version().substring(version.name().length() + 1));
  }

  private Path folder(String dataset, String version) {
    return project.state(FOLDER).resolve(dataset).resolve(version);
  }

  private static PenstockException notBuilt(String dataset) {
    return new PenstockException(
        ErrorCode.NOT_FOUND,
        "dataset '" + dataset + "' is not built",
        "run penstock dataset build " + dataset.split("@", 2)[0]);
  }

  /** Builds a version again from its manifest alone, and compares every byte. */
  private Answer rebuild(String dataset, Progress progress) {
    DatasetVersion version = version(dataset);
    DatasetManifest before = DatasetManifest.fromJson(version.inputs());
    CompiledDataset compiled = project.compiled().dataset(version.name());
    if (!project.compiled().fingerprint(version.name()).equals(before.definition())) {
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY,
          dataset
              + " was built by definition "
              + before.definition().shown()
              + ", the project now has "
              + project.compiled().fingerprint(version.name()).shown(),
          "check out the commit that had it, and run this again");
    }
    Path again = folder(version.name(), before.version().shown() + ".again");
    Folders.delete(again);
    Splits splits = new Splits(before.splits().stream().map(SplitSummary::split).toList());
    DatasetManifest after =
        new DatasetBuild(plan(compiled).pinned(before.inputs()), splits, progress)
            .into(again)
            .manifest();
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder table =
        answer.table("files").heading("file").heading("rows").heading("was").heading("is now");
    Map<String, String> now = new HashMap<>();
    after.files().forEach(file -> now.put(file.path(), file.sha256()));
    boolean equal = after.files().size() == before.files().size();
    for (DatasetFile file : before.files()) {
      String is = now.getOrDefault(file.path(), "");
      equal &= is.equals(file.sha256());
      table.row(file.path(), file.rows(), shortened(file.sha256()), shortened(is));
    }
    table.end();
    Folders.delete(again);
    if (!equal) {
      answer.failed(
          new PenstockException(
              ErrorCode.PARITY_FAILED,
              dataset + " built again is not what it was",
              "the table above names the files that differ"));
    } else {
      answer.note(dataset + " built again from its version alone: equal to the last byte");
    }
    return answer.build();
  }

  private static String shortened(String sha) {
    return sha.length() > 12 ? sha.substring(0, 12) : sha;
  }

  DatasetPlan plan(CompiledDataset dataset) {
    return new DatasetPlan(
        dataset.name(),
        project.compiled().fingerprint(dataset.name()),
        project.input(dataset.spine()),
        dataset.where(),
        project.input(dataset.labels()),
        dataset.definition().label().name().text(),
        dataset.labelValue(),
        dataset.joinColumns(),
        dataset.service().service(),
        project.inputs(
            dataset.service().service().views().stream()
                .map(view -> project.compiled().view(view.view().name()))
                .toList()),
        dataset.definition().mode() == DatasetDefinition.Mode.AS_HAPPENED,
        splits(dataset, Ref.current(), null));
  }

  private static DatasetManifest planned(DatasetPlan plan, Splits splits) {
    return new DatasetManifest(
        plan.name(),
        plan.definition(),
        plan.mode(),
        plan.manifestInputs(),
        List.of(Field.of(plan.labelName(), Scalar.FLOAT32)),
        plan.labelName(),
        splits.splits().stream().map(split -> new SplitSummary(split, LabelCounts.NONE)).toList(),
        List.of());
  }

  /** The splits asked for; by default those whose rows have begun to come in. */
  private Splits splits(CompiledDataset dataset, Ref spine, @Nullable String only) {
    List<Split> all =
        dataset.definition().splits().stream()
            .map(s -> new Split(s.name(), s.fromMicros(), s.toMicros(), s.cutMicros()))
            .toList();
    if (only != null) {
      return Splits.of(new Splits(all).named(only));
    }
    long newest = newestEventTime(project.input(dataset.spine()).table(), spine);
    List<Split> begun =
        all.stream()
            .sorted(Comparator.comparingLong(Split::from))
            .filter(split -> split.to() <= newest || all.size() == 1)
            .toList();
    return new Splits(begun.isEmpty() ? all : begun);
  }

  private static long newestEventTime(LakeTable table, Ref ref) {
    return table.currentSnapshot().isEmpty() ? Long.MIN_VALUE : NewestRow.eventTime(table, ref);
  }

  private static Answer.Builder describe(Answer.Builder answer, DatasetManifest manifest) {
    Answer.TableBuilder table =
        answer
            .table("splits")
            .heading("split")
            .heading("from", Answer.Format.TIME)
            .heading("to", Answer.Format.TIME)
            .heading("rows")
            .heading("positive")
            .heading("share", Answer.Format.SHARE)
            .heading("immature")
            .heading("no label");
    for (SplitSummary summary : manifest.splits()) {
      LabelCounts counts = summary.counts();
      table.row(
          summary.split().name(),
          summary.split().from(),
          summary.split().to(),
          counts.counted(),
          counts.positives(),
          counts.mean(),
          counts.immature(),
          counts.missing() + counts.nulls());
    }
    return table.end();
  }

  private static void leakage(Answer.Builder answer, List<FeatureLeakage> leaking, int all) {
    if (leaking.isEmpty()) {
      answer.note(
          "leakage: none of "
              + all
              + " features would differ if rows counted before they were seen");
      return;
    }
    Answer.TableBuilder table =
        answer
            .table("leakage")
            .heading("feature")
            .heading("rows that differ", Answer.Format.SHARE)
            .heading("mean difference")
            .heading("AUC as seen")
            .heading("AUC as happened");
    for (FeatureLeakage feature : leaking) {
      table.row(
          feature.feature(),
          feature.share(),
          feature.meanAbsoluteDifference(),
          feature.aucAsSeen(),
          feature.aucAsHappened());
    }
    table.end();
    answer.note(
        (all - leaking.size())
            + " other features do not differ: their rows are seen when they happen");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Stream<DatasetVersion> all() {
    return project.project().definitions(DatasetDefinition.class).stream()
        .flatMap(d -> project.registry().datasets().versions(d.name()).stream());
  }
}
