package dev.penstock.model;

import java.util.Map;

/**
 * Decides whether a challenger replaces the champion: both score the same rows, none of which
 * either was trained on, and the challenger must be better by a paired test, beat the trivial
 * baselines, and not be worse calibrated. A point estimate that is higher promotes an equal model
 * every other time; it is never enough.
 */
public final class Promotion {
  private Promotion() {}

  /**
   * Decides between two models.
   *
   * @param champion its scores of these rows, made now
   * @param challenger its scores of the same rows
   * @param labels 0 or 1
   * @param baselines scores of trivial models by name, to be beaten as well; may be empty
   */
  public static PromotionDecision decide(
      PromotionPolicy policy,
      float[] champion,
      float[] challenger,
      float[] labels,
      Map<String, float[]> baselines) {
    return new PromotionTrial(policy, challenger, labels, baselines).against(champion);
  }

  /**
   * Decides whether a model becomes the first champion. There is nothing to compare it with, so
   * somebody has to say why.
   *
   * @param approval who approved it and why; empty when nobody did, which refuses it
   */
  public static PromotionDecision first(
      PromotionPolicy policy,
      float[] challenger,
      float[] labels,
      Map<String, float[]> baselines,
      String approval) {
    return new PromotionTrial(policy, challenger, labels, baselines).alone(approval);
  }
}
