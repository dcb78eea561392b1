package dev.penstock.platform.run;

import dev.penstock.feedback.Drift;
import dev.penstock.feedback.Latency;
import dev.penstock.feedback.LoopReport;
import dev.penstock.feedback.ParityCheck;
import dev.penstock.feedback.Performance;
import dev.penstock.feedback.Report;
import dev.penstock.lake.Ref;
import dev.penstock.model.Evaluation;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.definition.ModelDefinition;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.platform.feedback.LoggedPredictions;
import dev.penstock.platform.feedback.ModelFeedback;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.platform.model.Evaluations;
import dev.penstock.platform.registry.DatasetVersion;
import dev.penstock.platform.registry.IngestedFile;
import dev.penstock.platform.registry.ModelVersion;
import dev.penstock.platform.registry.ModelVersion.Stage;
import dev.penstock.platform.registry.Run;
import dev.penstock.training.DatasetManifest;
import dev.penstock.training.LeakageReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code penstock report}: the whole loop on one page, from what registry and lake remember. */
final class ReportOperation {
  private final OpenProject project;
  private final DatasetOperations datasets;
  private final ModelOperations models;
  private final LineageOperation lineage;

  ReportOperation(
      OpenProject project,
      DatasetOperations datasets,
      ModelOperations models,
      LineageOperation lineage) {
    this.project = project;
    this.datasets = datasets;
    this.models = models;
    this.lineage = lineage;
  }

  Answer write(Path folder, Progress progress) {
    LoopReport report = report(progress);
    progress.stage("writing the report");
    Report page = new Report(report);
    page.write(folder);
    return Answer.builder()
        .note(page.toText().stripTrailing())
        .note("report: " + folder.resolve("report.html") + " and report.json beside it")
        .build();
  }

  private LoopReport report(Progress progress) {
    ModelVersion champion = champion();
    CompiledModel model = champion == null ? null : project.compiled().model(champion.name());
    Performance performance = null;
    Evaluation served = null;
    LoopReport.OutcomeCounts outcomes = null;
    Drift drift = null;
    ParityCheck parity = null;
    Latency latency = null;
    String predictions = "";
    ModelVersion server = champion;
    ModelFeedback feedback = null;
    if (model != null) {
      progress.stage("predictions and outcomes of " + model.name());
      feedback = ModelFeedback.of(project, model);
    }
    if (model != null && feedback != null) {
      server = feedback.version();
      performance = feedback.performance();
      served = feedback.served();
      latency = feedback.latency();
      outcomes = LoopReport.OutcomeCounts.of(feedback.outcomes());
      progress.stage("drift of " + model.name());
      drift =
          feedback.drift(
              datasets.open(
                  feedback.watch().reference() == null
                      ? server.datasetVersion()
                      : feedback.watch().reference()),
              models.load(server).importance());
      parity = ParitySummaries.latest(project.registry().audit(), model.name(), feedback.logged());
      predictions = String.format(Locale.ROOT, "%,d served", feedback.predictions().rows());
    }
    return new LoopReport(
        project.project().name(),
        model == null ? "" : model.definition().about().description(),
        stages(),
        sources(),
        builtDatasets(),
        leakage(),
        trained(champion),
        performance,
        served,
        outcomes,
        drift,
        parity,
        models.lastDecision(),
        latency == null ? List.of() : List.of(latency),
        server == null ? null : lineage.of(server, predictions));
  }

  /** The champion that serves; of several models the one whose predictions were logged. */
  private @Nullable ModelVersion champion() {
    ModelVersion found = null;
    for (ModelDefinition model : project.project().definitions(ModelDefinition.class)) {
      ModelVersion champion = project.registry().models().champion(model.name()).orElse(null);
      if (champion != null
          && (found == null
              || new LoggedPredictions(project, project.compiled().model(model.name())).exist())) {
        found = champion;
      }
    }
    return found;
  }

