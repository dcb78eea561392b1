package dev.penstock.platform.feedback;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.feedback.Drift;
import dev.penstock.feedback.JoinedOutcomes;
import dev.penstock.feedback.Latency;
import dev.penstock.feedback.Performance;
import dev.penstock.feedback.PerformanceRule;
import dev.penstock.model.Evaluation;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.model.DatasetFolder;
import dev.penstock.platform.model.Evaluations;
import dev.penstock.platform.registry.ModelVersion;
import dev.penstock.quality.ReferenceBins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  /** More periods than this are a mistake in the monitor, not a table. */
  private static final int MOST_PERIODS = 1_000;

  /** Rows of the training set that drift is measured against, at most: every so-manieth row. */
  private static final int REFERENCE_ROWS = 200_000;

  private final CompiledModel model;
  private final Watch watch;
  private final ModelVersion version;
  private final int logged;
  private final Batch predictions;
  private final JoinedOutcomes outcomes;

  private ModelFeedback(
      CompiledModel model,
      Watch watch,
      ModelVersion version,
      int logged,
      Batch predictions,
      JoinedOutcomes outcomes) {
    this.model = model;
    this.watch = watch;
    this.version = version;
    this.logged = logged;
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
        model,
        Watch.of(project.project(), model.name()),
        version,
        all.rows(),
        predictions,
        logged.outcomes(predictions, Long.MAX_VALUE));
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

  /** How the model is watched. */
  public Watch watch() {
    return watch;
  }

  /** How many answers were logged, those of earlier versions among them. */
  public int logged() {
    return logged;
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

  /**
   * By the periods of its monitor, against the split that training stopped by, or else the last one
   * evaluated.
   */
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
        watch.every(),
        reference,
        measured == null ? null : measured.auc(),
        PerformanceRule.DEFAULT);
  }

  /** How long the answers took, as they were logged; null where no answer says. */
  public @Nullable Latency latency() {
    LongColumn logged = (LongColumn) predictions.column(PredictionTable.LATENCY);
    long[] micros =
        IntStream.range(0, logged.size())
            .filter(row -> !logged.isNull(row))
            .mapToLong(row -> logged.values()[row])
            .toArray();
    return micros.length == 0 ? null : Latency.of("features and score", micros);
  }

  private long firstMoment() {
    long first = Long.MAX_VALUE;
    for (long time : ((LongColumn) predictions.column(PredictionTable.ASKED_AT)).values()) {
      first = Math.min(first, time);
    }
    return first == Long.MAX_VALUE ? 0 : Math.floorDiv(first, 86_400_000_000L) * 86_400_000_000L;
  }

  /**
   * The drift within a period.
   *
   * @param from its first moment, microseconds
   */
  public record PeriodDrift(long from, Drift drift) {}

  /** The model's inputs as served, against those of a dataset. */
  public Drift drift(DatasetFolder reference, Map<String, Double> importance) {
    return Drift.of(references(reference), predictions, watch.bounds(), importance);
  }

  /** The same for each period that has predictions. */
  public List<PeriodDrift> driftByPeriod(DatasetFolder reference, Map<String, Double> importance) {
    SortedMap<String, ReferenceBins> references = references(reference);
    long origin = firstMoment();
    long[] times = ((LongColumn) predictions.column(PredictionTable.ASKED_AT)).values();
    SortedMap<Long, List<Integer>> rows = new TreeMap<>();
    for (int row = 0; row < times.length; row++) {
      long period = Math.floorDiv(times[row] - origin, watch.every().micros());
      rows.computeIfAbsent(period, p -> new ArrayList<>()).add(row);
    }
    if (rows.size() > MOST_PERIODS) {
      throw new PenstockException(
          ErrorCode.LIMIT_EXCEEDED,
          "predictions of " + rows.size() + " periods of " + watch.every(),
          "give the monitor a longer 'every': " + MOST_PERIODS + " periods are the most");
    }
    List<PeriodDrift> drifts = new ArrayList<>();
    rows.forEach(
        (period, among) ->
            drifts.add(
                new PeriodDrift(
                    origin + period * watch.every().micros(),
                    Drift.of(
                        references,
                        predictions.gather(among.stream().mapToInt(row -> row).toArray()),
                        watch.bounds(),
                        importance))));
    return drifts;
  }

  private SortedMap<String, ReferenceBins> references(DatasetFolder trainedOn) {
    SortedMap<String, ReferenceBins> references = new TreeMap<>();
    String split = model.definition().trainSplit();
    for (String feature : model.features()) {
      // A feature that came to the service since then was never trained on.
      if (watch.covers(feature)
          && trainedOn.schema().contains(feature)
          && ReferenceBins.supports(trainedOn.schema().field(feature).type())) {
        references.put(feature, ReferenceBins.of(thinned(trainedOn.column(split, feature))));
      }
    }
    return references;
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
