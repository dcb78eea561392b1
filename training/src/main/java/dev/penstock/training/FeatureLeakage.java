package dev.penstock.training;

import org.jspecify.annotations.Nullable;

/**
 * How much one feature would have known too early: its values with rows taken as they happened
 * against its values with rows taken as they were seen.
 *
 * @param rows how many rows were compared
 * @param differing in how many of them the two values are not the same (two nulls are the same)
 * @param meanAbsoluteDifference over the rows where both have a value; null where none has
 * @param aucAsSeen how well the feature alone ranks the labels, over its rows that have a value;
 *     null where that is undefined
 * @param aucAsHappened the same with the values as they happened
 */
public record FeatureLeakage(
    String feature,
    long rows,
    long differing,
    @Nullable Double meanAbsoluteDifference,
    @Nullable Double aucAsSeen,
    @Nullable Double aucAsHappened) {

  /** The share of rows that differ; null without rows. */
  public @Nullable Double share() {
    return rows == 0 ? null : (double) differing / rows;
  }

  /**
   * How much further from a coin's 0.5 the feature gets by knowing too early; null where undefined.
   */
  public @Nullable Double aucGain() {
    return aucAsSeen == null || aucAsHappened == null
        ? null
        : Math.abs(aucAsHappened - 0.5) - Math.abs(aucAsSeen - 0.5);
  }

  /**
   * Compares a feature's values, NaN where missing.
   *
   * @param asSeen the values of each row from what had been seen at its time
   * @param asHappened the values of the same rows from what had happened by then
   */
  public static FeatureLeakage of(
      String feature, float[] asSeen, float[] asHappened, float[] labels) {
    if (asSeen.length != asHappened.length) {
      throw new IllegalArgumentException(asSeen.length + " rows against " + asHappened.length);
    }
    long differing = 0;
    long both = 0;
    double sum = 0;
    for (int i = 0; i < asSeen.length; i++) {
      boolean missing = Float.isNaN(asSeen[i]);
      boolean missingToo = Float.isNaN(asHappened[i]);
      if (!missing && !missingToo) {
        both++;
        sum += Math.abs((double) asSeen[i] - asHappened[i]);
        differing += asSeen[i] == asHappened[i] ? 0 : 1;
      } else if (missing != missingToo) {
        differing++;
      }
    }
    return new FeatureLeakage(
        feature,
        asSeen.length,
        differing,
        both == 0 ? null : sum / both,
        Auc.of(asSeen, labels),
        Auc.of(asHappened, labels));
  }
}
