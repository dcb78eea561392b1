package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.model.Evaluation;
import dev.penstock.model.Promotion;
import dev.penstock.model.PromotionDecision;
import dev.penstock.model.PromotionPolicy;
import dev.penstock.model.Scorer;
import dev.penstock.model.TrainedModel;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Promote;
import dev.penstock.platform.command.Operations.Train;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.definition.ModelDefinition;
import dev.penstock.platform.model.DatasetFolder;
import dev.penstock.platform.model.Evaluations;
import dev.penstock.platform.model.ModelTraining;
import dev.penstock.platform.model.PromotionEvidence;
import dev.penstock.platform.registry.AuditEntry;
import dev.penstock.platform.registry.DatasetVersion;
import dev.penstock.platform.registry.ModelVersion;
import dev.penstock.platform.registry.ModelVersion.Stage;
import dev.penstock.training.Examples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code penstock model}: training, comparing and promoting. */
final class ModelOperations {
  private static final String PROMOTED = "model.promote";
  private static final String REFUSED = "model.refuse";
  private static final String ROLLED_BACK = "model.rollback";

  private final OpenProject project;
  private final DatasetOperations datasets;

  ModelOperations(OpenProject project, DatasetOperations datasets) {
    this.project = project;
    this.datasets = datasets;
  }

  Answer train(Train request, Progress progress) {
    CompiledModel model = project.compiled().model(request.model());
    DatasetFolder dataset = dataset(model, request);
    progress.stage("training " + model.name() + " on " + DatasetOperations.dataset(dataset));
    boolean onMore =
        !request.splits().isEmpty()
            && !request.splits().equals(List.of(model.definition().trainSplit()));
    ModelTraining.Result result =
        new ModelTraining(model, dataset, project.workspace().folder())
            .train(
                request.splits(),
                onMore ? roundsOfChampion(model.name()) : null,
                (round, rounds, metric) -> progress.done(round, rounds));
    int version = project.registry().models().nextVersion(model.name());
    String artifact = "models/" + model.name() + "/" + version;
    Path folder = project.state(artifact);
    Folders.delete(folder);
    result.model().write(folder);
    Stage stage =
        project.registry().models().champion(model.name()).isPresent()
            ? Stage.CHALLENGER
            : Stage.CANDIDATE;
    String metrics = Evaluations.toJson(result.evaluations());
    project
        .registry()
        .transaction(
            () -> {
              project
                  .registry()
                  .models()
                  .add(
                      new ModelVersion(
                          model.name(),
                          version,
                          project.compiled().fingerprint(model.name()),
                          DatasetOperations.dataset(dataset),
                          stage,
                          metrics,
                          Evaluations.parametersJson(result),
                          artifact,
                          project.now()));
              project
                  .registry()
                  .audit()
                  .append(
                      project.now(),
                      Who.AM_I,
                      "model.train",
                      model.name() + "@" + version,
                      metrics);
            });
    Answer.Builder answer =
        Answer.builder()
            .facts("model")
            .fact("version", model.name() + "@" + version)
            .fact("dataset", DatasetOperations.dataset(dataset))
            .fact("trained on", String.join(", ", result.trainedOn()))
            .fact("features", result.model().features().size())
            .fact("rounds", result.model().rounds())
            .fact("stage", stage.toString())
            .end();
    ModelTables.evaluations(answer, result.evaluations());
    return answer.build();
  }

  /** A challenger on more rows has no rows left to stop by: it takes the champion's rounds. */
  private @Nullable Integer roundsOfChampion(String model) {
    Optional<ModelVersion> champion = project.registry().models().champion(model);
    return champion.map(version -> load(version).rounds()).orElse(null);
  }

  /** The version of its dataset that a model would be trained on now. */
  String trainsOn(String model) {
    return DatasetOperations.dataset(
        dataset(project.compiled().model(model), new Train(model, null, List.of())));
  }

  private DatasetFolder dataset(CompiledModel model, Train request) {
    if (request.dataset() != null) {
      return datasets.open(request.dataset());
    }
    List<String> needed = new ArrayList<>(request.splits());
    if (needed.isEmpty()) {
      needed.add(model.definition().trainSplit());
      ModelDefinition.EarlyStopping stopping = model.definition().earlyStopping();
      if (stopping != null) {
        needed.add(stopping.split().text());
      }
    }
    return datasets.newestWith(model.dataset().name(), needed);
  }

  Answer list(@Nullable String model) {
    return ModelTables.versions(
        model == null
            ? project.registry().models().all()
            : project.registry().models().versions(model));
  }

  /**
   * Makes a version the champion, if it is really better on rows that neither learned from. A first
   * champion has nobody to beat: asking for it by version is the approval.
   */
  Answer promote(Promote request, Progress progress) {
    CompiledModel model = project.compiled().model(request.model());
    ModelVersion challenger = challenger(request);
    Optional<ModelVersion> champion = project.registry().models().champion(model.name());
    if (champion.isPresent() && champion.get().version() == challenger.version()) {
      return Answer.of(model.name() + "@" + challenger.version() + " is the champion already");
    }
    String split = request.split() == null ? lastSplit(model) : request.split();
    DatasetFolder dataset = datasets.newestWith(model.dataset().name(), List.of(split));
    progress.stage("comparing on " + split + " of " + DatasetOperations.dataset(dataset));
    Examples examples = dataset.encode(split, load(challenger).features());
    float[] scores = scores(challenger, dataset, split);
    PromotionPolicy policy = policy(model.definition());
    PromotionDecision decision =
        champion.isEmpty()
            ? Promotion.first(
                policy,
                scores,
                examples.labels(),
                Map.of(),
                request.version() == null ? "" : Who.AM_I + " named version " + request.version())
            : Promotion.decide(
                policy,
                scores(champion.get(), dataset, split),
                scores,
                examples.labels(),
                Map.of());
    record(model.name(), challenger, champion.orElse(null), dataset, split, decision);
    return ModelTables.decision(challenger, champion.orElse(null), dataset, split, decision);
  }

