package dev.penstock.model;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.training.Auc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arithmetic of {@link Evaluation}. */
final class Measures {
  /** How many bins a calibration table has at most. */
  static final int BINS = 15;

  private static final double CLIP = 1e-15;

  private Measures() {}

  static Evaluation evaluate(float[] scores, float[] labels, double threshold) {
    check(scores, labels);
    int n = scores.length;
    long positives = 0;
    long right = 0;
    double logLoss = 0;
    double brier = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      boolean positive = labels[i] != 0;
      positives += positive ? 1 : 0;
      right += (scores[i] >= threshold) == positive ? 1 : 0;
      logLoss += logLoss(scores[i], positive);
      double off = (double) scores[i] - labels[i];
      brier += off * off;
      sum += scores[i];
    }
    List<CalibrationBin> bins = calibration(scores, labels);
    return new Evaluation(
        n,
        positives,
        Auc.of(scores, labels),
        mean(logLoss, n),
        mean(brier, n),
        mean((double) right, n),
        threshold,
        mean(sum, n),
        calibrationError(bins, n),
        bins);
  }

  /** The negative log likelihood of one row. */
  static double logLoss(float score, boolean positive) {
    double clipped = Math.min(1 - CLIP, Math.max(CLIP, score));
    return -StrictMath.log(positive ? clipped : 1 - clipped);
  }

  /**
   * Checks that scores and labels are what an evaluation can work with.
   *
   * @throws PenstockException {@link ErrorCode#EVALUATION_FAILED}
   */
  static void check(float[] scores, float[] labels) {
    if (scores.length != labels.length) {
      throw new IllegalArgumentException(scores.length + " scores, " + labels.length + " labels");
    }
    for (int i = 0; i < scores.length; i++) {
      if (!(scores[i] >= 0 && scores[i] <= 1)) {
        throw new PenstockException(
            ErrorCode.EVALUATION_FAILED,
            "row " + i + " has the score " + scores[i],
            "a score is a probability, between 0 and 1");
      }
      if (labels[i] != 0 && labels[i] != 1) {
        throw new PenstockException(
            ErrorCode.EVALUATION_FAILED,
            "row " + i + " has the label " + labels[i],
            "an evaluation of yes and no takes 0 and 1");
      }
    }
  }

  private static List<CalibrationBin> calibration(float[] scores, float[] labels) {
    int n = scores.length;
    // Scores are not negative, so their bits sort as they do; the row travels in the low half.
    long[] order = new long[n];
    for (int i = 0; i < n; i++) {
      order[i] = (long) Float.floatToIntBits(scores[i] + 0.0f) << 32 | i;
    }
    Arrays.sort(order);
    List<CalibrationBin> bins = new ArrayList<>();
    int from = 0;
    for (int bin = 1; bin <= BINS && from < n; bin++) {
      int to = Math.max(from + 1, (int) ((long) n * bin / BINS));
      while (to < n && order[to] >>> 32 == order[to - 1] >>> 32) {
        to++;
      }
      double score = 0;
      long positives = 0;
      for (int i = from; i < to; i++) {
        int row = (int) order[i];
        score += scores[row];
        positives += labels[row] != 0 ? 1 : 0;
      }
      bins.add(
          new CalibrationBin(
              scores[(int) order[from]],
              scores[(int) order[to - 1]],
              to - from,
              score / (to - from),
              (double) positives / (to - from)));
      from = to;
    }
    return bins;
  }

  private static @Nullable Double calibrationError(List<CalibrationBin> bins, int n) {
    double error = 0;
    for (CalibrationBin bin : bins) {
      error += bin.n() * Math.abs(bin.meanScore() - bin.positiveShare());
    }
    return mean(error, n);
  }

  private static @Nullable Double mean(double sum, int n) {
    return n == 0 ? null : sum / n;
  }
}
