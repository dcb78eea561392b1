package dev.penstock.platform.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.model.AucComparison;
import dev.penstock.model.Evaluation;
import dev.penstock.model.PromotionDecision;
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
}