  /** What the last promotion decided; null when there was none. */
  @Nullable PromotionDecision lastDecision() {
    List<AuditEntry> decisions = project.registry().audit().of(PROMOTED, REFUSED);
    return decisions.isEmpty()
        ? null
        : PromotionEvidence.fromJson(decisions.get(decisions.size() - 1).evidence());
  }

  /** A version on the splits that were built after it was trained. */
  Map<String, Evaluation> evaluatedSince(ModelVersion version, Set<String> known) {
    Map<String, Evaluation> evaluations = new LinkedHashMap<>();
    TrainedModel model = load(version);
    Scorer scorer = Scorer.of(model);
    String dataset = project.compiled().model(version.name()).dataset().name();
    for (DatasetVersion built : project.registry().datasets().versions(dataset)) {
      DatasetFolder folder = datasets.open(built.version());
      folder
          .manifest()
          .splits()
          .forEach(
              summary -> {
                String split = summary.split().name();
                if (!known.contains(split) && !evaluations.containsKey(split)) {
                  Examples examples = folder.encode(split, model.features());
                  evaluations.put(
                      split, Evaluation.of(scorer.score(examples.features()), examples.labels()));
                }
              });
    }
    return evaluations;
  }

  private void record(
      String model,
      ModelVersion challenger,
      @Nullable ModelVersion champion,
      DatasetFolder dataset,
      String split,
      PromotionDecision decision) {
    String evidence =
        PromotionEvidence.toJson(
            decision,
            challenger.version(),
            champion == null ? null : champion.version(),
            DatasetOperations.dataset(dataset),
            split);
    project
        .registry()
        .transaction(
            () -> {
              if (decision.promoted()) {
                project.registry().models().stage(model, challenger.version(), Stage.CHAMPION);
              }
              project
                  .registry()
                  .audit()
                  .append(
                      project.now(),
                      Who.AM_I,
                      decision.promoted() ? PROMOTED : REFUSED,
                      model + "@" + challenger.version(),
                      evidence);
            });
  }

  Answer rollback(String model) {
    Optional<ModelVersion> champion = project.registry().models().champion(model);
    List<Integer> line = champions(model);
    if (line.size() < 2) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND,
          "model '" + model + "' has no champion before this one",
          "penstock model list shows what there is");
    }
    ModelVersion before = named(model, Integer.toString(line.get(line.size() - 2)));
    load(before);
    project
        .registry()
        .transaction(
            () -> {
              project.registry().models().stage(model, before.version(), Stage.CHAMPION);
              project
                  .registry()
                  .audit()
                  .append(
                      project.now(),
                      Who.AM_I,
                      ROLLED_BACK,
                      model + "@" + before.version(),
                      "{\"from\":" + champion.map(ModelVersion::version).orElse(0) + "}");
            });
    return Answer.of(model + "@" + before.version() + " is the champion again");
  }

  /**
   * The champions that led to the one there is now, which is the last: a promotion adds one, and a
   * rollback takes away those after the one it went back to.
   */
  private List<Integer> champions(String model) {
    String prefix = model + "@";
    List<Integer> line = new ArrayList<>();
    for (AuditEntry entry : project.registry().audit().of(PROMOTED, ROLLED_BACK)) {
      if (entry.subject().startsWith(prefix)) {
        Integer version = Integer.valueOf(entry.subject().substring(prefix.length()));
        int known = line.lastIndexOf(version);
        if (entry.action().equals(ROLLED_BACK) && known >= 0) {
          line.subList(known + 1, line.size()).clear();
        } else {
          line.add(version);
        }
      }
    }
    return line;
  }

  ModelVersion named(String model, String version) {
    return project.registry().models().named(model, version);
  }

  TrainedModel load(ModelVersion version) {
    return TrainedModel.read(project.state(version.artifact()));
  }

  private float[] scores(ModelVersion version, DatasetFolder dataset, String split) {
    TrainedModel model = load(version);
    return Scorer.of(model).score(dataset.encode(split, model.features()).features());
  }

  private ModelVersion challenger(Promote request) {
    if (request.version() != null) {
      return named(request.model(), request.version());
    }
    return project.registry().models().versions(request.model()).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new PenstockException(
                    ErrorCode.NOT_FOUND,
                    "model '" + request.model() + "' has no version",
                    "run penstock model train " + request.model()));
  }

  /** The split that judges by default: the last in time that was built. */
  private String lastSplit(CompiledModel model) {
    return project.registry().datasets().versions(model.dataset().name()).stream()
        .flatMap(version -> datasets.open(version.version()).manifest().splits().stream())
        .max(Comparator.comparingLong(summary -> summary.split().from()))
        .map(summary -> summary.split().name())
        .orElseThrow(
            () ->
                new PenstockException(
                    ErrorCode.NOT_FOUND,
                    "dataset '" + model.dataset().name() + "' is not built",
                    "run penstock dataset build " + model.dataset().name()));
  }

  private static PromotionPolicy policy(ModelDefinition definition) {
    ModelDefinition.Promotion promotion = definition.promotion();
    return promotion == null
        ? PromotionPolicy.DEFAULT
        : new PromotionPolicy(
            promotion.minImprovement(),
            promotion.confidence(),
            promotion.logLossMargin(),
            promotion.minRows(),
            promotion.minPerClass());
  }
}
