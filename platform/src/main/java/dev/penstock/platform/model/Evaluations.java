package dev.penstock.platform.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.model.CalibrationBin;
import dev.penstock.model.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Evaluations by split, as the registry keeps them. */
public final class Evaluations {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Evaluations() {}

  public static String toJson(Map<String, Evaluation> bySplit) {
    ObjectNode root = MAPPER.createObjectNode();
    bySplit.forEach((split, evaluation) -> root.set(split, toNode(evaluation)));
    return root.toString();
  }

  public static ObjectNode toNode(Evaluation e) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("rows", e.n());
    node.put("positives", e.positives());
    node.put("auc", e.auc());
    node.put("log_loss", e.logLoss());
    node.put("brier", e.brier());
    node.put("accuracy", e.accuracy());
    node.put("threshold", e.threshold());
    node.put("mean_score", e.meanScore());
    node.put("calibration_error", e.calibrationError());
    var bins = node.putArray("calibration");
    for (CalibrationBin bin : e.calibration()) {
      bins.addArray()
          .add(bin.from())
          .add(bin.to())
          .add(bin.n())
          .add(bin.meanScore())
          .add(bin.positiveShare());
    }
    return node;
  }

  /** What a model learned with: its parameters, rounds, splits and inputs. */
  public static String parametersJson(ModelTraining.Result result) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("rounds", result.model().rounds());
    result.trainedOn().forEach(root.putArray("trained_on")::add);
    ObjectNode parameters = root.putObject("parameters");
    result.model().parameters().forEach(parameters::put);
    ObjectNode metrics = root.putObject("training_metrics");
    result.model().metrics().forEach(metrics::put);
    result.model().features().names().forEach(root.putArray("features")::add);
    return root.toString();
  }

  /** The splits that {@link #parametersJson} says a model learned from. */
  public static SortedSet<String> trainedOn(String parameters) {
    SortedSet<String> splits = new TreeSet<>();
    read(parameters).path("trained_on").forEach(split -> splits.add(split.asText()));
    return splits;
  }

  /** Reads what {@link #toJson} wrote. */
  public static Map<String, Evaluation> fromJson(String json) {
    Map<String, Evaluation> bySplit = new LinkedHashMap<>();
    read(json)
        .properties()
        .forEach(entry -> bySplit.put(entry.getKey(), fromNode(entry.getValue())));
    return bySplit;
  }

  static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new PenstockException(
          ErrorCode.STATE_CORRUPT, null, "a model's record is no JSON", "train it again", e);
    }
  }

  /** Reads what {@link #toNode} made. */
  public static Evaluation fromNode(JsonNode node) {
    List<CalibrationBin> bins = new ArrayList<>();
    for (JsonNode bin : node.path("calibration")) {
      bins.add(
          new CalibrationBin(
              bin.path(0).asDouble(),
              bin.path(1).asDouble(),
              bin.path(2).asLong(),
              bin.path(3).asDouble(),
              bin.path(4).asDouble()));
    }
    return new Evaluation(
        node.path("rows").asLong(),
        node.path("positives").asLong(),
        number(node.path("auc")),
        number(node.path("log_loss")),
        number(node.path("brier")),
        number(node.path("accuracy")),
        node.path("threshold").asDouble(),
        number(node.path("mean_score")),
        number(node.path("calibration_error")),
        bins);
  }

  static @Nullable Double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : null;
  }
}
