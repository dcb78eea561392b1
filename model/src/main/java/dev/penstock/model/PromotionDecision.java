package dev.penstock.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a challenger, with everything it was decided on.
 *
 * @param verdict what happens
 * @param reasons why, in sentences; never empty
 * @param policy the policy it was decided by
 * @param n how many rows both models scored
 * @param positives how many of them are positive
 * @param champion the champion on these rows; null when there is none yet
 * @param challenger the challenger on the same rows
 * @param comparison the paired test; null without a champion, or where the rows do not allow it
 * @param lowerBound of the difference in AUC, at the policy's confidence; null where untested
 * @param pValue of "the challenger is not better"; null where untested
 * @param logLossUpperBound of how much worse the challenger's log loss is; null where untested
 * @param guardrails each condition beside the test, and whether it held
 */
public record PromotionDecision(
    Verdict verdict,
    List<String> reasons,
    PromotionPolicy policy,
    long n,
    long positives,
    @Nullable Evaluation champion,
    Evaluation challenger,
    @Nullable AucComparison comparison,
    @Nullable Double lowerBound,
    @Nullable Double pValue,
    @Nullable Double logLossUpperBound,
    List<Guardrail> guardrails) {

  /** What happens to the challenger. */
  public enum Verdict {
    /** It is better, and becomes the champion. */
    PROMOTED,
    /** It is not better by the test, or a guardrail does not hold: the champion stays. */
    REFUSED,
    /** There is too little to tell: the champion stays. */
    INCONCLUSIVE
  }

  /**
   * A condition beside the test.
   *
   * @param what the condition in words, with its numbers
   */
  public record Guardrail(String name, boolean held, String what) {}

  public PromotionDecision {
    reasons = List.copyOf(reasons);
    guardrails = List.copyOf(guardrails);
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a decision needs a reason");
    }
  }

  public boolean promoted() {
    return verdict == Verdict.PROMOTED;
  }
}
