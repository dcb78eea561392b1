package dev.penstock.platform.feedback;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Span;
import dev.penstock.feedback.Drift;
import dev.penstock.feedback.JoinedOutcomes;
import dev.penstock.feedback.Performance;
import dev.penstock.feedback.PerformanceRule;
import dev.penstock.model.Evaluation;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.model.DatasetFolder;
import dev.penstock.platform.model.Evaluations;
import dev.penstock.platform.registry.ModelVersion;
import dev.penstock.quality.ReferenceBins;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the version of a model that served last does: what it predicted against what came, and how
 * far its inputs have moved. Predictions of earlier versions are left out, and a champion that has
 * not served yet has nothing to show.
 */
public final class ModelFeedback {
  private static final long WEEK_MICROS = 7L * 86_400_000_000L;

  /** Rows of the training set that drift is measured against, at most: every so-manieth row. */
  private static final int REFERENCE_ROWS = 200_000;

  private final CompiledModel model;
  private final ModelVersion version;
  private final Batch predictions;
  private final JoinedOutcomes outcomes;

  private ModelFeedback(
      CompiledModel model, ModelVersion version, Batch predictions, JoinedOutcomes outcomes) {
    this.model = model;
    this.version = version;
    this.predictions = predictions;
    this.outcomes = outcomes;
  }

  /** Reads a model's log and joins what came until now; null while it has served nothing. */
  public static @Nullable ModelFeedback of(OpenProject project, CompiledModel model) {
    LoggedPredictions logged = new LoggedPredictions(project, model);
    Batch all = logged.read();
    if (all.rows() == 0) {
      return null;
    }
    int newest = newestVersion(all);
    ModelVersion version =
        project
            .registry()
            .models()
            .version(model.name(), newest)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        model.name() + "@" + newest + " has served but is not registered"));
    Batch predictions = of(newest, all);
    return new ModelFeedback(
        model, version, predictions, logged.outcomes(predictions, Long.MAX_VALUE));
  }

  private static int newestVersion(Batch predictions) {
    long[] times = ((LongColumn) predictions.column(PredictionTable.ASKED_AT)).values();
    int last = 0;
    for (int row = 1; row < times.length; row++) {
      if (times[row] >= times[last]) {
        last = row;
      }
    }
    return ((IntColumn) predictions.column(PredictionTable.VERSION)).values()[last];
  }

  private static Batch of(int version, Batch predictions) {
    int[] versions = ((IntColumn) predictions.column(PredictionTable.VERSION)).values();
    int[] rows =
        IntStream.range(0, predictions.rows()).filter(row -> versions[row] == version).toArray();
    return predictions.gather(rows);
  }

  /** The version that served last. */
  public ModelVersion version() {
    return version;
  }

  public Batch predictions() {
    return predictions;
  }

  public JoinedOutcomes outcomes() {
    return outcomes;
  }

  /** What was served, against what came of it; null while nothing came. */
  public @Nullable Evaluation served() {
    return outcomes.matched().isEmpty()
        ? null
        : Evaluation.of(outcomes.scores(), outcomes.labels());
  }

  /** Week by week, against the split that training stopped by, or else the last one evaluated. */
  public Performance performance() {
    Map<String, Evaluation> evaluations = Evaluations.fromJson(version.metrics());
    var stopping = model.definition().earlyStopping();
    String reference = stopping == null ? "" : stopping.split().text();
    if (!evaluations.containsKey(reference)) {
      reference = evaluations.keySet().stream().reduce((first, second) -> second).orElse("");
    }
    Evaluation measured = evaluations.get(reference);
    return Performance.of(
        version.name() + "@" + version.version(),
        outcomes,
        firstMoment(),
        new Span(WEEK_MICROS),
        reference,
        measured == null ? null : measured.auc(),
        PerformanceRule.DEFAULT);
  }

  private long firstMoment() {
    long first = Long.MAX_VALUE;
    for (long time : ((LongColumn) predictions.column(PredictionTable.ASKED_AT)).values()) {
      first = Math.min(first, time);
    }
    return first == Long.MAX_VALUE ? 0 : Math.floorDiv(first, 86_400_000_000L) * 86_400_000_000L;
  }

  /** The model's inputs as served, against those it was trained on. */
  public Drift drift(DatasetFolder trainedOn, Map<String, Double> importance) {
    SortedMap<String, ReferenceBins> references = new TreeMap<>();
    String split = model.definition().trainSplit();
    for (String feature : model.features()) {
      // A feature that came to the service since then was never trained on.
      if (trainedOn.schema().contains(feature)
          && ReferenceBins.supports(trainedOn.schema().field(feature).type())) {
        references.put(feature, ReferenceBins.of(thinned(trainedOn.column(split, feature))));
      }
    }
    return Drift.of(references, predictions, importance);
  }

  private static Column thinned(Column column) {
    int step = Math.max(1, column.size() / REFERENCE_ROWS);
    if (step == 1) {
      return column;
    }
    int[] rows = new int[column.size() / step];
    Arrays.setAll(rows, i -> i * step);
    return column.gather(rows);
  }
}
