package dev.penstock.platform.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.model.AucComparison;
import dev.penstock.model.Evaluation;
import dev.penstock.model.PromotionDecision;
import dev.penstock.model.PromotionDecision.Guardrail;
import dev.penstock.model.PromotionDecision.Verdict;
import dev.penstock.model.PromotionPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A promotion's decision with all it was decided on, for the audit log. */
public final class PromotionEvidence {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PromotionEvidence() {}

  public static String toJson(
      PromotionDecision decision,
      int challenger,
      @Nullable Integer champion,
      String dataset,
      String split) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("verdict", decision.verdict().toString());
    root.put("challenger", challenger);
    root.put("champion", champion);
    root.put("dataset", dataset);
    root.put("split", split);
    root.put("rows", decision.n());
    root.put("positives", decision.positives());
    decision.reasons().forEach(root.putArray("reasons")::add);
    ObjectNode policy = root.putObject("policy");
    policy.put("min_improvement", decision.policy().minimumImprovement());
    policy.put("confidence", decision.policy().confidence());
    policy.put("log_loss_margin", decision.policy().logLossMargin());
    policy.put("min_rows", decision.policy().minimumRows());
    policy.put("min_per_class", decision.policy().minimumPerClass());
    AucComparison comparison = decision.comparison();
    if (comparison != null) {
      ObjectNode test = root.putObject("paired_auc_test");
      test.put("champion", comparison.first());
      test.put("challenger", comparison.second());
      test.put("difference", comparison.difference());
      test.put("standard_error", comparison.standardError());
      test.put("lower_bound", decision.lowerBound());
      test.put("p_value", decision.pValue());
    }
    root.put("log_loss_upper_bound", decision.logLossUpperBound());
    Evaluation old = decision.champion();
    if (old != null) {
      root.set("champion_evaluation", Evaluations.toNode(old));
    }
    root.set("challenger_evaluation", Evaluations.toNode(decision.challenger()));
    ArrayNode guardrails = root.putArray("guardrails");
    for (PromotionDecision.Guardrail guardrail : decision.guardrails()) {
      guardrails
          .addObject()
          .put("name", guardrail.name())
          .put("held", guardrail.held())
          .put("measured", guardrail.what());
    }
    return root.toString();
  }

  /** Reads what {@link #toJson} wrote. */
  public static PromotionDecision fromJson(String json) {
    JsonNode root = Evaluations.read(json);
    long rows = root.path("rows").asLong();
    long positives = root.path("positives").asLong();
    List<String> reasons = new ArrayList<>();
    root.path("reasons").forEach(reason -> reasons.add(reason.asText()));
    List<Guardrail> guardrails = new ArrayList<>();
    for (JsonNode guardrail : root.path("guardrails")) {
      guardrails.add(
          new Guardrail(
              guardrail.path("name").asText(),
              guardrail.path("held").asBoolean(),
              guardrail.path("measured").asText()));
    }
    JsonNode champion = root.path("champion_evaluation");
    JsonNode test = root.path("paired_auc_test");
    return new PromotionDecision(
        Verdict.valueOf(root.path("verdict").asText()),
        reasons,
        policy(root.path("policy")),
        rows,
        positives,
        champion.isObject() ? Evaluations.fromNode(champion) : null,
        Evaluations.fromNode(root.path("challenger_evaluation")),
        test.isObject() ? comparison(rows, positives, test) : null,
        Evaluations.number(test.path("lower_bound")),
        Evaluations.number(test.path("p_value")),
        Evaluations.number(root.path("log_loss_upper_bound")),
        guardrails);
  }

  private static PromotionPolicy policy(JsonNode node) {
    return new PromotionPolicy(
        node.path("min_improvement").asDouble(),
        node.path("confidence").asDouble(),
        node.path("log_loss_margin").asDouble(),
        node.path("min_rows").asLong(PromotionPolicy.DEFAULT.minimumRows()),
        node.path("min_per_class").asLong(PromotionPolicy.DEFAULT.minimumPerClass()));
  }

  private static AucComparison comparison(long rows, long positives, JsonNode test) {
    return new AucComparison(
        rows,
        positives,
        test.path("champion").asDouble(),
        test.path("challenger").asDouble(),
        test.path("difference").asDouble(),
        test.path("standard_error").asDouble());
  }
}
