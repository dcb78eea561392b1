package dev.penstock.model;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What may be set of {@link XgboostTrainer}: {@code rounds}, {@code seed}, {@code threads}, {@code
 * metric} (which early stopping watches), {@code categorical} and XGBoost's own parameters of
 * trees, by XGBoost's names. What is not set has a default, and the default is recorded.
 */
public final class XgboostParameters {
  private static final Map<String, String> DEFAULTS = defaults();

  private final SortedMap<String, String> values;
  private final int stoppingRounds;

  private XgboostParameters(SortedMap<String, String> values, int stoppingRounds) {
    this.values = values;
    this.stoppingRounds = stoppingRounds;
  }

  /**
   * Checks parameters as a definition has them.
   *
   * @param written by name, as numbers or text
   * @param stoppingRounds training ends when the metric has not improved for so many rounds; 0 for
   *     never
   * @throws PenstockException {@link ErrorCode#DEFINITION_UNKNOWN_FIELD} or {@link
   *     ErrorCode#DEFINITION_VALUE}
   */
  public static XgboostParameters of(Map<String, ?> written, int stoppingRounds) {
    SortedMap<String, String> values = new TreeMap<>(DEFAULTS);
    for (Map.Entry<String, ?> entry : written.entrySet()) {
      if (!DEFAULTS.containsKey(entry.getKey())) {
        throw new PenstockException(
            ErrorCode.DEFINITION_UNKNOWN_FIELD,
            "xgboost has no parameter '" + entry.getKey() + "' here",
            Suggestion.among(entry.getKey(), DEFAULTS.keySet()));
      }
      values.put(entry.getKey(), String.valueOf(entry.getValue()).strip());
    }
    XgboostParameters parameters = new XgboostParameters(values, stoppingRounds);
    parameters.check();
    return parameters;
  }

  public static XgboostParameters standard() {
    return of(Map.of(), 0);
  }

  public int rounds() {
    return whole("rounds", 1, 100_000);
  }

  public int stoppingRounds() {
    return stoppingRounds;
  }

  /** {@code logloss}, {@code auc} or {@code rmse}. */
  public String metric() {
    return value("metric");
  }

  /** Whether strings are split as sets of categories; otherwise as the numbers of their codes. */
  public boolean categorical() {
    return Boolean.parseBoolean(value("categorical"));
  }

  public int threads() {
    return whole("threads", 1, 1024);
  }

  /** Everything, defaults included, for the record of the model. */
  SortedMap<String, String> recorded() {
    SortedMap<String, String> recorded = new TreeMap<>(values);
    recorded.put("early_stopping_rounds", String.valueOf(stoppingRounds));
    return recorded;
  }

  /** What XGBoost is told. */
  Map<String, Object> forXgboost() {
    Map<String, Object> settings = new LinkedHashMap<>(values);
    settings.keySet().removeAll(Set.of("rounds", "threads", "metric", "categorical"));
    settings.put("tree_method", "hist");
    settings.put("nthread", value("threads"));
    settings.put("eval_metric", metric());
    settings.put("verbosity", "0");
    return settings;
  }

  private String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name);
    }
    return value;
  }

  private void check() {
    rounds();
    threads();
    whole("seed", 0, Integer.MAX_VALUE);
    whole("max_depth", 1, 32);
    whole("max_bin", 2, 65_536);
    number("eta", 0, 1);
    number("subsample", 0, 1);
    number("colsample_bytree", 0, 1);
    number("min_child_weight", 0, Double.MAX_VALUE);
    number("lambda", 0, Double.MAX_VALUE);
    number("alpha", 0, Double.MAX_VALUE);
    number("gamma", 0, Double.MAX_VALUE);
    number("scale_pos_weight", 0, Double.MAX_VALUE);
    oneOf("objective", "binary:logistic", "reg:squarederror");
    oneOf("metric", "logloss", "auc", "rmse");
    oneOf("categorical", "true", "false");
    if (stoppingRounds < 0) {
      throw wrong("early stopping's rounds", String.valueOf(stoppingRounds), "at least 0");
    }
  }

  private int whole(String name, int least, int most) {
    try {
      int value = Integer.parseInt(value(name));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, value(name), "a whole number");
    }
    throw wrong(name, value(name), "a whole number of " + least + " to " + most);
  }

  private void number(String name, double least, double most) {
    try {
      double value = Double.parseDouble(value(name));
      if (value >= least && value <= most) {
        return;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, value(name), "a number");
    }
    throw wrong(name, value(name), "a number of " + least + " to " + most);
  }

  private void oneOf(String name, String... choices) {
    if (!List.of(choices).contains(value(name))) {
      throw wrong(name, value(name), "one of " + String.join(", ", choices));
    }
  }

  private static PenstockException wrong(String name, @Nullable String value, String hint) {
    return new PenstockException(
        ErrorCode.DEFINITION_VALUE,
        "xgboost's " + name + " cannot be '" + value + "'",
        "it is " + hint);
  }

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new TreeMap<>();
    defaults.put("objective", "binary:logistic");
    defaults.put("rounds", "300");
    defaults.put("metric", "logloss");
    defaults.put("categorical", "true");
    defaults.put("seed", "0");
    defaults.put("threads", String.valueOf(Runtime.getRuntime().availableProcessors()));
    defaults.put("eta", "0.1");
    defaults.put("max_depth", "8");
    defaults.put("max_bin", "256");
    defaults.put("min_child_weight", "1");
    defaults.put("subsample", "1");
    defaults.put("colsample_bytree", "1");
    defaults.put("lambda", "1");
    defaults.put("alpha", "0");
    defaults.put("gamma", "0");
    defaults.put("scale_pos_weight", "1");
    return Collections.unmodifiableMap(defaults);
  }
}