  private List<LoopReport.Stage> stages() {
    List<LoopReport.Stage> stages = new ArrayList<>();
    List<Run> runs = new ArrayList<>(project.registry().runs().latest(200));
    runs.sort(Comparator.comparingLong(Run::id));
    for (Run run : runs) {
      Long finished = run.finishedMicros();
      if (finished != null) {
        stages.add(
            new LoopReport.Stage(
                run.command(), (finished - run.startedMicros()) / 1e6, null, run.message()));
      }
    }
    return stages;
  }

  private List<LoopReport.SourceQuality> sources() {
    List<LoopReport.SourceQuality> sources = new ArrayList<>();
    for (SourceDefinition source : project.project().definitions(SourceDefinition.class)) {
      if (source.isDimension() || !project.lake().exists(source.name())) {
        continue;
      }
      long duplicates = 0;
      long files = 0;
      for (IngestedFile file : project.registry().files().of(source.name())) {
        if (!file.done()) {
          continue;
        }
        duplicates += Math.max(0, file.duplicates());
        files++;
      }
      var table = project.lake().table(source.name());
      sources.add(
          new LoopReport.SourceQuality(
              source.name(),
              table.currentSnapshot().isEmpty() ? 0 : table.snapshot(Ref.current()).rows(),
              duplicates,
              quarantined(source.name()),
              files * source.checks().size(),
              List.of()));
    }
    return sources;
  }

  private SortedMap<String, Long> quarantined(String source) {
    SortedMap<String, Long> byRule = new TreeMap<>();
    String name = SourceTables.quarantineName(source);
    if (!project.lake().exists(name)) {
      return byRule;
    }
    try (var reader = project.lake().table(name).scan().columns(List.of("reason", "rule")).open()) {
      for (var batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          Object rule = batch.column("rule").value(row);
          String key =
              rule == null || rule.toString().isEmpty()
                  ? String.valueOf(batch.column("reason").value(row))
                  : rule.toString();
          byRule.merge(key, 1L, Long::sum);
        }
      }
    }
    return byRule;
  }

  private List<LoopReport.Dataset> builtDatasets() {
    return datasets
        .all()
        .map(version -> DatasetManifest.fromJson(version.inputs()))
        .map(
            manifest ->
                new LoopReport.Dataset(
                    manifest.name(), manifest.version().shown(), manifest.splits()))
        .toList();
  }

  private @Nullable LeakageReport leakage() {
    return datasets
        .all()
        .min(Comparator.comparingLong(DatasetVersion::builtMicros))
        .map(version -> Leakages.fromJson(version.summary()))
        .orElse(null);
  }

  /**
   * Every version on every split it was evaluated on, and the champion on the splits built since.
   */
  private List<LoopReport.Model> trained(@Nullable ModelVersion champion) {
    List<LoopReport.Model> trained = new ArrayList<>();
    List<ModelVersion> versions = new ArrayList<>(project.registry().models().all());
    versions.sort(Comparator.comparingLong(ModelVersion::trainedMicros));
    for (ModelVersion version : versions) {
      SortedMap<String, Evaluation> evaluations =
          new TreeMap<>(Evaluations.fromJson(version.metrics()));
      evaluations.putAll(models.evaluatedSince(version, evaluations.keySet()));
      var model = models.load(version);
      trained.add(
          new LoopReport.Model(
              version.name(),
              Integer.toString(version.version()),
              role(version, champion),
              version.datasetVersion(),
              model.features().size(),
              model.rounds(),
              Evaluations.trainedOn(version.parameters()),
              evaluations,
              model.importance()));
    }
    return trained;
  }

  private static String role(ModelVersion version, @Nullable ModelVersion champion) {
    boolean serves =
        champion != null
            && champion.name().equals(version.name())
            && champion.version() == version.version();
    if (serves || version.stage() != Stage.CHAMPION) {
      return version.stage().name().toLowerCase(Locale.ROOT);
    }
    return "champion of " + version.name();
  }
}
