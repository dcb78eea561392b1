package dev.penstock.platform.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.feedback.Drift;
import dev.penstock.feedback.FeatureDrift;
import dev.penstock.feedback.Performance;
import dev.penstock.feedback.PeriodPerformance;
import dev.penstock.model.Evaluation;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.feedback.ModelFeedback;
import dev.penstock.platform.feedback.Watch;
import dev.penstock.platform.model.DatasetFolder;
import dev.penstock.platform.model.Evaluations;
import dev.penstock.quality.DriftVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code penstock feedback}: outcomes, performance by period, drift. */
final class FeedbackOperation {
  private static final int SHOWN_FEATURES = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenProject project;
  private final DatasetOperations datasets;
  private final ModelOperations models;

  FeedbackOperation(OpenProject project, DatasetOperations datasets, ModelOperations models) {
    this.project = project;
    this.datasets = datasets;
    this.models = models;
  }

  Answer run(@Nullable String only, Progress progress) {
    Answer.Builder answer = Answer.builder();
    boolean any = false;
    for (CompiledModel model : models(only)) {
      progress.stage("outcomes of " + model.name());
      ModelFeedback feedback = ModelFeedback.of(project, model);
      if (feedback != null) {
        any = true;
        describe(answer, model, feedback, progress);
      }
    }
    if (!any) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND,
          "no model has served predictions yet",
          "run penstock serve and ask for some");
    }
    return answer.build();
  }

  private List<CompiledModel> models(@Nullable String only) {
    return only == null
        ? new ArrayList<>(project.compiled().models().values())
        : List.of(project.compiled().model(only));
  }

  private void describe(
      Answer.Builder answer, CompiledModel model, ModelFeedback feedback, Progress progress) {
    answer
        .facts(model.name() + "_outcomes")
        .fact("predictions", feedback.predictions().rows())
        .fact("with an outcome", feedback.outcomes().matched().size())
        .fact("still pending", feedback.outcomes().pending().size())
        .end();
    watch(answer, model, feedback.watch());
    Performance performance = feedback.performance();
    performance(answer, performance);
    progress.stage("drift of " + model.name());
    String reference = feedback.watch().reference();
    DatasetFolder dataset =
        datasets.open(reference == null ? feedback.version().datasetVersion() : reference);
    Map<String, Double> importance = models.load(feedback.version()).importance();
    Drift drift = feedback.drift(dataset, importance);
    drift(answer, drift);
    driftByPeriod(answer, feedback.driftByPeriod(dataset, importance));
    project
        .registry()
        .audit()
        .append(
            project.now(),
            Who.AM_I,
            "feedback",
            model.name() + "@" + feedback.version().version(),
            evidence(feedback, performance, drift));
  }

  private static String evidence(ModelFeedback feedback, Performance performance, Drift drift) {
    ObjectNode root = JSON.createObjectNode();
    root.put("predictions", feedback.predictions().rows());
    root.put("matched", feedback.outcomes().matched().size());
    Evaluation served = feedback.served();
    if (served != null) {
      root.set("served", Evaluations.toNode(served));
    }
    var periods = root.putArray("periods");
    performance
        .periods()
        .forEach(
            period ->
                periods
                    .addObject()
                    .put("name", period.name())
                    .put("n", period.n())
                    .put("auc", period.auc())
                    .put("verdict", period.verdict().toString()));
    drift
        .with(DriftVerdict.FAILED)
        .forEach(feature -> root.withArray("drifted").add(feature.feature()));
    return root.toString();
  }

  private static void watch(Answer.Builder answer, CompiledModel model, Watch watch) {
    answer
        .facts(model.name() + "_monitor")
        .fact("monitor", watch.monitor() == null ? "none: by default" : watch.monitor())
        .fact("every", watch.every().toString())
        .fact("warning from", watch.bounds().warning())
        .fact("failed from", watch.bounds().failed())
        .fact("rows a verdict needs", watch.bounds().leastRows())
        .end();
  }

  private static void driftByPeriod(
      Answer.Builder answer, List<ModelFeedback.PeriodDrift> periods) {
    Answer.TableBuilder table =
        answer
            .table("drift_by_period")
            .heading("from", Answer.Format.TIME)
            .heading("predictions")
            .heading("drifted")
            .heading("warnings")
            .heading("too few rows")
            .heading("furthest")
            .heading("PSI");
    for (ModelFeedback.PeriodDrift period : periods) {
      List<FeatureDrift> ranked = period.drift().ranked();
      table.row(
          period.from(),
          period.drift().currentRows(),
          period.drift().with(DriftVerdict.FAILED).size(),
          period.drift().with(DriftVerdict.WARNING).size(),
          period.drift().with(DriftVerdict.INCONCLUSIVE).size(),
          ranked.isEmpty() ? null : ranked.get(0).feature(),
          ranked.isEmpty() ? null : ranked.get(0).psi().value());
    }
    table.end();
  }

  private static void performance(Answer.Builder answer, Performance performance) {
    Answer.TableBuilder table =
        answer
            .table("performance")
            .heading("from")
            .heading("predictions")
            .heading("with outcome")
            .heading("late", Answer.Format.SHARE)
            .heading("AUC")
            .heading("95 % low")
            .heading("95 % high")
            .heading("log loss")
            .heading("verdict");
    for (PeriodPerformance period : performance.periods()) {
      table.row(
          period.name(),
          period.predictions(),
          period.n(),
          period.baseRate(),
          period.auc(),
          period.aucLow(),
          period.aucHigh(),
          period.logLoss(),
          period.verdict().toString().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    table.end();
    if (performance.referenceAuc() != null) {
      answer.note(
          String.format(
              "%s had AUC %.4f on %s",
              performance.model(), performance.referenceAuc(), performance.referenceName()));
    }
  }

  private static void drift(Answer.Builder answer, Drift drift) {
    Answer.TableBuilder table =
        answer
            .table("drift")
            .heading("feature")
            .heading("PSI")
            .heading("warning at")
            .heading("failed at")
            .heading("missing then", Answer.Format.SHARE)
            .heading("missing now", Answer.Format.SHARE)
            .heading("verdict");
    for (FeatureDrift feature : drift.ranked().stream().limit(SHOWN_FEATURES).toList()) {
      table.row(
          feature.feature(),
          feature.psi().value(),
          feature.psi().warningAt(),
          feature.psi().failedAt(),
          feature.psi().referenceMissing(),
          feature.psi().currentMissing(),
          feature.verdict().name().toLowerCase(Locale.ROOT));
    }
    table.end();
    answer.note(
        drift.features().size()
            + " features measured on "
            + drift.currentRows()
            + " served answers against "
            + drift.referenceRows()
            + " rows of training: "
            + drift.with(DriftVerdict.FAILED).size()
            + " drifted, "
            + drift.with(DriftVerdict.WARNING).size()
            + " warnings");
  }
}
