package dev.penstock.model;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.model.internal.XgboostModel;
import dev.penstock.training.Examples;
import dev.penstock.training.FeatureSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/**
 * Trains boosted trees with XGBoost, by histograms, in this process.
 *
 * <p>Deterministic: the same examples in the same order, the same parameters and the same number of
 * threads give the same bytes with the same XGBoost on the same kind of processor. Another number
 * of threads adds float sums in another order and may give another model, which is why it is one of
 * the recorded parameters.
 *
 * <p>Memory beside the examples: while the matrix is made, 4 bytes a value, then about 9 bytes a
 * value that is not missing. The examples themselves are let go once they are copied.
 */
public final class XgboostTrainer implements Trainer {
  private final XgboostParameters parameters;

  public XgboostTrainer(XgboostParameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public TrainedModel train(TrainingInput input, TrainingProgress progress) {
    try (Matrices matrices = Matrices.of(input, parameters)) {
      return boost(matrices, progress);
    } catch (XGBoostError e) {
      throw failed(e);
    }
  }

  private TrainedModel boost(Matrices matrices, TrainingProgress progress) throws XGBoostError {
    Map<String, Object> settings = new HashMap<>(parameters.forXgboost());
    Booster booster = XGBoost.train(matrices.training, settings, 0, new HashMap<>(), null, null);
    try {
      DMatrix stopping = matrices.stopping;
      EarlyStopping watch = new EarlyStopping(parameters);
      int rounds = 0;
      while (rounds < parameters.rounds() && !watch.isOver()) {
        booster.update(matrices.training, rounds);
        rounds++;
        Double metric = null;
        if (stopping != null) {
          metric = metric(booster, stopping, rounds);
          watch.add(rounds, metric);
        }
        progress.round(rounds, parameters.rounds(), metric);
      }
      int used = stopping == null ? rounds : watch.bestRound();
      booster.setFeatureNames(matrices.schema.names().toArray(String[]::new));
      booster.setAttr("best_iteration", String.valueOf(used - 1));
      SortedMap<String, Double> metrics = new TreeMap<>();
      metrics.put("rounds_trained", (double) rounds);
      if (stopping != null) {
        metrics.put("stopping_" + parameters.metric(), watch.best());
      }
      byte[] bytes = booster.toByteArray("ubj");
      return new TrainedModel(
          ModelFormat.XGBOOST_UBJ,
          bytes,
          matrices.schema,
          used,
          metrics,
          parameters.recorded(),
          importance(bytes, used, matrices.schema));
    } finally {
      booster.dispose();
    }
  }

  private static SortedMap<String, Double> importance(
      byte[] bytes, int rounds, FeatureSchema schema) {
    List<Double> gains = XgboostModel.read(bytes, rounds).gains();
    double sum = gains.stream().mapToDouble(Double::doubleValue).sum();
    SortedMap<String, Double> importance = new TreeMap<>();
    for (int c = 0; c < schema.size(); c++) {
      importance.put(schema.column(c).name(), sum == 0 ? 0 : gains.get(c) / sum);
    }
    return importance;
  }

  /** XGBoost answers {@code [3]\tstopping-logloss:0.4321}. */
  private static double metric(Booster booster, DMatrix stopping, int round) throws XGBoostError {
    String answer = booster.evalSet(new DMatrix[] {stopping}, new String[] {"stopping"}, round - 1);
    String metric = answer.substring(answer.lastIndexOf(':') + 1).strip();
    if (metric.endsWith("nan")) {
      throw new PenstockException(
          ErrorCode.EVALUATION_FAILED,
          "the metric that early stopping watches is undefined on its rows",
          "they need both a yes and a no");
    }
    return Double.parseDouble(metric);
  }

  private static PenstockException failed(XGBoostError e) {
    String message = String.valueOf(e.getMessage());
    int stack = message.indexOf("Stack trace:");
    return new PenstockException(
        ErrorCode.EVALUATION_FAILED,
        null,
        "XGBoost refused: " + (stack < 0 ? message : message.substring(0, stack)).strip(),
        "",
        e);
  }

  /** The examples in XGBoost's own memory. */
  private static final class Matrices implements AutoCloseable {
    final DMatrix training;
    final FeatureSchema schema;
    @Nullable DMatrix stopping;

    private Matrices(DMatrix training, FeatureSchema schema) {
      this.training = training;
      this.schema = schema;
    }

    static Matrices of(TrainingInput input, XgboostParameters parameters) throws XGBoostError {
      Matrices matrices = training(input, parameters);
      try {
        matrices.addStopping(input, parameters);
        return matrices;
      } catch (XGBoostError | RuntimeException e) {
        matrices.close();
        throw e;
      }
    }

    /** A method of its own, so that nothing here holds the examples when it is done. */
    private static Matrices training(TrainingInput input, XgboostParameters parameters)
        throws XGBoostError {
      Examples examples = input.training();
      if (examples.rows() == 0) {
        throw new PenstockException(
            ErrorCode.EVALUATION_FAILED, "there are no rows to train on", "look at the splits");
      }
      return new Matrices(
          NativeMatrix.of(examples, parameters.categorical()), examples.features().schema());
    }

    private void addStopping(TrainingInput input, XgboostParameters parameters)
        throws XGBoostError {
      Examples watched = parameters.stoppingRounds() == 0 ? null : input.stopping(schema);
      if (watched != null) {
        stopping = NativeMatrix.of(watched, parameters.categorical());
      }
    }

    @Override
    public void close() {
      training.dispose();
      if (stopping != null) {
        stopping.dispose();
      }
    }
  }
}
