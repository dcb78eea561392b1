package dev.penstock.model;

import dev.penstock.data.Scalar;
import dev.penstock.training.Examples;
import dev.penstock.training.FeatureMatrix;
import dev.penstock.training.FeatureSchema;
import dev.penstock.training.ModelInput;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Examples and scores whose truth is known because it was planted. */
final class Planted {
  static final List<String> PLACES =
      List.of("ATL", "BOS", "DEN", "JFK", "LAX", "ORD", "SEA", "SFO");

  static final FeatureSchema SCHEMA =
      new FeatureSchema(
          List.of(
              new ModelInput("place", Scalar.STRING, PLACES),
              ModelInput.numeric("signal", Scalar.FLOAT64),
              ModelInput.numeric("often_missing", Scalar.FLOAT64),
              ModelInput.numeric("noise", Scalar.FLOAT64),
              ModelInput.numeric("flag", Scalar.BOOLEAN)));

  private Planted() {}

  /** Rows whose label follows the place, the signal, and whether a value is missing. */
  static Examples examples(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> features = new ArrayList<>();
    float[] labels = new float[rows];
    for (int i = 0; i < rows; i++) {
      float[] row = row(random);
      features.add(row);
      double logit =
          (row[0] == 2 || row[0] == 5 ? 1.2 : -0.6)
              + 1.5 * Math.sin(row[1])
              + (Float.isNaN(row[2]) ? 0.9 : 0)
              + 0.4 * row[4];
      labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    }
    return new Examples(FeatureMatrix.of(SCHEMA, features), labels);
  }

  static float[] row(SplittableRandom random) {
    return new float[] {
      random.nextInt(20) == 0 ? Float.NaN : random.nextInt(PLACES.size()),
      random.nextInt(20) == 0 ? Float.NaN : (float) random.nextDouble(-6, 6),
      random.nextInt(3) == 0 ? Float.NaN : (float) random.nextDouble(100),
      (float) random.nextGaussian(),
      random.nextInt(2)
    };
  }

  /** Labels of which a share is positive. */
  static float[] labels(int rows, double share, SplittableRandom random) {
    float[] labels = new float[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = random.nextDouble() < share ? 1 : 0;
    }
    return labels;
  }

  /**
   * Scores of a model of some skill: the calibrated probability that a noisy view of the label
   * allows. {@code shared} is what two models have in common, so that they agree as models do.
   */
  static float[] scores(
      float[] labels, double skill, double[] shared, SplittableRandom random, double share) {
    float[] scores = new float[labels.length];
    double own = Math.sqrt(0.3);
    double common = Math.sqrt(0.7);
    for (int i = 0; i < labels.length; i++) {
      double seen = labels[i] * skill + common * shared[i] + own * random.nextGaussian();
      // The likelihood ratio of two normals a distance of skill apart.
      double logit = skill * (seen - skill / 2) + Math.log(share / (1 - share));
      scores[i] = (float) (1 / (1 + Math.exp(-logit)));
    }
    return scores;
  }

  static double[] noise(int rows, SplittableRandom random) {
    double[] noise = new double[rows];
    for (int i = 0; i < rows; i++) {
      noise[i] = random.nextGaussian();
    }
    return noise;
  }
}
