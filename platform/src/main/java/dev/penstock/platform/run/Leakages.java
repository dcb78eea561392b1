package dev.penstock.platform.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.training.FeatureLeakage;
import dev.penstock.training.LeakageReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The leakage report as JSON, as the registry keeps it. */
final class Leakages {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Leakages() {}

  static String toJson(LeakageReport report) {
    ArrayNode features = MAPPER.createArrayNode();
    for (FeatureLeakage leakage : report.features()) {
      ObjectNode feature = features.addObject();
      feature.put("feature", leakage.feature());
      feature.put("rows", leakage.rows());
      feature.put("differing", leakage.differing());
      feature.put("mean_absolute_difference", leakage.meanAbsoluteDifference());
      feature.put("auc_as_seen", leakage.aucAsSeen());
      feature.put("auc_as_happened", leakage.aucAsHappened());
    }
    return features.toString();
  }

  static LeakageReport fromJson(String json) {
    try {
      List<FeatureLeakage> features = new ArrayList<>();
      for (JsonNode feature : MAPPER.readTree(json)) {
        features.add(
            new FeatureLeakage(
                feature.path("feature").asText(),
                feature.path("rows").asLong(),
                feature.path("differing").asLong(),
                number(feature.path("mean_absolute_difference")),
                number(feature.path("auc_as_seen")),
                number(feature.path("auc_as_happened"))));
      }
      return new LeakageReport(features);
    } catch (JsonProcessingException e) {
      throw new PenstockException(
          ErrorCode.STATE_CORRUPT,
          null,
          "a leakage report is no JSON",
          "build the dataset again",
          e);
    }
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : null;
  }
}
