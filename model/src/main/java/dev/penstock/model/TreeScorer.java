package dev.penstock.model;

import dev.penstock.model.internal.XgboostModel;
import dev.penstock.training.FeatureMatrix;
import dev.penstock.training.FeatureSchema;
import java.util.List;
import java.util.stream.IntStream;

/** Scores with boosted trees. */
final class TreeScorer implements Scorer {
  private final FeatureSchema features;
  private final XgboostModel model;

  TreeScorer(FeatureSchema features, XgboostModel model) {
    this.features = features;
    this.model = model;
  }

  @Override
  public FeatureSchema features() {
    return features;
  }

  @Override
  public float score(float[] row) {
    if (row.length != features.size()) {
      throw new IllegalArgumentException(row.length + " values for " + features.size());
    }
    return model.link().score(model.trees().margin(row, 0));
  }

  @Override
  public float[] score(FeatureMatrix matrix) {
    if (!matrix.schema().equals(features)) {
      throw new IllegalArgumentException("the matrix is not encoded as the model was trained");
    }
    float[] scores = new float[matrix.rows()];
    List<float[]> chunks = matrix.chunks();
    // Each chunk writes to its own part of the scores.
    IntStream.range(0, chunks.size())
        .parallel()
        .forEach(
            i ->
                model
                    .trees()
                    .margins(chunks.get(i), features.size(), scores, i * FeatureMatrix.CHUNK_ROWS));
    for (int row = 0; row < scores.length; row++) {
      scores[row] = model.link().score(scores[row]);
    }
    return scores;
  }
}
