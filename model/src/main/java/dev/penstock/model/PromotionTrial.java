package dev.penstock.model;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.model.PromotionDecision.Guardrail;
import dev.penstock.model.PromotionDecision.Verdict;
import dev.penstock.model.internal.Normal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One challenger on one set of rows, on its way to a {@link PromotionDecision}. */
final class PromotionTrial {
  private final PromotionPolicy policy;
  private final float[] scores;
  private final float[] labels;
  private final Map<String, float[]> baselines;
  private final Evaluation evaluation;
  private final List<String> reasons = new ArrayList<>();
  private final List<Guardrail> guardrails = new ArrayList<>();

  PromotionTrial(
      PromotionPolicy policy, float[] scores, float[] labels, Map<String, float[]> baselines) {
    this.policy = policy;
    this.scores = scores;
    this.labels = labels;
    this.baselines = new TreeMap<>(baselines);
    this.evaluation = Evaluation.of(scores, labels);
    for (Map.Entry<String, float[]> baseline : baselines.entrySet()) {
      sameRows(baseline.getKey(), baseline.getValue());
    }
  }

  PromotionDecision against(float[] champion) {
    sameRows("the champion", champion);
    Evaluation incumbent = Evaluation.of(champion, labels);
    if (tooFew()) {
      return decision(Verdict.INCONCLUSIVE, incumbent, null, null);
    }
    AucComparison comparison = AucComparison.of(champion, scores, labels);
    double bound = comparison.lowerBound(policy.confidence());
    boolean better = bound > policy.minimumImprovement();
    if (comparison.difference() == 0 && comparison.standardError() == 0) {
      reasons.add("The challenger ranks these rows exactly as the champion does.");
    } else {
      reasons.add(
          format(
              "The challenger's AUC is %.4f, the champion's %.4f on the same %,d rows: a difference"
                  + " of %+.4f, of which the one-sided %.0f %% lower bound is %+.4f, %s the %.4f"
                  + " that is asked for.",
              comparison.second(),
              comparison.first(),
              comparison.n(),
              comparison.difference(),
              100 * policy.confidence(),
              bound,
              better ? "above" : "not above",
              policy.minimumImprovement()));
    }
    double worse = logLossUpperBound(champion);
    guard(
        "log loss",
        worse <= policy.logLossMargin(),
        format(
            "log loss %.5f against %.5f; at %.0f %% it is %s, and %.5f worse is allowed",
            evaluation.logLoss(),
            incumbent.logLoss(),
            100 * policy.confidence(),
            worse > 0
                ? format("worse by no more than %.5f", worse)
                : format("better by %.5f at least", -worse),
            policy.logLossMargin()));
    guardBaselines();
    Verdict verdict = better && allHeld() ? Verdict.PROMOTED : Verdict.REFUSED;
    return decision(verdict, incumbent, comparison, worse);
  }

  PromotionDecision alone(String approval) {
    if (tooFew()) {
      return decision(Verdict.INCONCLUSIVE, null, null, null);
    }
    guardBaselines();
    if (approval.isBlank()) {
      reasons.add(
          "There is no champion to compare it with, and nobody approved a first promotion.");
    } else {
      reasons.add("There is no champion yet. Approved: " + approval.strip());
    }
    boolean promoted = !approval.isBlank() && allHeld();
    return decision(promoted ? Verdict.PROMOTED : Verdict.REFUSED, null, null, null);
  }

  private boolean tooFew() {
    long positives = evaluation.positives();
    long negatives = evaluation.n() - positives;
    if (evaluation.n() >= policy.minimumRows()
        && Math.min(positives, negatives) >= policy.minimumPerClass()) {
      return false;
    }
    reasons.add(
        format(
            "%,d rows with %,d positives are too few to tell (asked for: %,d rows, %,d of each"
                + " class).",
            evaluation.n(), positives, policy.minimumRows(), policy.minimumPerClass()));
    return true;
  }

  private void guardBaselines() {
    double baseRate = (double) evaluation.positives() / evaluation.n();
    double entropy =
        -baseRate * StrictMath.log(baseRate) - (1 - baseRate) * StrictMath.log(1 - baseRate);
    double logLoss = evaluation.logLoss() == null ? Double.NaN : evaluation.logLoss();
    guard(
        "beats the base rate",
        logLoss < entropy,
        format("log loss %.5f against %.5f of always saying %.4f", logLoss, entropy, baseRate));
    AucInterval area = AucInterval.of(scores, labels);
    double low = area.auc() - Normal.quantile(policy.confidence()) * area.standardError();
    guard(
        "beats a coin",
        low > 0.5,
        format("AUC at least %.4f at %.0f %%", low, 100 * policy.confidence()));
    for (Map.Entry<String, float[]> baseline : baselines.entrySet()) {
      AucComparison comparison = AucComparison.of(baseline.getValue(), scores, labels);
      double bound = comparison.lowerBound(policy.confidence());
      guard(
          "beats " + baseline.getKey(),
          bound > 0,
          format(
              "AUC %.4f against %.4f, better by at least %+.4f at %.0f %%",
              comparison.second(), comparison.first(), bound, 100 * policy.confidence()));
    }
  }

  /** By how much the challenger's mean log loss may be the larger, from the rows' differences. */
  private double logLossUpperBound(float[] champion) {
    int n = labels.length;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      boolean positive = labels[i] != 0;
      double worse =
          Measures.logLoss(scores[i], positive) - Measures.logLoss(champion[i], positive);
      sum += worse;
      squares += worse * worse;
    }
    double mean = sum / n;
    double variance = Math.max(0, squares / n - mean * mean) / (n - 1);
    return mean + Normal.quantile(policy.confidence()) * Math.sqrt(variance);
  }

  private void guard(String name, boolean held, String what) {
    guardrails.add(new Guardrail(name, held, what));
    if (!held) {
      reasons.add("The guardrail '" + name + "' does not hold: " + what + ".");
    }
  }

  private boolean allHeld() {
    return guardrails.stream().allMatch(Guardrail::held);
  }

  private PromotionDecision decision(
      Verdict verdict,
      @Nullable Evaluation champion,
      @Nullable AucComparison comparison,
      @Nullable Double logLossUpperBound) {
    return new PromotionDecision(
        verdict,
        reasons,
        policy,
        evaluation.n(),
        evaluation.positives(),
        champion,
        evaluation,
        comparison,
        comparison == null ? null : comparison.lowerBound(policy.confidence()),
        comparison == null ? null : comparison.pValue(),
        logLossUpperBound,
        guardrails);
  }

  private void sameRows(String whose, float[] other) {
    if (other.length != labels.length) {
      throw new PenstockException(
          ErrorCode.EVALUATION_FAILED,
          whose + " scored " + other.length + " rows, the challenger " + labels.length,
          "score the same rows with both");
    }
  }

  private static String format(String format, @Nullable Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
