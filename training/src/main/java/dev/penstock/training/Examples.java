package dev.penstock.training;

/** Rows of features with their labels: what a model learns from, or is evaluated on. */
public final class Examples {
  private final FeatureMatrix features;
  private final float[] labels;

  /** Takes the labels over: they may not be changed afterwards. */
  public Examples(FeatureMatrix features, float[] labels) {
    if (features.rows() != labels.length) {
      throw new IllegalArgumentException(
          features.rows() + " rows of features, " + labels.length + " labels");
    }
    this.features = features;
    this.labels = labels;
  }

  public FeatureMatrix features() {
    return features;
  }

  /** One a row. Not a copy: only to be read. */
  public float[] labels() {
    return labels;
  }

  public int rows() {
    return labels.length;
  }

  @Override
  public String toString() {
    return "examples of " + features;
  }
}
